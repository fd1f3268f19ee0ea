-- An import can be paused, stopped and taken back.
alter table import_run drop constraint import_run_state_check, drop constraint import_run_check1;
alter table import_run
    add check (state in ('DRAFT', 'QUEUED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED', 'ROLLING_BACK',
                         'ROLLED_BACK')),
    add check (finished_at is not null or state not in ('DONE', 'FAILED', 'CANCELLED', 'ROLLED_BACK')),
    add check (finished_at is null or state not in ('DRAFT', 'QUEUED', 'RUNNING', 'PAUSED')),
    add column catalogue_version bigint,
    add column undone_by text,
    add column undo_started_at timestamptz,
    add column undo_finished_at timestamptz,
    add column undo_after bigint not null default 0,
    add column undo_removed bigint not null default 0,
    add column undo_restored bigint not null default 0,
    add column undo_kept bigint not null default 0;
comment on column import_run.state is 'DRAFT: uploaded, nobody has started it yet; CANCELLED: stopped by a person, what went in stays';
comment on column import_run.catalogue_version is 'the last change of the catalogue when the import, or its rollback, was over';
comment on column import_run.undo_after is 'the creator up to whom the rollback has come; the chunk that did them committed together with it';

drop index import_run_waiting;
create index import_run_waiting on import_run (created_at) where state in ('QUEUED', 'RUNNING', 'ROLLING_BACK');

create table import_kept (
    run_id     uuid not null references import_run on delete cascade,
    creator_id bigint not null references creator on delete cascade,
    facts      text[] not null,
    primary key (run_id, creator_id)
);
comment on table import_kept is 'Creators of whom something stays after the rollback, because others changed it since';
comment on column import_kept.facts is 'what stays, by name; empty: all of her';
