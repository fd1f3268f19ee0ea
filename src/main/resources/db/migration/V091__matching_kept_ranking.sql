-- Rankings that somebody kept: what was asked, which versions answered, and the first creators with their scores and points.

create table kept_ranking (
    id                 uuid        primary key,
    workspace_id       uuid        not null references workspace on delete cascade,
    name               text        not null check (name = btrim(name) and length(name) between 1 and 200),
    brief_id           uuid,
    brief_version      bigint      check ((brief_version is null) = (brief is null)),
    brief              jsonb,
    filters            jsonb       not null check (jsonb_typeof(filters) = 'object'),
    weights            jsonb       not null check (jsonb_typeof(weights) = 'object'),
    own_weights        boolean     not null,
    catalogue_version  bigint      not null,
    statistics_version bigint      not null,
    as_of              date        not null,
    total              int         not null check (total >= 0),
    version            bigint      not null check (version >= 1),
    kept_by            uuid        references person on delete set null,
    kept_by_name       text,
    kept_at            timestamptz not null,
    updated_at         timestamptz not null,
    unique (workspace_id, id),
    foreign key (workspace_id, brief_id) references brief (workspace_id, id) on delete set null (brief_id)
);
create index kept_ranking_last on kept_ranking (workspace_id, kept_at desc, id desc);
create index kept_ranking_brief on kept_ranking (workspace_id, brief_id);
comment on column kept_ranking.brief is 'the brief as it was then, complete; its niches and creators are words and not references. Null: ranked by quality';
comment on column kept_ranking.brief_id is 'null where there was no brief, or where it was deleted';
comment on column kept_ranking.filters is 'filters, words and order by the names of the API, each a list of values';
comment on column kept_ranking.weights is 'by criterion, as they counted';
comment on column kept_ranking.own_weights is 'whether the ranking named them; else they were the brief''s or the defaults';
comment on column kept_ranking.total is 'creators in the whole ranking; kept are the first of them';

create table kept_creator (
    ranking_id   uuid   not null,
    workspace_id uuid   not null,
    rank         int    not null check (rank >= 1),
    creator_id   bigint not null references creator on delete cascade,
    item         jsonb  not null,
    primary key (ranking_id, rank),
    foreign key (workspace_id, ranking_id) references kept_ranking (workspace_id, id) on delete cascade
);
create index kept_creator_creator on kept_creator (creator_id);
comment on table kept_creator is 'A creator who is erased leaves every kept ranking';
comment on column kept_creator.item is 'her place as the API said it: who she is, score, interval, points by criterion with evidence';

alter table kept_ranking enable row level security;
create policy kept_ranking_of_the_workspace on kept_ranking
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);
alter table kept_creator enable row level security;
create policy kept_creator_of_the_workspace on kept_creator
    using (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid)
    with check (workspace_id = nullif(current_setting('closeknit.workspace', true), '')::uuid);

-- What was kept stays as it was; only its name may change.
revoke update on kept_creator from closeknit_app;
