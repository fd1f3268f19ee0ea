-- The catalogue is common to all workspaces, hence no workspace_id. Shares, rates and weights are fractions (0.041 is
-- 4.1 %). Slugs and keys compare by code point, so that prefixes use the index whatever the server's locale is.

create sequence creator_id as bigint;

create table creator (
    id             bigint primary key default nextval('creator_id'),
    slug           text collate "C" not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 120),
    name           text not null check (length(name) between 1 and 200),
    kind           text check (kind in ('person', 'page')),
    bio            text,
    country        text check (country ~ '^[A-Z]{2}$'),
    city           text,
    languages      text[] not null default '{}',
    email          text,
    website        text,
    mentions_known boolean not null default false,
    demo           boolean not null default false,
    version        bigint not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);
alter sequence creator_id owned by creator.id;
create index creator_demo on creator (id) where demo;
comment on table creator is 'People and pages that publish for an audience';
comment on column creator.kind is 'person, or a page run by nobody in particular; null: not known';
comment on column creator.country is 'ISO 3166-1 alpha-2';
comment on column creator.languages is 'BCP 47, in the order they were sent';
comment on column creator.mentions_known is 'somebody looked for mentions: without rows in mention it says that there are none';
comment on column creator.demo is 'invented, see the demo module';
comment on column creator.version is 'counts the changes; the ETag';

create table creator_niche (
    creator_id bigint not null references creator on delete cascade,
    niche_id   integer not null references niche,
    weight     double precision check (weight >= 0 and weight < 'infinity'),
    source     text,
    primary key (creator_id, niche_id)
);
create index creator_niche_niche on creator_niche (niche_id);
comment on column creator_niche.weight is 'as sent, not normalised; null: none was sent';
comment on column creator_niche.source is 'where the tag came from';

create table creator_hashtag (
    creator_id bigint not null references creator on delete cascade,
    position   integer not null,
    tag        text not null check (length(tag) between 1 and 200),
    weight     double precision check (weight >= 0 and weight < 'infinity'),
    primary key (creator_id, position)
);
comment on table creator_hashtag is 'Hashtags without #, and words sent as niches that no niche has';

create table account (
    platform             text collate "C" not null check (platform in
                         ('instagram', 'tiktok', 'youtube', 'twitch', 'x', 'facebook', 'pinterest', 'blog', 'other')),
    handle_key           text collate "C" not null check (length(handle_key) between 1 and 400),
    creator_id           bigint not null references creator on delete cascade,
    handle               text not null check (length(handle) between 1 and 200),
    url                  text,
    followers            bigint check (followers between 0 and 10000000000),
    following            bigint check (following between 0 and 10000000000),
    posts                bigint check (posts between 0 and 10000000000),
    posts_per_week       double precision check (posts_per_week between 0 and 10000),
    engagement_rate      double precision check (engagement_rate between 0 and 100),
    engagement_basis     text check (engagement_basis in ('followers', 'views', 'reach')),
    engagement_statistic text check (engagement_statistic in ('median', 'mean')),
    posts_sampled        integer check (posts_sampled >= 0),
    likes                double precision check (likes between 0 and 10000000000),
    comments             double precision check (comments between 0 and 10000000000),
    shares               double precision check (shares between 0 and 10000000000),
    saves                double precision check (saves between 0 and 10000000000),
    views                double precision check (views between 0 and 10000000000),
    reach                double precision check (reach between 0 and 10000000000),
    reply_rate           double precision check (reply_rate between 0 and 1),
    authenticity         double precision check (authenticity between 0 and 1),
    growth_90d           double precision check (growth_90d between -1 and 1000),
    last_post_at         timestamptz,
    audience             jsonb check (jsonb_typeof(audience) = 'object'),
    observed_at          timestamptz,
    received_at          timestamptz not null,
    source               text,
    primary key (platform, handle_key)
);
create index account_creator on account (creator_id);
comment on column account.handle_key is 'the handle as accounts are told apart by: case-folded, without a leading @';
comment on column account.engagement_rate is 'fraction of engagement_basis (null: followers); above 1 when more people react than follow';
comment on column account.posts_sampled is 'number of posts that the rate comes from';
comment on column account.likes is 'per post, like comments, shares, saves, views and reach';
comment on column account.reply_rate is 'share of comments that the creator answers, 0 to 1';
comment on column account.authenticity is 'share of the followers held to be real, 0 to 1';
comment on column account.growth_90d is 'relative change of the followers in 90 days, -0.1 is a tenth lost';
comment on column account.audience is 'shares by value, as the API writes them: countries, ages, genders, languages, interests, agesByGender';
comment on column account.observed_at is 'when the figures were true; null: not said, received_at stands for it';
comment on column account.received_at is 'when the figures last changed here';

create table account_history (
    creator_id      bigint not null references creator on delete cascade,
    platform        text collate "C" not null check (platform in
                    ('instagram', 'tiktok', 'youtube', 'twitch', 'x', 'facebook', 'pinterest', 'blog', 'other')),
    day             date not null,
    followers       bigint check (followers between 0 and 10000000000),
    engagement_rate double precision check (engagement_rate between 0 and 100),
    primary key (creator_id, platform, day),
    check (followers is not null or engagement_rate is not null)
);
comment on table account_history is 'Figures of a platform on days in the past';

create table mention (
    creator_id bigint not null references creator on delete cascade,
    position   integer not null,
    brand      text not null check (length(brand) between 1 and 200),
    niche_id   integer references niche,
    niche_word text,
    paid       boolean,
    on_date    date,
    platform   text check (platform in
               ('instagram', 'tiktok', 'youtube', 'twitch', 'x', 'facebook', 'pinterest', 'blog', 'other')),
    url        text,
    primary key (creator_id, position),
    check (niche_id is null or niche_word is null)
);
create index mention_niche on mention (niche_id) where niche_id is not null;
comment on table mention is 'Posts that name a brand';
comment on column mention.brand is 'as it was written';
comment on column mention.niche_word is 'the category as it was sent, where no niche has it';
comment on column mention.paid is 'null: not known';

create table rate (
    creator_id  bigint not null references creator on delete cascade,
    platform    text collate "C" not null check (platform in
                ('instagram', 'tiktok', 'youtube', 'twitch', 'x', 'facebook', 'pinterest', 'blog', 'other')),
    deliverable text collate "C" not null check (deliverable in
                ('post', 'story', 'reel', 'video', 'short', 'stream', 'article')),
    amount      numeric not null check (amount between 0 and 1000000000),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    primary key (creator_id, platform, deliverable)
);
comment on column rate.amount is 'price of one piece in the currency (ISO 4217)';

create table erased_account (
    platform    text collate "C" not null,
    handle_hash bytea not null check (length(handle_hash) = 32),
    erased_at   timestamptz not null,
    primary key (platform, handle_hash)
);
comment on table erased_account is 'Accounts of people who were erased; all that is kept of them, to stop a re-import';
comment on column erased_account.handle_hash is 'SHA-256 of handle_key in UTF-8';

-- Numbers are taken under an advisory lock that is held until commit (see ChangeLog), so a later commit never has a
-- smaller number. No foreign key: removals are logged too.
create table creator_change (
    number     bigint generated always as identity primary key,
    creator_id bigint not null,
    at         timestamptz not null
);
comment on table creator_change is 'Which creators changed, in the order of the commits; the last number is the version of the catalogue';
