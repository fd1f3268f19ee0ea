alter table account add column older_figures jsonb check (jsonb_typeof(older_figures) = 'object');
comment on column account.older_figures is 'figures that are older than observed_at, by name: when they were true and where they came from; a newer file without them left them as they were';
