package io.closeknit.catalogue;

import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import io.closeknit.catalogue.CreatorDocument.HistoryPoint;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.catalogue.CreatorFacts.Change;
import io.closeknit.catalogue.StoredCreator.Day;
import io.closeknit.catalogue.StoredCreator.StoredAccount;
import io.closeknit.catalogue.StoredCreator.StoredMention;
import io.closeknit.catalogue.StoredCreator.StoredNiche;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes one creator of two entries that are the same person, and two again where that was a mistake. */
@Component
class Merges {
    private final CreatorTables tables;
    private final CreatorFacts facts;
    private final ChangeLog changes;
    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Merges(
            CreatorTables tables,
            CreatorFacts facts,
            ChangeLog changes,
            JdbcTemplate jdbc,
            JsonMapper json,
            Clock clock) {
        this.tables = tables;
        this.facts = facts;
        this.changes = changes;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** A merge that was made. */
    record Merge(
            UUID id,
            String keptSlug,
            String keptName,
            String goneSlug,
            String goneName,
            String reason,
            String by,
            Instant at,
            boolean undone) {}

    /** What the first knows, completed by what only the second knows; the first one's word counts where both have one. */
    static StoredCreator joined(StoredCreator kept, StoredCreator gone) {
        var history = new TreeMap<Day, HistoryPoint>(gone.history());
        history.putAll(kept.history());
        var mentions = kept.mentions() == null
                ? gone.mentions()
                : gone.mentions() == null ? kept.mentions() : mentions(kept.mentions(), gone.mentions());
        return new StoredCreator(
                kept.id(),
                kept.demo() && gone.demo(),
                kept.version(),
                kept.createdAt(),
                kept.updatedAt(),
                kept.slug(),
                kept.name(),
                kept.kind() == null ? gone.kind() : kept.kind(),
                kept.bio() == null ? gone.bio() : kept.bio(),
                kept.country() == null ? gone.country() : kept.country(),
                kept.city() == null ? gone.city() : kept.city(),
                List.copyOf(union(kept.languages(), gone.languages())),
                kept.email() == null ? gone.email() : kept.email(),
                kept.website() == null ? gone.website() : kept.website(),
                StoredCreator.sorted(
                        union(kept.niches(), gone.niches(), StoredNiche::nicheId), StoredCreator.BY_WEIGHT),
                StoredCreator.sorted(
                        union(kept.hashtags(), gone.hashtags(), Merges::key), StoredCreator.HASHTAGS_BY_WEIGHT),
                StoredCreator.sorted(
                        union(kept.accounts(), gone.accounts(), StoredAccount::key), StoredCreator.BY_FOLLOWERS),
                Collections.unmodifiableSortedMap(history),
                mentions,
                StoredCreator.sorted(union(kept.rates(), gone.rates(), Merges::key), StoredCreator.RATES));
    }

    private static String key(HashtagWeight hashtag) {
        return hashtag.tag().toLowerCase(Locale.ROOT);
    }

    private static String key(Rate rate) {
        return rate.platform() + " " + rate.deliverable();
    }

    private static List<StoredMention> mentions(List<StoredMention> kept, List<StoredMention> gone) {
        return StoredCreator.sorted(union(kept, gone), StoredCreator.YOUNGEST_FIRST);
    }

    private static <T> Collection<T> union(Collection<T> first, Collection<T> second) {
        var all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }

    private static <T, K> Collection<T> union(Collection<T> first, Collection<T> second, Function<T, K> key) {
        var all = new LinkedHashMap<K, T>();
        first.forEach(item -> all.put(key.apply(item), item));
        second.forEach(item -> all.putIfAbsent(key.apply(item), item));
        return all.values();
    }

    /**
     * Takes an entry out of the catalogue and notes what another gained by it. The caller has begun a change, writes the
     * other's new state and logs both.
     */
    void takeOut(
            StoredCreator gone,
            StoredCreator keptBefore,
            StoredCreator keptAfter,
            String reason,
            String by,
            @Nullable UUID originId,
            Instant at) {
        var state = JsonNodeFactory.instance.objectNode();
        state.put("version", gone.version());
        state.put("createdAt", gone.createdAt().toString());
        state.put("name", gone.name());
        state.set("facts", json.valueToTree(facts.of(gone)));
        var revisions = jdbc.queryForObject(
                "select coalesce(json_agg(revision), '[]')::text from creator_revision revision where creator_id = ?",
                String.class,
                gone.id());
        jdbc.update(
                """
                insert into creator_merge (id, kept_id, gone_id, gone_slug, gone, revisions, changes, reason, origin_id, by_whom, at)
                values (?, ?, ?, ?, ?::json, ?::json, ?::json, ?, ?, ?, ?)""",
                UUID.randomUUID(),
                keptBefore.id(),
                gone.id(),
                gone.slug(),
                state.toString(),
                revisions,
                facts.write(facts.between(keptBefore, keptAfter)),
                reason,
                originId,
                by,
                at.atOffset(ZoneOffset.UTC));
        // What was merged into the one that goes now belongs to the one that stays.
        jdbc.update("update creator_merge set kept_id = ? where kept_id = ?", keptBefore.id(), gone.id());
        jdbc.update("delete from creator where id = ?", gone.id());
    }

    /**
     * Makes one of two entries.
     *
     * @return the slug of what stays: the older entry; empty where one of them is gone, or both are the same
     */
    @Transactional
    public Optional<String> merge(String slug, String otherSlug, String reason, String by) {
        changes.begin();
        var found = tables.load(tables.slugs(List.of(slug, otherSlug)).values());
        if (found.size() != 2) {
            return Optional.empty();
        }
        var kept = found.getFirst();
        var gone = found.getLast();
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var now = joined(kept, gone).changed(kept.version() + 1, at);
        takeOut(gone, kept, now, reason, by, null, at);
        tables.update(Map.of(kept, now));
        changes.append(List.of(kept.id(), gone.id()), at);
        return Optional.of(kept.slug());
    }

    /** What was merged last. */
    List<Merge> latest(int limit) {
        return jdbc.query(
                """
                select merge.id, kept.slug, kept.name, gone_slug, gone->>'name', reason, by_whom, at, undone_at is not null
                from creator_merge merge join creator kept on kept.id = kept_id order by at desc limit ?""",
                (row, _) -> new Merge(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, OffsetDateTime.class).toInstant(),
                        row.getBoolean(9)),
                limit);
    }

    /** The slug of whom an entry that is no more was merged into. */
    Optional<String> mergedInto(String slug) {
        return jdbc.query("""
                        select kept.slug from creator_merge join creator kept on kept.id = kept_id
                        where gone_slug = ? and undone_at is null order by at desc limit 1""", (row, _) -> row.getString(1), slug).stream().findFirst();
    }

    /** The merges that an import made and that still stand, the youngest first. */
    List<UUID> of(UUID importId, int limit) {
        return jdbc.query(
                "select id from creator_merge where origin_id = ? and undone_at is null order by at desc, id limit ?",
                (row, _) -> row.getObject(1, UUID.class),
                importId,
                limit);
    }

    /**
     * Takes the two apart again: the entry that went comes back with its accounts, as they are now; the other loses what
     * it gained, as far as nobody changed it since.
     *
     * @return the slug of the entry that came back; empty where there is nothing to take back
     */
    @Transactional
    public Optional<String> undo(UUID id) {
        changes.begin();
        return jdbc
                .query(
                        """
                        select kept_id, gone_id, gone_slug, gone::text, revisions::text, changes::text
                        from creator_merge where id = ? and undone_at is null""",
                        (row, _) -> new Stored(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        id)
                .stream()
                .findFirst()
                .map(stored -> takeApart(id, stored));
    }

    private record Stored(long keptId, long goneId, String goneSlug, String gone, String revisions, String changes) {}

    private String takeApart(UUID id, Stored merge) {
        var kept = tables.load(List.of(merge.keptId())).getFirst();
        var state = json.readTree(merge.gone());
        var back = new LinkedHashMap<String, JsonNode>();
        state.get("facts").forEachEntry(back::put);
        var now = new LinkedHashMap<>(facts.of(kept));
        var accounts = back.keySet().stream()
                .map(CreatorFacts::accountOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        moveAccounts(accounts, now, back);
        for (var change : facts.changes(merge.changes()).entrySet()) {
            if (!accounts.contains(Objects.requireNonNullElse(CreatorFacts.accountOf(change.getKey()), ""))) {
                takeBack(now, change.getKey(), change.getValue());
            }
        }
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var left = facts.creator(kept, now).changed(kept.version() + 1, at);
        var free = tables.slugs(List.of(merge.goneSlug())).isEmpty();
        var slug = free ? merge.goneSlug() : merge.goneSlug() + "-" + merge.goneId();
        var frame = frame(merge.goneId(), slug, state, at);
        tables.update(Map.of(kept, left));
        tables.insert(List.of(facts.creator(frame, back)), Map.of());
        jdbc.update(
                "insert into creator_revision select * from json_populate_recordset(null::creator_revision, ?::json)",
                merge.revisions());
        jdbc.update("update creator_merge set undone_at = ? where id = ?", at.atOffset(ZoneOffset.UTC), id);
        changes.append(List.of(merge.keptId(), merge.goneId()), at);
        return slug;
    }

    /** Her accounts go back as they are now, not as they were. */
    private static void moveAccounts(Set<String> accounts, Map<String, JsonNode> from, Map<String, JsonNode> to) {
        to.keySet().removeIf(path -> accounts.contains(Objects.requireNonNullElse(CreatorFacts.accountOf(path), "")));
        for (var path : new ArrayList<>(from.keySet())) {
            if (accounts.contains(Objects.requireNonNullElse(CreatorFacts.accountOf(path), ""))) {
                to.put(path, Objects.requireNonNull(from.remove(path)));
            }
        }
    }

    private static void takeBack(Map<String, JsonNode> now, String path, Change change) {
        if (Objects.equals(now.get(path), change.after())) {
            var before = change.before();
            if (before == null) {
                now.remove(path);
            } else {
                now.put(path, before);
            }
        }
    }

    private static StoredCreator frame(long id, String slug, JsonNode state, Instant at) {
        return new StoredCreator(
                id,
                false,
                state.get("version").longValue() + 1,
                Instant.parse(state.get("createdAt").stringValue()),
                at,
                slug,
                state.get("name").stringValue(),
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedMap(),
                null,
                List.of());
    }

    /** Says that two entries are not the same. */
    @Transactional
    public void keepApart(String slug, String otherSlug, String by) {
        var ids = new ArrayList<>(new TreeSet<>(
                new HashSet<>(tables.slugs(List.of(slug, otherSlug)).values())));
        if (ids.size() == 2) {
            jdbc.update(
                    "insert into creator_not_double (one_id, other_id, by_whom, at) values (?, ?, ?, ?) on conflict do nothing",
                    ids.getFirst(),
                    ids.getLast(),
                    by,
                    clock.instant().atOffset(ZoneOffset.UTC));
        }
    }
}
