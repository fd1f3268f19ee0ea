-- Imports belong to the installation, not to a workspace: there is one catalogue.
create table import_run (
    id uuid primary key,
    state text not null check (state in ('DRAFT', 'QUEUED', 'RUNNING', 'DONE', 'FAILED')),
    file_name text not null,
    stored_name text not null,
    file_size bigint not null check (file_size >= 0),
    format text not null check (format in ('CSV', 'JSON_LINES', 'JSON_ARRAY')),
    source text not null,
    platform text,
    mapping jsonb not null,
    header text[] not null,
    delimiter text not null check (length(delimiter) = 1),
    expected bigint not null check (expected >= 0),
    expected_is_exact boolean not null,
    position bigint not null default 0 check (position >= 0),
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    rejected bigint not null default 0,
    message text,
    person_id uuid,
    person_name text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    pace_since timestamptz,
    pace_from bigint not null default 0,
    check (position = created + updated + unchanged + rejected),
    check ((state in ('DONE', 'FAILED')) = (finished_at is not null))
);
comment on table import_run is 'A file of creators on its way into the catalogue, and what became of it';
comment on column import_run.state is 'DRAFT: uploaded, nobody has started it yet';
comment on column import_run.stored_name is 'The file below the folder for uploads; removed when the run is done';
comment on column import_run.platform is 'Chosen for the whole file; null where columns or the file name say';
comment on column import_run.position is 'Records of the file that are done with; the chunk that did them committed together with it';
comment on column import_run.expected is 'Records in the part of the file that was looked at';
comment on column import_run.person_id is 'Who sent it; the name is kept beside it for when the person is gone';
comment on column import_run.pace_since is 'When the present stretch of work began, for rows per second';
comment on column import_run.pace_from is 'The position at that moment';

create index import_run_newest on import_run (created_at desc, id);
create index import_run_waiting on import_run (created_at) where state in ('QUEUED', 'RUNNING');

create table import_reject (
    run_id uuid not null references import_run on delete cascade,
    position bigint not null,
    line bigint not null,
    reason text not null,
    raw text not null,
    primary key (run_id, position)
);
comment on table import_reject is 'Rows that did not go in, as they came';
comment on column import_reject.position is 'The number of the record in the file, from 0';
comment on column import_reject.line is 'The line of the file where the record begins, from 1';

create table import_note (
    run_id uuid not null references import_run on delete cascade,
    column_name text not null,
    value text not null,
    reason text not null,
    first_line bigint not null,
    occurrences bigint not null check (occurrences > 0),
    primary key (run_id, column_name, value, reason)
);
comment on table import_note is 'Cells that were left out while their rows went in';
