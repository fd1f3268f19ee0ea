-- What became of the demo in this installation: one row, written at the first start. It belongs to no workspace; it names
-- the invented one so that a removal finds what was invented there.
create table demo_filling (
    sole         boolean     primary key default true check (sole),
    state        text        not null check (state in ('FILLING', 'FILLED', 'REMOVED', 'DECLINED')),
    invented_on  date,
    workspace_id uuid        references workspace on delete set null,
    people       uuid[]      not null default '{}',
    briefs       uuid[]      not null default '{}',
    changed_at   timestamptz not null
);
comment on column demo_filling.state is 'FILLING: the people are there, creators and briefs follow, at the next start if this one was killed; DECLINED: not wanted at the first start';
comment on column demo_filling.invented_on is 'the day that the figures are fresh on';
comment on column demo_filling.people is 'the invented people, marketer, agency and admin in this order';
comment on column demo_filling.briefs is 'the invented briefs; some may have been removed by hand';
