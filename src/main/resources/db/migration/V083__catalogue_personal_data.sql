-- Handles are short and public, so a bare hash of one is found by trying. The key makes a leaked table of hashes useless
-- without the rest of the database. What was hashed before stays valid: the key is put round the hash that was there.
create table erasure_key (
    one boolean primary key default true check (one),
    key  bytea   not null check (octet_length(key) >= 32)
);
insert into erasure_key (key) values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
revoke insert, update, delete, truncate on erasure_key from closeknit_app;
update erased_account set handle_hash = sha256((select key from erasure_key) || handle_hash);
comment on column erased_account.handle_hash is 'sha256(erasure_key.key || sha256(handle_key in UTF-8))';

-- Somebody who asked not to be written to. A table of its own: imports never touch it.
create table do_not_contact (
    creator_id bigint      primary key references creator on delete cascade,
    since      timestamptz not null,
    by_name    text        not null check (length(by_name) <= 200),
    reason     text        check (length(reason) <= 500)
);
comment on table do_not_contact is 'Creators who are not to be written to';
