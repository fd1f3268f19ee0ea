-- Who may sign in, where they work, and their sessions.
--
-- None of these tables has row-level security, although two of them name a workspace: person, membership and
-- personal_token are read to find out for which workspace a request works, so before there is one. Only the access
-- module queries them.

-- A wall around one team's data. Tables of workspace data refer to it with `on delete cascade`, so that the demo's
-- workspace leaves nothing behind.
create table workspace (
    id         uuid        primary key,
    name       text        not null check (name = btrim(name) and length(name) between 1 and 80),
    created_at timestamptz not null default now(),
    version    bigint      not null
);
create unique index workspace_name on workspace (lower(name));

create table person (
    id            uuid        primary key,
    email         text        not null check (email = btrim(email) and length(email) between 3 and 254),
    name          text        not null check (name = btrim(name) and length(name) between 1 and 120),
    password_hash text        not null, -- argon2id, with its parameters
    admin         boolean     not null,
    demo          boolean     not null,
    disabled      boolean     not null,
    sign_in_stamp bigint      not null, -- sessions that began under another stamp have ended
    created_at    timestamptz not null default now(),
    version       bigint      not null
);
create unique index person_email on person (lower(email));
comment on column person.admin is 'of the whole installation: ADMIN in every workspace that the person belongs to';
comment on column person.demo is 'invented, with a password that everybody knows';

create table membership (
    person_id    uuid not null references person on delete cascade,
    workspace_id uuid not null references workspace on delete cascade,
    role         text not null check (role in ('MARKETER', 'AGENCY')),
    primary key (person_id, workspace_id)
);
create index membership_workspace on membership (workspace_id);

create table personal_token (
    id           uuid        primary key,
    person_id    uuid        not null references person on delete cascade,
    workspace_id uuid        not null references workspace on delete cascade,
    name         text        not null check (name = btrim(name) and length(name) between 1 and 80),
    role         text        not null check (role in ('MARKETER', 'AGENCY', 'ADMIN')),
    secret_hash  bytea       not null unique check (octet_length(secret_hash) = 32),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz
);
create index personal_token_person on personal_token (person_id);
comment on column personal_token.secret_hash is 'SHA-256 of the token; its 256 random bits need no slower hash';
comment on column personal_token.role is 'at most; a person whose own role has become less lends no more than that';

-- As Spring Session 4.1 ships it for PostgreSQL (schema-postgresql.sql).
create table spring_session (
    primary_id            char(36) not null,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100),
    constraint spring_session_pk primary key (primary_id)
);
create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint spring_session_attributes_fk foreign key (session_primary_id)
        references spring_session (primary_id) on delete cascade
);
