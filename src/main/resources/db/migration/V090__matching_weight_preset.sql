-- Weights that somebody saved for the workspace, to rank by again.

create table weight_preset (
    id              uuid        primary key,
    workspace_id    uuid        not null references workspace on delete cascade,
    name            text        not null check (name = btrim(name) and length(name) between 1 and 80),
    weights         jsonb       not null check (jsonb_typeof(weights) = 'object'),
    version         bigint      not null check (version >= 1),
    created_by      uuid        references person on delete set null,
    created_by_name text,
    created_at      timestamptz not null,
    updated_by      uuid        references person on delete set null,
    updated_by_name text,
    updated_at      timestamptz not null
);
create unique index weight_preset_name on weight_preset (workspace_id, lower(name));
comment on column weight_preset.weights is 'by criterion, as the API speaks of them; a criterion that is not named weighs 0';
comment on column weight_preset.version is 'counts the changes; the ETag';
comment on column weight_preset.created_by_name is 'as the person was called then; stays when the person is removed';

alter table weight_preset enable row level security;
create policy weight_preset_of_the_workspace on weight_preset
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);
