-- Two entries that were one person, made one; with all that is needed to take them apart again.
create table creator_merge (
    id        uuid primary key,
    kept_id   bigint not null references creator on delete cascade,
    gone_id   bigint not null,
    gone_slug text collate "C" not null,
    gone      json not null,
    revisions json not null,
    changes   json not null,
    reason    text not null,
    origin_id uuid,
    by_whom   text not null,
    at        timestamptz not null,
    undone_at timestamptz
);
create index creator_merge_newest on creator_merge (at desc);
create index creator_merge_kept on creator_merge (kept_id);
create index creator_merge_gone on creator_merge (gone_slug) where undone_at is null;
create index creator_merge_origin on creator_merge (origin_id) where origin_id is not null and undone_at is null;
comment on column creator_merge.gone is 'version, creation and facts of the entry that is no more';
comment on column creator_merge.revisions is 'its rows of creator_revision';
comment on column creator_merge.changes is 'what the other entry gained, by fact, before and after';
comment on column creator_merge.origin_id is 'the import that linked their accounts; null: a person said so';

create table creator_not_double (
    one_id   bigint not null references creator on delete cascade,
    other_id bigint not null references creator on delete cascade,
    by_whom  text not null,
    at       timestamptz not null,
    primary key (one_id, other_id),
    check (one_id < other_id)
);
create index creator_not_double_other on creator_not_double (other_id);
comment on table creator_not_double is 'Pairs that look like one person and are not, as somebody said';
