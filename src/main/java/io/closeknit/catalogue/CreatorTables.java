package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.EngagementStatistic;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.catalogue.StoredCreator.Day;
import io.closeknit.catalogue.StoredCreator.Provenance;
import io.closeknit.catalogue.StoredCreator.StoredAccount;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import io.closeknit.database.GiveWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables of the catalogue, read and written for many creators at once: one statement for each table, whatever the
 * number of creators.
 */
@Component
class CreatorTables {
    private static final TypeReference<TreeMap<String, Provenance>> OTHERS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final GiveWay giveWay;

    CreatorTables(JdbcTemplate jdbc, JsonMapper json, GiveWay giveWay) {
        this.jdbc = jdbc;
        this.json = json;
        this.giveWay = giveWay;
    }

    /** Whose the accounts are; those that nobody has are left out. */
    Map<AccountKey, Long> owners(Collection<AccountKey> keys) {
        var owners = new HashMap<AccountKey, Long>();
        jdbc.query(
                "select platform, handle_key, creator_id from account natural join "
                        + "(select * from unnest(?::text[], ?::text[]) as sent (platform, handle_key)) as sent",
                keys(keys),
                row -> {
                    owners.put(new AccountKey(platform(row.getString(1)), row.getString(2)), row.getLong(3));
                });
        return owners;
    }

    private static PreparedStatementSetter keys(Collection<AccountKey> keys) {
        return statement -> {
            var connection = statement.getConnection();
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            keys.stream().map(key -> key.platform().key()).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", keys.stream().map(AccountKey::handleKey).toArray()));
        };
    }

    /** Which of the accounts belong to somebody who was erased, and when that was. */
    Map<AccountKey, Instant> erased(Collection<AccountKey> keys) {
        var erased = new HashMap<AccountKey, Instant>();
        jdbc.query("""
                select sent.platform, sent.handle_key, erased_at
                from unnest(?::text[], ?::text[]) as sent (platform, handle_key)
                join erased_account as erased
                  on erased.platform = sent.platform
                 and erased.handle_hash = sha256((select key from erasure_key) || sha256(convert_to(sent.handle_key, 'UTF8')))""", keys(keys), row -> {
            erased.put(
                    new AccountKey(platform(row.getString(1)), row.getString(2)),
                    Objects.requireNonNull(instant(row, "erased_at")));
        });
        return erased;
    }

    /** Who has the slugs; those that are free are left out. */
    Map<String, Long> slugs(Collection<String> slugs) {
        var ids = new HashMap<String, Long>();
        jdbc.query(
                "select slug, id from creator where slug = any(?)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", slugs.toArray())),
                row -> {
                    ids.put(row.getString(1), row.getLong(2));
                });
        return ids;
    }

    /** What the slugs of the creators are; those that are gone are left out. */
    Map<Long, String> slugsOf(Collection<Long> ids) {
        var slugs = new HashMap<Long, String>();
        each(
                "select id, slug from creator where id %s",
                Which.oneOf(ids), row -> slugs.put(row.getLong(1), row.getString(2)));
        return slugs;
    }

    /** The highest number that stands behind the stem and a hyphen in a slug; 1 where there is none. */
    long lastNumber(String stem) {
        var last = jdbc.queryForObject(
                "select max(substr(slug, ?)::bigint) from creator where slug like ? and substr(slug, ?) ~ '^[0-9]{1,9}$'",
                Long.class,
                stem.length() + 2,
                stem + "-%",
                stem.length() + 2);
        return last == null ? 1 : last;
    }

    /** Fresh ids, ascending. */
    List<Long> newIds(int count) {
        return jdbc.query("select nextval('creator_id') from generate_series(1, ?)", (row, _) -> row.getLong(1), count);
    }

    /** The creators with these ids, in the order of the ids; those that are gone are left out. */
    List<StoredCreator> load(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : load(Which.oneOf(ids));
    }

    /** The creators with an id from {@code first} to {@code last}, in the order of the ids: the quick way to read many. */
    List<StoredCreator> range(long first, long last) {
        return load(Which.between(first, last));
    }

    private List<StoredCreator> load(Which which) {
        var niches = new HashMap<Long, List<StoredNiche>>();
        each(
                """
                select creator_id, niche_id, niche.slug, weight, source
                from creator_niche join niche on niche.id = niche_id where creator_id %s""",
                which,
                row -> of(niches, row)
                        .add(new StoredNiche(
                                row.getInt(2), new NicheWeight(row.getString(3), number(row, 4), row.getString(5)))));
        var hashtags = new HashMap<Long, List<HashtagWeight>>();
        each(
                "select creator_id, tag, weight from creator_hashtag where creator_id %s order by creator_id, position",
                which, row -> of(hashtags, row).add(new HashtagWeight(row.getString(2), number(row, 3))));
        var accounts = new HashMap<Long, List<StoredAccount>>();
        each("""
                select creator_id, platform, handle, url, followers, following, posts, posts_per_week, engagement_rate,
                       engagement_basis, engagement_statistic, posts_sampled, likes, comments, shares, saves, views,
                       reach, reply_rate, authenticity, growth_90d, last_post_at, audience, observed_at, source,
                       handle_key, received_at, older_figures
                from account where creator_id %s""", which, row -> of(accounts, row).add(account(row)));
        var history = new HashMap<Long, TreeMap<Day, HistoryPoint>>();
        each(
                """
                select creator_id, platform, day, followers, engagement_rate
                from account_history where creator_id %s""",
                which, row -> {
                    var platform = platform(row.getString(2));
                    var on = row.getObject(3, LocalDate.class);
                    history.computeIfAbsent(row.getLong(1), _ -> new TreeMap<>())
                            .put(new Day(platform, on), new HistoryPoint(platform, on, whole(row, 4), number(row, 5)));
                });
        var mentions = new HashMap<Long, List<StoredMention>>();
        each("""
                select creator_id, niche_id, niche_word, brand, niche.slug, paid, on_date, platform, url
                from mention left join niche on niche.id = niche_id
                where creator_id %s order by creator_id, position""", which, row -> of(mentions, row).add(mention(row)));
        var rates = new HashMap<Long, List<Rate>>();
        each(
                "select creator_id, platform, deliverable, amount, currency from rate where creator_id %s",
                which,
                row -> of(rates, row)
                        .add(new Rate(
                                platform(row.getString(2)),
                                Deliverable.valueOf(upper(row.getString(3))),
                                new Money(row.getBigDecimal(4), row.getString(5)))));
        var creators = new ArrayList<StoredCreator>();
        each(
                """
                select id, demo, version, created_at, updated_at, slug, name, kind, bio, country, city, languages,
                       email, website, mentions_known
                from creator where id %s order by id""",
                which, row -> {
                    var id = row.getLong(1);
                    var kind = row.getString(8);
                    creators.add(new StoredCreator(
                            id,
                            row.getBoolean(2),
                            row.getLong(3),
                            Objects.requireNonNull(instant(row, "created_at")),
                            Objects.requireNonNull(instant(row, "updated_at")),
                            row.getString(6),
                            row.getString(7),
                            kind == null ? null : Kind.valueOf(upper(kind)),
                            row.getString(9),
                            row.getString(10),
                            row.getString(11),
                            List.of((String[]) row.getArray(12).getArray()),
                            row.getString(13),
                            row.getString(14),
                            StoredCreator.sorted(niches.getOrDefault(id, List.of()), StoredCreator.BY_WEIGHT),
                            List.copyOf(hashtags.getOrDefault(id, List.of())),
                            StoredCreator.sorted(accounts.getOrDefault(id, List.of()), StoredCreator.BY_FOLLOWERS),
                            history.containsKey(id)
                                    ? Collections.unmodifiableSortedMap(history.get(id))
                                    : Collections.emptySortedMap(),
                            row.getBoolean(15) ? List.copyOf(mentions.getOrDefault(id, List.of())) : null,
                            StoredCreator.sorted(rates.getOrDefault(id, List.of()), StoredCreator.RATES)));
                });
        return creators;
    }

    private static <T> List<T> of(Map<Long, List<T>> byCreator, ResultSet row) throws SQLException {
        return byCreator.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>());
    }

    /** Which creators: a condition on their id, and its parameters. */
    private record Which(String condition, PreparedStatementSetter parameters) {
        static Which oneOf(Collection<Long> ids) {
            return new Which(
                    "= any(?)",
                    statement ->
                            statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids.toArray())));
        }

        static Which between(long first, long last) {
            return new Which("between ? and ?", statement -> {
                statement.setLong(1, first);
                statement.setLong(2, last);
            });
        }
    }

    private void each(String sql, Which which, RowCallbackHandler reader) {
        jdbc.query(sql.formatted(which.condition()), which.parameters(), reader);
    }

    private StoredAccount account(ResultSet row) throws SQLException {
        var platform = platform(row.getString(2));
        var basis = row.getString(10);
        var statistic = row.getString(11);
        var audience = row.getString(23);
        var document = new AccountDocument(
                platform,
                row.getString(3),
                row.getString(4),
                whole(row, 5),
                whole(row, 6),
                whole(row, 7),
                number(row, 8),
                number(row, 9),
                basis == null ? null : EngagementBasis.valueOf(upper(basis)),
                statistic == null ? null : EngagementStatistic.valueOf(upper(statistic)),
                count(row, 12),
                number(row, 13),
                number(row, 14),
                number(row, 15),
                number(row, 16),
                number(row, 17),
                number(row, 18),
                number(row, 19),
                number(row, 20),
                number(row, 21),
                instant(row, "last_post_at"),
                audience == null ? null : sorted(json.readValue(audience, Audience.class)),
                instant(row, "observed_at"),
                row.getString(25));
        return new StoredAccount(
                new AccountKey(platform, row.getString(26)),
                document,
                Objects.requireNonNull(instant(row, "received_at")),
                others(row.getString(28)));
    }

    private SortedMap<String, Provenance> others(@Nullable String text) {
        return text == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(json.readValue(text, OTHERS));
    }

    /** jsonb keeps no order; ours is the alphabet's. */
    private static Audience sorted(Audience audience) {
        return new Audience(
                sorted(audience.countries()),
                sorted(audience.ages()),
                sorted(audience.genders()),
                sorted(audience.languages()),
                sorted(audience.interests()),
                sorted(audience.agesByGender()));
    }

    private static <V> @Nullable Map<String, V> sorted(@Nullable Map<String, V> map) {
        if (map == null) {
            return null;
        }
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static StoredMention mention(ResultSet row) throws SQLException {
        var nicheId = count(row, 2);
        var paid = row.getBoolean(6);
        var isPaid = row.wasNull() ? null : Boolean.valueOf(paid);
        var platform = row.getString(8);
        return new StoredMention(
                nicheId,
                row.getString(3),
                new Mention(
                        row.getString(4),
                        row.getString(5),
                        isPaid,
                        row.getObject(7, LocalDate.class),
                        platform == null ? null : platform(platform),
                        row.getString(9)));
    }

    /** What changed a creator last. */
    record SentLast(UUID hash, String slug) {}

    /** Of those whom nothing else changed since. */
    Map<Long, SentLast> sentLast(Collection<Long> ids) {
        var last = new HashMap<Long, SentLast>();
        each(
                "select id, sent_hash, slug from creator where id %s and sent_version = version and not demo",
                Which.oneOf(ids),
                row -> last.put(row.getLong(1), new SentLast(row.getObject(2, UUID.class), row.getString(3))));
        return last;
    }

    /**
     * Writes creators that are not there yet.
     *
     * @param hashes of what was sent, by the creator's id
     */
    void insert(Collection<StoredCreator> creators, Map<Long, UUID> hashes) {
        var rows = new Rows();
        creators.forEach(creator -> rows.creator(creator, hashes.get(creator.id())));
        creators.forEach(creator -> {
            giveWay.rest();
            rows.everythingOf(creator, null);
        });
        rows.send();
    }

    /** Writes what is different; the keys are the states that are stored. */
    void update(Map<StoredCreator, StoredCreator> changes) {
        update(changes, Map.of());
    }

    /** @param hashes of what was sent, by the creator's id */
    void update(Map<StoredCreator, StoredCreator> changes, Map<Long, UUID> hashes) {
        var heads = new ArrayList<Map<String, @Nullable Object>>();
        changes.values().forEach(now -> heads.add(head(now, hashes.get(now.id()))));
        jdbc.update("""
                update creator set name = now.name, kind = now.kind, bio = now.bio, country = now.country,
                    city = now.city, languages = now.languages, email = now.email, website = now.website,
                    mentions_known = now.mentions_known, demo = now.demo, version = now.version,
                    updated_at = now.updated_at, sent_hash = now.sent_hash,
                    sent_version = case when now.sent_hash is null then null else now.version end
                from jsonb_to_recordset(?::jsonb) as now (id bigint, name text, kind text, bio text, country text,
                    city text, languages text[], email text, website text, mentions_known boolean, demo boolean, version bigint,
                    updated_at timestamptz, sent_hash uuid)
                where creator.id = now.id""", json.writeValueAsString(heads));
        var rows = new Rows();
        changes.forEach((before, now) -> {
            giveWay.rest();
            rows.everythingOf(now, before);
        });
        rows.send();
    }

    private static Map<String, @Nullable Object> head(StoredCreator creator, @Nullable UUID hash) {
        var head = new LinkedHashMap<String, @Nullable Object>();
        var kind = creator.kind();
        head.put("id", creator.id());
        head.put("name", creator.name());
        head.put("kind", kind == null ? null : kind.name().toLowerCase(Locale.ROOT));
        head.put("bio", creator.bio());
        head.put("country", creator.country());
        head.put("city", creator.city());
        head.put("languages", creator.languages());
        head.put("email", creator.email());
        head.put("website", creator.website());
        head.put("mentions_known", creator.mentions() != null);
        head.put("demo", creator.demo());
        head.put("version", creator.version());
        head.put("updated_at", creator.updatedAt().toString());
        head.put("sent_hash", hash);
        return head;
    }

    /** What goes out of and into the tables around {@code creator}. */
    private final class Rows {
        private final CopyRows creators = new CopyRows(
                "creator",
                "id, slug, name, kind, bio, country, city, languages, email, website, mentions_known, demo, version, "
                        + "created_at, updated_at, sent_hash, sent_version");
        private final CopyRows niches = new CopyRows("creator_niche", "creator_id, niche_id, weight, source");
        private final CopyRows hashtags = new CopyRows("creator_hashtag", "creator_id, position, tag, weight");
        private final CopyRows accounts = new CopyRows(
                "account",
                "platform, handle_key, creator_id, handle, url, followers, following, posts, posts_per_week, "
                        + "engagement_rate, engagement_basis, engagement_statistic, posts_sampled, likes, comments, "
                        + "shares, saves, views, reach, reply_rate, authenticity, growth_90d, last_post_at, audience, "
                        + "observed_at, received_at, source, older_figures");
        private final CopyRows history =
                new CopyRows("account_history", "creator_id, platform, day, followers, engagement_rate");
        private final CopyRows mentions = new CopyRows(
                "mention", "creator_id, position, brand, niche_id, niche_word, paid, on_date, platform, url");
        private final CopyRows rates = new CopyRows("rate", "creator_id, platform, deliverable, amount, currency");
        private final Map<String, List<Long>> emptied = new LinkedHashMap<>();
        private final List<Long> pastOf = new ArrayList<>();
        private final List<Day> pastDays = new ArrayList<>();

        void creator(StoredCreator it, @Nullable UUID hash) {
            creators.add(
                    it.id(),
                    it.slug(),
                    it.name(),
                    it.kind(),
                    it.bio(),
                    it.country(),
                    it.city(),
                    it.languages(),
                    it.email(),
                    it.website(),
                    it.mentions() != null,
                    it.demo(),
                    it.version(),
                    it.createdAt(),
                    it.updatedAt(),
                    hash,
                    hash == null ? null : it.version());
        }

        void everythingOf(StoredCreator now, @Nullable StoredCreator before) {
            var id = now.id();
            if (replaces("creator_niche", now.niches(), before == null ? null : before.niches(), id)) {
                now.niches()
                        .forEach(niche -> niches.add(
                                id,
                                niche.nicheId(),
                                niche.tag().weight(),
                                niche.tag().source()));
            }
            if (replaces("creator_hashtag", now.hashtags(), before == null ? null : before.hashtags(), id)) {
                for (var i = 0; i < now.hashtags().size(); i++) {
                    hashtags.add(
                            id,
                            i,
                            now.hashtags().get(i).tag(),
                            now.hashtags().get(i).weight());
                }
            }
            if (replaces("account", now.accounts(), before == null ? null : before.accounts(), id)) {
                now.accounts().forEach(account -> account(id, account));
            }
            if (replaces("mention", orNone(now.mentions()), before == null ? null : orNone(before.mentions()), id)) {
                mentions(id, orNone(now.mentions()));
            }
            if (replaces("rate", now.rates(), before == null ? null : before.rates(), id)) {
                now.rates()
                        .forEach(rate -> rates.add(
                                id,
                                rate.platform(),
                                rate.deliverable(),
                                rate.price().amount().toPlainString(),
                                rate.price().currency()));
            }
            history(now, before);
        }

        private static <T> List<T> orNone(@Nullable List<T> list) {
            return list == null ? List.of() : list;
        }

        /** Whether rows must be written; those that they replace go first. */
        private boolean replaces(String table, List<?> now, @Nullable List<?> before, long id) {
            if (now.equals(before)) {
                return false;
            }
            if (before != null && !before.isEmpty()) {
                emptied.computeIfAbsent(table, _ -> new ArrayList<>()).add(id);
            }
            return true;
        }

        private void account(long id, StoredAccount account) {
            var it = account.document();
            var audience = it.audience();
            accounts.add(
                    it.platform(),
                    account.key().handleKey(),
                    id,
                    it.handle(),
                    it.url(),
                    it.followers(),
                    it.following(),
                    it.posts(),
                    it.postsPerWeek(),
                    it.engagementRate(),
                    it.engagementBasis(),
                    it.engagementStatistic(),
                    it.postsSampled(),
                    it.likes(),
                    it.comments(),
                    it.shares(),
                    it.saves(),
                    it.views(),
                    it.reach(),
                    it.replyRate(),
                    it.authenticity(),
                    it.growth90d(),
                    it.lastPostAt(),
                    audience == null ? null : json.writeValueAsString(audience),
                    it.observedAt(),
                    account.receivedAt(),
                    it.source(),
                    account.others().isEmpty() ? null : json.writeValueAsString(account.others()));
        }

        private void mentions(long id, List<StoredMention> all) {
            for (var i = 0; i < all.size(); i++) {
                var it = all.get(i).mention();
                mentions.add(
                        id,
                        i,
                        it.brand(),
                        all.get(i).nicheId(),
                        all.get(i).word(),
                        it.paid(),
                        it.on(),
                        it.platform(),
                        it.url());
            }
        }

        /** The one list that grows without end: only the days that are different are written. */
        private void history(StoredCreator now, @Nullable StoredCreator before) {
            if (before != null && now.history().equals(before.history())) {
                return;
            }
            if (before != null) {
                before.history().forEach((day, point) -> {
                    if (!point.equals(now.history().get(day))) {
                        pastOf.add(now.id());
                        pastDays.add(day);
                    }
                });
            }
            now.history().forEach((day, point) -> {
                if (before == null || !point.equals(before.history().get(day))) {
                    history.add(now.id(), day.platform(), day.on(), point.followers(), point.engagementRate());
                }
            });
        }

        void send() {
            emptied.forEach((table, ids) -> jdbc.update(
                    "delete from " + table + " where creator_id = any(?)",
                    statement ->
                            statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids.toArray()))));
            if (!pastOf.isEmpty()) {
                deletePast();
            }
            jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
                try {
                    for (var rows : List.of(creators, niches, hashtags, accounts, history, mentions, rates)) {
                        rows.send(connection, giveWay);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e); // from memory: can't happen
                }
                return null;
            });
        }

        private void deletePast() {
            jdbc.update("""
                    delete from account_history as past using unnest(?::bigint[], ?::text[], ?::date[])
                        as gone (creator_id, platform, day)
                    where past.creator_id = gone.creator_id and past.platform = gone.platform and past.day = gone.day""", statement -> {
                var connection = statement.getConnection();
                statement.setArray(1, connection.createArrayOf("bigint", pastOf.toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                pastDays.stream()
                                        .map(day -> day.platform().key())
                                        .toArray()));
                statement.setArray(
                        3,
                        connection.createArrayOf(
                                "date",
                                pastDays.stream()
                                        .map(day -> day.on().toString())
                                        .toArray()));
            });
        }
    }

    private static Platform platform(String key) {
        return Platform.valueOf(upper(key));
    }

    private static String upper(String key) {
        return key.toUpperCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Double number(ResultSet row, int column) throws SQLException {
        var value = row.getDouble(column);
        return row.wasNull() ? null : Double.valueOf(value);
    }

    private static @Nullable Integer count(ResultSet row, int column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? null : Integer.valueOf(value);
    }

    private static @Nullable Long whole(ResultSet row, int column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }
}
