-- Who did what, when, from where. It only grows: the application may neither change nor remove an entry, so that
-- somebody who takes over the application cannot wipe out traces. There are no foreign keys for the same reason: what
-- an entry tells stays when a person or a workspace is gone.
create table audit_entry (
    id             bigint      generated always as identity primary key,
    at             timestamptz not null,
    action         text        not null check (action ~ '^[A-Z][A-Z_]{1,59}$'),
    person_id      uuid,
    person_name    text        check (length(person_name) <= 200),
    place_id       uuid,
    place_name     text        check (length(place_name) <= 200),
    address        text        check (length(address) <= 100),
    subject        text        check (length(subject) <= 300),
    detail         text        check (length(detail) <= 2000)
);
create index audit_entry_action on audit_entry (action, id);
create index audit_entry_person on audit_entry (person_id, id);
create index audit_entry_at on audit_entry (at);
comment on column audit_entry.person_id is 'who did it; null: nobody who had signed in, or the application itself';
comment on column audit_entry.place_id is 'the workspace at work; null: none';
comment on column audit_entry.address is 'the IP address that the request came from; null: no request';
comment on column audit_entry.subject is 'what it was done to, as people call it';
revoke update, delete, truncate on audit_entry from closeknit_app;
