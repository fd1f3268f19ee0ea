package io.closeknit.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds entries that are likely to be one person. */
@Component
class Doubles {
    /** An address that more creators have is their agency's. */
    private static final int MOST_OF_ONE = 4;

    private final JdbcTemplate jdbc;
    private final ChangeLog changes;
    private volatile @Nullable Found found;

    Doubles(JdbcTemplate jdbc, ChangeLog changes) {
        this.jdbc = jdbc;
        this.changes = changes;
    }

    /** What was found lately, and what of. @param apart pairs that were kept apart */
    private record Found(long catalogueVersion, long apart, int limit, List<Pair> pairs) {}

    enum Reason {
        EMAIL,
        WEBSITE,
        NAME_AND_CITY
    }

    /** @param value that both have */
    record Pair(Entry one, Entry other, Reason reason, String value) {}

    /** @param accounts such as {@code instagram/ana.trails} */
    record Entry(long id, String slug, String name, List<String> accounts) {}

    /**
     * Those that nobody has decided about, the surest reason first. The whole catalogue is read, once for each reason, where
     * it changed since this was asked last.
     */
    @Transactional(readOnly = true)
    public List<Pair> likely(int limit) {
        var version = changes.last();
        var apart = Objects.requireNonNull(jdbc.queryForObject("select count(*) from creator_not_double", Long.class));
        var known = found;
        if (known == null || known.catalogueVersion != version || known.apart != apart || known.limit < limit) {
            known = new Found(version, apart, limit, List.copyOf(search(limit)));
            found = known;
        }
        return known.pairs.subList(0, Math.min(limit, known.pairs.size()));
    }

    private List<Pair> search(int limit) {
        var pairs = new ArrayList<Pair>();
        var seen = new HashSet<List<Long>>();
        find(Reason.EMAIL, "lower(email)", "email is not null", limit, pairs, seen);
        find(
                Reason.WEBSITE,
                "regexp_replace(lower(website), '^https?://(www\\.)?|/+$', '', 'g')",
                "website is not null",
                limit,
                pairs,
                seen);
        find(
                Reason.NAME_AND_CITY,
                "lower(name) || ', ' || lower(city)",
                "city is not null and name like '% %'",
                limit,
                pairs,
                seen);
        return pairs;
    }

    private void find(Reason reason, String key, String where, int limit, List<Pair> pairs, HashSet<List<Long>> seen) {
        if (pairs.size() >= limit) {
            return;
        }
        jdbc.query(
                """
                with same as (
                    select %1$s as value, array_agg(id order by id) as ids from creator
                    where %2$s group by 1 having count(*) between 2 and ?
                ), pair as (
                    select value, one, other from same, unnest(ids) one, unnest(ids) other
                    where one < other and not exists (
                        select from creator_not_double known where known.one_id = one and known.other_id = other)
                    order by one, other limit ?
                )
                select pair.value, one.id, one.slug, one.name,
                    array(select platform || '/' || handle from account where creator_id = one.id order by 1),
                    other.id, other.slug, other.name,
                    array(select platform || '/' || handle from account where creator_id = other.id order by 1)
                from pair join creator one on one.id = pair.one join creator other on other.id = pair.other
                order by one.id, other.id""".formatted(key, where),
                row -> {
                    var ids = List.of(row.getLong(2), row.getLong(6));
                    if (pairs.size() < limit && seen.add(ids)) {
                        pairs.add(new Pair(
                                new Entry(row.getLong(2), row.getString(3), row.getString(4), List.of((String[])
                                        row.getArray(5).getArray())),
                                new Entry(row.getLong(6), row.getString(7), row.getString(8), List.of((String[])
                                        row.getArray(9).getArray())),
                                reason,
                                row.getString(1)));
                    }
                },
                MOST_OF_ONE,
                limit);
    }
}
