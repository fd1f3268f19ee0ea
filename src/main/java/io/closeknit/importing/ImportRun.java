package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into the catalogue, and what became of it.
 *
 * @param storedName of the file below the folder for uploads
 * @param platform chosen for the whole file
 * @param mapping as {@link MappingJson} writes it
 * @param expected records in the part of the file that was looked at; all of them where {@code expectedIsExact}
 * @param position records that are done with
 * @param message why it failed, a sentence; null where it did not
 * @param paceSince when the present stretch of work began
 * @param paceFrom the position at that moment
 */
record ImportRun(
        UUID id,
        State state,
        String fileName,
        String storedName,
        long fileSize,
        FileFormat format,
        String source,
        @Nullable Platform platform,
        String mapping,
        List<String> header,
        char delimiter,
        long expected,
        boolean expectedIsExact,
        long position,
        long created,
        long updated,
        long unchanged,
        long rejected,
        @Nullable String message,
        String personName,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant paceSince,
        long paceFrom) {
    enum State {
        /** Uploaded; somebody has to look at the mapping and start it. */
        DRAFT,
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }

    public boolean isOver() {
        return state == State.DONE || state == State.FAILED;
    }

    public boolean isUnderWay() {
        return state == State.QUEUED || state == State.RUNNING;
    }

    /** Records that are done with, as a share of all, at most 100; null where their number is not known. */
    public @Nullable Integer percentDone() {
        return expectedIsExact && expected > 0 ? (int) Math.min(100, position * 100 / expected) : null;
    }

    /** Records per second in the present stretch of work; null before it has done any. */
    public @Nullable Double pace(Instant now) {
        var until = finishedAt == null ? now : finishedAt;
        if (paceSince == null || position <= paceFrom || !until.isAfter(paceSince)) {
            return null;
        }
        return (position - paceFrom)
                * 1000.0
                / Duration.between(paceSince, until).toMillis();
    }

    /** What is left at the present pace; null where it cannot be said. */
    public @Nullable Duration remaining(Instant now) {
        var pace = pace(now);
        return pace == null || !expectedIsExact || isOver()
                ? null
                : Duration.ofMillis((long) (Math.max(0, expected - position) * 1000 / pace));
    }

    /** From the start to the end, or until now; null before the start. */
    public @Nullable Duration took(Instant now) {
        return startedAt == null ? null : Duration.between(startedAt, finishedAt == null ? now : finishedAt);
    }
}
