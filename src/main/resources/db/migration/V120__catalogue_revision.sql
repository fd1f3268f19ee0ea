-- What became of each creator and through whom, so that an import can be taken back and an edit is never lost.
create table creator_revision (
    creator_id bigint not null references creator on delete cascade,
    version    bigint not null,
    origin_id  uuid,
    source     text not null,
    at         timestamptz not null,
    changes    json,
    undone     boolean not null default false,
    primary key (creator_id, version)
);
create index creator_revision_origin on creator_revision (origin_id, creator_id) where origin_id is not null;
comment on table creator_revision is 'Each change of a creator: who brought it and what it replaced';
comment on column creator_revision.version is 'of the creator after the change';
comment on column creator_revision.origin_id is 'the import that brought it; null: a person, or Closeknit itself';
comment on column creator_revision.source is 'the name of the file, the person, the platform';
comment on column creator_revision.changes is 'by fact: the value before and after, as text that must not be rewritten (hence not jsonb); null: the creator was new';
comment on column creator_revision.undone is 'no longer counts: it was taken back, or is itself the taking back';

alter table creator add column sent_hash uuid, add column sent_version bigint;
comment on column creator.sent_hash is 'what was sent last, hashed: the same again changes nothing as long as the version is sent_version';
