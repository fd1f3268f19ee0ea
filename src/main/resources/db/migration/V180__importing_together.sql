alter table import_run add column together uuid;
comment on column import_run.together is 'Common to what was sent at once, and to the dry runs of one trial; null where it is alone';
create index import_run_together on import_run (together) where together is not null;
