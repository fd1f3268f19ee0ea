-- Figures fetched from the platforms themselves.
create table platform_spent (
    platform    text collate "C" not null,
    window_from timestamptz not null,
    spent       bigint not null check (spent >= 0),
    primary key (platform, window_from)
);
comment on table platform_spent is 'Calls or units spent in a window of time that a platform grants them for; counted before they are spent';

create table platform_account (
    platform    text collate "C" not null,
    handle_key  text collate "C" not null,
    external_id text,
    asked_at    timestamptz not null,
    next_at     timestamptz not null,
    problem     text,
    primary key (platform, handle_key),
    foreign key (platform, handle_key) references account (platform, handle_key) on delete cascade deferrable initially deferred
);
create index platform_account_due on platform_account (platform, next_at);
comment on table platform_account is 'When an account was last asked for, and when its figures are due again';
comment on column platform_account.problem is 'none: the platform does not (or no longer) show it to us';

create table platform_refresh (
    platform    text collate "C" primary key,
    state       text not null check (state in ('RUNNING', 'WAITING', 'SPENT', 'REFUSED')),
    reason      text,
    since       timestamptz not null,
    refreshed   bigint not null default 0,
    unavailable bigint not null default 0
);
comment on table platform_refresh is 'How the refresh from a platform stands';
comment on column platform_refresh.state is 'WAITING: nothing is due; SPENT: goes on when the platform grants more; REFUSED: it does not serve us, see reason';
comment on column platform_refresh.refreshed is 'accounts, since ever';
