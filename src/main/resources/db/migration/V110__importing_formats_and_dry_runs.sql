alter table import_run drop constraint import_run_format_check;
alter table import_run add constraint import_run_format_check check (format in ('CSV', 'XLSX', 'JSON_LINES', 'JSON_ARRAY'));
alter table import_run add column dry_run boolean not null default false;
alter table import_run add column draft_id uuid references import_run on delete set null;
comment on column import_run.dry_run is 'Nothing is written: it only finds out what would be';
comment on column import_run.draft_id is 'The draft that a dry run tries, so that it can be started from there';

alter table import_note add column became text;
alter table import_note add column lines bigint[] not null default '{}';
comment on table import_note is 'Cells that were left out or altered while their rows went in, and columns that were left out';
comment on column import_note.value is 'The cell as it came, shortened; empty where the whole column is meant';
comment on column import_note.reason is 'Key of a message with its arguments';
comment on column import_note.became is 'What was made of the cell; null where it was left out';
comment on column import_note.lines is 'Lines of the file, the first thousand';

create table import_change (
    run_id uuid not null references import_run on delete cascade,
    position bigint not null,
    line bigint not null,
    creator text not null,
    slug text,
    kind text not null check (kind in ('NEW', 'CHANGED')),
    changes jsonb not null,
    primary key (run_id, position)
);
comment on table import_change is 'What a dry run found: creators that would be new or changed, the first of them';
comment on column import_change.changes is 'List of {field, old, new}';

create table import_count (
    run_id uuid not null references import_run on delete cascade,
    kind text not null check (kind in ('FIELD', 'UNKNOWN_NICHE')),
    name text not null,
    occurrences bigint not null check (occurrences > 0),
    primary key (run_id, kind, name)
);
comment on table import_count is 'What a dry run counted: creators by field that would change, rows by word that no niche has';

create table import_mapping (
    id uuid primary key,
    signature text not null unique,
    name text not null,
    header text[] not null,
    mapping jsonb not null,
    platform text,
    used_at timestamptz not null,
    used bigint not null default 1,
    person_name text not null
);
comment on table import_mapping is 'How files with these columns were read, offered again for the next one; common to the installation like imports';
comment on column import_mapping.signature is 'Of the names of the columns, in their order';
