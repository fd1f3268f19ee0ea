package io.closeknit.index;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a rebuild of the index is.
 *
 * @param done creators that are in the new index
 * @param total creators that there were when it began; never less than {@code done}
 * @param remaining at the pace so far; null until there is one
 */
public record IndexProgress(
        long done, long total, Instant startedAt, @Nullable Duration remaining) {
    /** Before this many creators the pace says more of the start than of the rest. */
    private static final long PACE_FROM = 1_000;

    /** Creators that came in meanwhile make the total larger, never the part above 1. */
    static IndexProgress at(long done, long total, Instant startedAt, Instant now) {
        var all = Math.max(done, total);
        var elapsed = Duration.between(startedAt, now);
        var pace = done >= Math.min(PACE_FROM, all) && done > 0;
        return new IndexProgress(
                done,
                all,
                startedAt,
                pace ? Duration.ofNanos((long) ((double) elapsed.toNanos() / done * (all - done))) : null);
    }

    /** From 0 to 100, rounded down: 100 says that it is complete. */
    public int percent() {
        return total == 0 ? 100 : (int) (100 * done / total);
    }
}
