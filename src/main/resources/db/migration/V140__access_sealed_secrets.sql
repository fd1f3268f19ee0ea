-- The secrets of authenticator apps are sealed with a key that is not in the database (InstallationKeys). Those from before are sealed when
-- the application starts. 57 bytes: version, name of the key, salt for GCM, the 20 bytes, GCM's tag.
do $$
declare
    found text;
begin
    select conname into strict found from pg_constraint
     where conrelid = 'second_factor'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%octet_length(secret)%';
    execute format('alter table second_factor drop constraint %I', found);
end
$$;
alter table second_factor add constraint second_factor_secret_length check (octet_length(secret) in (20, 57));
comment on column second_factor.secret is 'AES-256-GCM with a key from outside of the database, 57 bytes; 20 bytes: from before, not sealed yet';
