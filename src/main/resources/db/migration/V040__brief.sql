-- What a brand looks for. What has an identity elsewhere (niches, creators) stands in tables of its own with foreign keys,
-- so that a brief can never point at nothing; the rest of the document is JSON in the notation of the API.

create table brief (
    id              uuid        primary key,
    workspace_id    uuid        not null references workspace on delete cascade,
    name            text        not null check (name = btrim(name) and length(name) between 1 and 200),
    document        jsonb       not null check (jsonb_typeof(document) = 'object'),
    draft           boolean     not null,
    typed           jsonb       check (typed is null or draft),
    version         bigint      not null check (version >= 1),
    created_by      uuid        references person on delete set null,
    created_by_name text,
    created_at      timestamptz not null,
    updated_by      uuid        references person on delete set null,
    updated_by_name text,
    updated_at      timestamptz not null,
    unique (workspace_id, id)
);
create index brief_last_edited on brief (workspace_id, updated_at desc, id desc);
comment on column brief.document is 'The brief as the API speaks of it, without name, niches and creators, which are columns and rows';
comment on column brief.draft is 'saved, but the person said that it is not finished';
comment on column brief.typed is 'the form as typed, where a draft holds something that cannot be read yet';
comment on column brief.version is 'counts the changes; the ETag';
comment on column brief.created_by_name is 'as the person was called then; stays when the person is removed. Null: no person did it';

create table brief_niche (
    brief_id     uuid     not null,
    workspace_id uuid     not null,
    part         text     not null check (part in ('category', 'wanted', 'interest', 'excluded')),
    position     smallint not null check (position >= 0),
    niche_id     int      not null references niche,
    importance   double precision check (importance >= 0 and importance < 'infinity'),
    primary key (brief_id, part, niche_id),
    foreign key (workspace_id, brief_id) references brief (workspace_id, id) on delete cascade,
    check (importance is null or part = 'wanted')
);
create index brief_niche_niche on brief_niche (niche_id);
create unique index brief_niche_category on brief_niche (brief_id) where part = 'category';
comment on column brief_niche.part is 'category: what the brand sells; wanted: to rank by; interest: of the audience; excluded: a filter';
comment on column brief_niche.importance is 'as sent, not normalised; null counts as 1';

create table brief_creator (
    brief_id     uuid     not null,
    workspace_id uuid     not null,
    part         text     not null check (part in ('like', 'excluded')),
    position     smallint not null check (position >= 0),
    creator_id   bigint   not null references creator on delete cascade,
    primary key (brief_id, part, creator_id),
    foreign key (workspace_id, brief_id) references brief (workspace_id, id) on delete cascade
);
create index brief_creator_creator on brief_creator (creator_id);
comment on table brief_creator is 'A creator who is erased leaves the briefs that name her';

create table brief_version (
    brief_id      uuid        not null,
    workspace_id  uuid        not null,
    version       bigint      not null check (version >= 1),
    document      jsonb       not null,
    draft         boolean     not null,
    saved_by      uuid        references person on delete set null,
    saved_by_name text,
    saved_at      timestamptz not null,
    primary key (brief_id, version),
    foreign key (workspace_id, brief_id) references brief (workspace_id, id) on delete cascade
);
comment on table brief_version is 'Every version ever saved, complete as it was said then: history, so its niches and creators are words and not references';

alter table brief enable row level security;
create policy brief_of_the_workspace on brief
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);
alter table brief_niche enable row level security;
create policy brief_niche_of_the_workspace on brief_niche
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);
alter table brief_creator enable row level security;
create policy brief_creator_of_the_workspace on brief_creator
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);
alter table brief_version enable row level security;
create policy brief_version_of_the_workspace on brief_version
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);

-- History is written once; it goes only with its brief.
revoke update, delete on brief_version from closeknit_app;
