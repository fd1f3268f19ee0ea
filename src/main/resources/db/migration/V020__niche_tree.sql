-- The taxonomy. It is the same for all workspaces, so there is no workspace_id and no row-level security here.

create table niche_tree (
    only_row boolean primary key default true check (only_row),
    version  bigint not null check (version >= 1),
    last_id  int not null check (last_id >= 0)
);
comment on table niche_tree is 'One row. Every change of the taxonomy updates it first, which serialises the changes.';
comment on column niche_tree.version is 'Grows with every change; nodes compare it to know when to read the tree again.';
comment on column niche_tree.last_id is 'The id given last. A counter and no sequence, so that ids stay dense: arrays are indexed by them.';
insert into niche_tree (version, last_id) values (1, 0);

create table niche (
    id          int primary key check (id > 0),
    slug        text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 100),
    name        text not null check (name = btrim(name) and length(name) between 1 and 120),
    parent_id   int references niche check (parent_id <> id),
    description text check (length(description) between 1 and 2000),
    iab_id      text unique,
    version     bigint not null default 1 check (version >= 1)
);
create index niche_parent on niche (parent_id);
comment on table niche is 'A topic that an audience can have in common.';
comment on column niche.id is 'Small and dense, from niche_tree.last_id; never reused.';
comment on column niche.slug is 'The name in addresses, files and the API.';
comment on column niche.parent_id is 'The niche it lies below; null at the top. The service keeps the tree free of cycles.';
comment on column niche.iab_id is 'Node of the IAB Content Taxonomy 3.1 (IAB Tech Lab, CC BY 3.0); null where the niche is ours.';
comment on column niche.version is 'Counts the changes of this niche with its words and relations, for the ETag.';

create table niche_alias (
    key      text primary key check (length(key) between 1 and 120),
    niche_id int not null references niche,
    kind     text not null check (kind in ('alias', 'hashtag')),
    word     text not null check (word = btrim(word) and length(word) between 1 and 120),
    check (kind <> 'hashtag' or word !~ '[#[:space:]]')
);
create index niche_alias_niche on niche_alias (niche_id);
comment on table niche_alias is 'Other words for a niche; a word means one niche at most.';
comment on column niche_alias.key is 'What words are compared by: lower case, without accents, letters and digits only (NicheTree.key).';
comment on column niche_alias.kind is 'alias: a word people write; hashtag: a tag, without ''#''.';
comment on column niche_alias.word is 'The word as it was written.';

create table niche_relation (
    low_id   int not null references niche,
    high_id  int not null references niche,
    strength double precision not null check (strength > 0 and strength <= 1),
    primary key (low_id, high_id),
    check (low_id < high_id)
);
create index niche_relation_high on niche_relation (high_id);
comment on table niche_relation is 'Curated: niches that go together across the tree. Holds both ways, stored once, the smaller id first.';
comment on column niche_relation.strength is 'In (0, 1]: how much of one niche serves somebody who looks for the other.';
