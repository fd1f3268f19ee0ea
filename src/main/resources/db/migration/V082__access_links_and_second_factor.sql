-- Links that let somebody in once: an invitation, a forgotten password, the first admin. Stored hashed, as tokens are.
create table one_time_link (
    id          uuid        primary key,
    purpose     text        not null check (purpose in ('FIRST_ADMIN', 'INVITATION', 'RESET')),
    person_id   uuid        references person on delete cascade,
    secret_hash bytea       not null unique check (octet_length(secret_hash) = 32),
    made_at     timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    check ((purpose = 'FIRST_ADMIN') = (person_id is null))
);
create index one_time_link_person on one_time_link (person_id);
comment on column one_time_link.secret_hash is 'SHA-256 of the secret in the link; its 256 random bits need no slower hash';

-- Codes from an authenticator app (RFC 6238).
create table second_factor (
    person_id    uuid        primary key references person on delete cascade,
    secret       bytea       not null check (octet_length(secret) = 20),
    confirmed_at timestamptz,
    last_step    bigint      not null default 0
);
comment on column second_factor.confirmed_at is 'null: being set up, not asked for yet';
comment on column second_factor.last_step is 'of the newest code that was accepted: no code is accepted twice';

create table recovery_code (
    person_id uuid  not null references person on delete cascade,
    code_hash bytea not null check (octet_length(code_hash) = 32),
    primary key (person_id, code_hash)
);
comment on table recovery_code is 'Each lets its person in once without the app; a used one is removed';
