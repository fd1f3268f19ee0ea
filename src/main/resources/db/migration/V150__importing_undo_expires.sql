-- What an import replaced is not kept for good.
alter table import_run add column undo_gone boolean not null default false;
comment on column import_run.undo_gone is 'what it replaced was forgotten, so that it cannot be rolled back any more';

-- Rows come in the order of time: the smallest index finds the old ones.
create index creator_revision_at on creator_revision using brin (at);
