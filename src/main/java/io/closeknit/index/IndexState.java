package io.closeknit.index;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How the index of this node stands.
 *
 * @param ready whether rankings are answered
 * @param creators that can be found
 * @param segments parts that the index consists of
 * @param bytesOnDisk of the index that answers
 * @param bytesInMemory of the columns that rankings are calculated from
 * @param catalogueVersion the last change of the catalogue that is in the index
 * @param lag changes of the catalogue that are not in it yet
 * @param statistics null before the first ones are calculated
 * @param rebuild null while none is under way
 * @param lastRebuild null where none ended since the start
 * @param rankings null where nothing was ranked since the start
 */
public record IndexState(
        boolean ready,
        int creators,
        int segments,
        long bytesOnDisk,
        long bytesInMemory,
        long catalogueVersion,
        long lag,
        @Nullable StatisticsState statistics,
        @Nullable IndexProgress rebuild,
        @Nullable LastRebuild lastRebuild,
        @Nullable Times rankings) {

    /**
     * @param calculatedAt when this node calculated them last
     * @param age since then
     */
    public record StatisticsState(
            long version, LocalDate asOf, long catalogueVersion, int creators, Instant calculatedAt, Duration age) {}

    /** @param creators that were read; @param failed whether the one before went on answering instead */
    public record LastRebuild(Instant startedAt, Duration took, long creators, boolean failed) {}

    /**
     * How long rankings took in the index.
     *
     * @param count since the start
     * @param lookedAt the last ones, which median and 99th percentile are of
     */
    public record Times(long count, int lookedAt, double medianMillis, double p99Millis) {}
}
