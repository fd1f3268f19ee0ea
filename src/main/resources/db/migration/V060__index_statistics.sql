-- Statistics versions as published (GET /api/v1/statistics); the last ones are kept. Common to all workspaces.
create table statistics_version (
    version           bigint      primary key,
    as_of             date        not null,
    catalogue_version bigint      not null,
    body              jsonb       not null,
    created_at        timestamptz not null default now()
);
comment on column statistics_version.as_of is 'the day that is today for every score of this version';

-- What a unit of a currency is worth. The newest day of each currency serves. Common to all workspaces.
create table exchange_rate (
    currency     char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    on_date      date           not null,
    eur_per_unit numeric(20, 10) not null check (eur_per_unit > 0),
    source       text           not null,
    primary key (currency, on_date)
);
comment on column exchange_rate.eur_per_unit is 'euros for one unit of the currency';

insert into exchange_rate (currency, on_date, eur_per_unit, source)
select currency, date '2025-01-02', round(1 / per_eur, 10), 'rounded reference rate of 2 January 2025; replace it with the rate you pay'
  from (values
    ('EUR', 1.0), ('USD', 1.0321), ('GBP', 0.8308), ('CHF', 0.9394), ('PLN', 4.2755), ('SEK', 11.4640), ('NOK', 11.7330),
    ('DKK', 7.4608), ('CZK', 25.2010), ('HUF', 411.50), ('RON', 4.9752), ('BGN', 1.9558), ('BAM', 1.95583), ('RSD', 117.0),
    ('ISK', 143.9), ('TRY', 36.48), ('UAH', 43.5), ('CAD', 1.4870), ('AUD', 1.6601), ('NZD', 1.8400), ('JPY', 162.80),
    ('CNY', 7.5330), ('HKD', 8.0270), ('SGD', 1.4090), ('KRW', 1514.0), ('INR', 88.53), ('IDR', 16720.0), ('MYR', 4.6300),
    ('PHP', 59.70), ('THB', 35.45), ('VND', 26250.0), ('ILS', 3.7600), ('AED', 3.7900), ('SAR', 3.8760), ('ZAR', 19.35),
    ('EGP', 52.40), ('NGN', 1590.0), ('KES', 133.4), ('MAD', 10.45), ('BRL', 6.3800), ('MXN', 21.30), ('ARS', 1064.0),
    ('CLP', 1034.0), ('COP', 4535.0), ('PEN', 3.8800)
  ) as rate (currency, per_eur);

-- Names that mean one brand. Common to all workspaces.
create table brand_alias (
    brand     text not null check (length(brand) between 1 and 200),
    alias     text not null check (length(alias) between 1 and 200),
    alias_key text not null unique,
    primary key (brand, alias)
);
comment on table brand_alias is 'alias is another name of brand; case, accents, spaces and punctuation make no difference anyway';
comment on column brand_alias.alias_key is 'the alias without case, accents, spaces and punctuation: it means one brand only';
