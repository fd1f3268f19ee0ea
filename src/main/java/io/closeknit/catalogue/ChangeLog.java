package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueReader.Change;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which creators changed, in the order of the commits. Whoever changes creators {@linkplain #begin begins} first: one
 * transaction at a time writes to the catalogue, so a number that is lower than another was committed before it (who
 * tails the log never skips one), two imports can't deadlock, and none overwrites what it has not seen.
 */
@Component
class ChangeLog {
    /** Names the lock among the advisory locks of the database; any number that nobody else uses. */
    private static final long LOCK = 0x636c6b_63617461L;

    private final JdbcTemplate jdbc;

    ChangeLog(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Waits for the other writers and keeps them out until this transaction ends. To be called before anything is read
     * that the change depends on.
     */
    void begin() {
        jdbc.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    /** Notes that these creators were created, changed or removed. Needs {@link #begin}. */
    void append(Collection<Long> creatorIds, Instant at) {
        if (!creatorIds.isEmpty()) {
            jdbc.update(
                    "insert into creator_change (creator_id, at) select id, ? from unnest(?) as changed (id)",
                    statement -> {
                        statement.setObject(1, at.atOffset(ZoneOffset.UTC));
                        statement.setArray(2, statement.getConnection().createArrayOf("bigint", creatorIds.toArray()));
                    });
        }
    }

    /** The last number; 0 where nothing ever changed. */
    long last() {
        var last = jdbc.queryForObject("select coalesce(max(number), 0) from creator_change", Long.class);
        return last == null ? 0 : last;
    }

    /** The last number that was forgotten, so that what is after a lower one is not told in full; 0 where all is there. */
    long forgotten() {
        var first = jdbc.queryForObject("select coalesce(min(number), 1) from creator_change", Long.class);
        return first == null ? 0 : first - 1;
    }

    /**
     * Forgets changes that were noted before a moment, the lowest numbers first. The last one stays, which is the version of
     * the catalogue.
     *
     * @return how many were forgotten; fewer than {@code limit} where no more are so old
     */
    int forget(Instant before, int limit) {
        return jdbc.update("""
                delete from creator_change where number in (
                    select number from (select number, at from creator_change
                                         where number < (select max(number) from creator_change)
                                         order by number limit ?) as first
                     where at < ?)""", limit, before.atOffset(ZoneOffset.UTC));
    }

    List<Change> after(long number, int limit) {
        return jdbc.query(
                "select number, creator_id from creator_change where number > ? order by number limit ?",
                (row, _) -> new Change(row.getLong(1), row.getLong(2)),
                number,
                limit);
    }
}
