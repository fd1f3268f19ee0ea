package io.closeknit.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long the last rankings took in the index. Safe to share between threads. */
final class RankingTimes {
    private final long[] nanos;
    private long count;

    /** @param kept rankings that are looked back on */
    RankingTimes(int kept) {
        nanos = new long[kept];
    }

    synchronized void add(long took) {
        nanos[(int) (count++ % nanos.length)] = took;
    }

    /** Null where nothing was ranked yet. */
    synchronized IndexState.@Nullable Times summary() {
        if (count == 0) {
            return null;
        }
        var sorted = Arrays.copyOf(nanos, (int) Math.min(count, nanos.length));
        Arrays.sort(sorted);
        return new IndexState.Times(
                count,
                sorted.length,
                millis(sorted[(sorted.length - 1) / 2]),
                millis(sorted[(int) Math.ceil(0.99 * sorted.length) - 1]));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
