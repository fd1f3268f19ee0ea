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
 * @param catalogueVersion the last change of the catalogue when it was over; null before
 * @param dryRun nothing is written: it only finds out what would be
 * @param undoGone what it replaced was forgotten after {@link ImportProperties#undo}
 * @param draftId the draft that a dry run tries; null where there is none any more
 * @param together common to the files and sheets that were sent at once, or are tried at once; null for one alone
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
        long paceFrom,
        @Nullable Long catalogueVersion,
        Undo undo,
        boolean dryRun,
        @Nullable UUID draftId,
        boolean undoGone,
        @Nullable UUID together) {
    /**
     * How far a rollback has come.
     *
     * @param by who asked for it
     * @param removed creators that are gone again
     * @param restored creators that are as they were
     * @param kept creators of whom something stays, because others changed it since
     */
    record Undo(
            @Nullable String by,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            long after,
            long removed,
            long restored,
            long kept) {
        static final Undo NONE = new Undo(null, null, null, 0, 0, 0, 0);
    }

    enum State {
        /** Uploaded; somebody has to look at the mapping and start it. */
        DRAFT,
        QUEUED,
        RUNNING,
        /** Somebody halted it; it goes on when somebody says so. */
        PAUSED,
        DONE,
        FAILED,
        /** Somebody stopped it for good; what went in stays. */
        CANCELLED,
        ROLLING_BACK,
        ROLLED_BACK
    }

    /** A draft of a dry run of this draft. @param trial common to what is tried at once; null for one alone */
    ImportRun tried(UUID newId, @Nullable UUID trial, String copy, Instant now) {
        return new ImportRun(
                newId,
                State.DRAFT,
                fileName,
                copy,
                fileSize,
                format,
                source,
                platform,
                mapping,
                header,
                delimiter,
                expected,
                expectedIsExact,
                0,
                0,
                0,
                0,
                0,
                null,
                personName,
                now,
                null,
                null,
                null,
                0,
                null,
                Undo.NONE,
                true,
                id,
                false,
                trial);
    }

    public boolean isOver() {
        return state == State.DONE || state == State.FAILED || state == State.CANCELLED || state == State.ROLLED_BACK;
    }

    /** Whether it moves by itself, so that a page looks again. */
    public boolean isUnderWay() {
        return isPausable() || state == State.ROLLING_BACK;
    }

    /** Whether it can be halted. */
    public boolean isPausable() {
        return state == State.QUEUED || state == State.RUNNING;
    }

    public boolean isPaused() {
        return state == State.PAUSED;
    }

    /** Whether it changed the catalogue and can be taken back. */
    public boolean isUndoable() {
        return !undoGone && changedTheCatalogue();
    }

    /** Whether it could be taken back, were it not so old. */
    public boolean isTooOldToUndo() {
        return undoGone && changedTheCatalogue();
    }

    private boolean changedTheCatalogue() {
        return !dryRun
                && created + updated > 0
                && (state == State.DONE || state == State.FAILED || state == State.CANCELLED || state == State.PAUSED);
    }

    /** Whether its rollback goes on or is over. */
    public boolean isUndone() {
        return state == State.ROLLING_BACK || state == State.ROLLED_BACK;
    }

    /** Of a rollback that goes on, in percent of what the import did; at most 99. */
    public int percentUndone() {
        var all = Math.max(1, created + updated);
        return (int) Math.min(99, (undo.removed + undo.restored + undo.kept) * 100 / all);
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
