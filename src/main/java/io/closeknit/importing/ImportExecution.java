package io.closeknit.importing;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.catalogue.ReadCreator;
import io.closeknit.database.GiveWay;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.importing.ImportRuns.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes a file in, chunk by chunk. The creators of a chunk, its rejects and the run's progress commit together, so a run
 * that was killed at any moment goes on behind its last chunk, and applies every record exactly once.
 */
@Component
class ImportExecution {
    private static final Logger LOG = LoggerFactory.getLogger(ImportExecution.class);

    /**
     * Records that are written together: enough that a commit, flushed to disk, is a small part of the work, and so few that
     * they are gone before the collector has moved them to where only its slow, concurrent work removes them.
     */
    static final int CHUNK_RECORDS = 1_000;
    /** Fewer records where they are large. In characters. */
    private static final int CHUNK_CHARACTERS = 2_000_000;
    /** So many rows that the database refuses in one file are no bad rows but a fault of ours or of the database. */
    private static final int MOST_UNSTORABLE = 50;

    private static final int TRIES = 5;

    private static final String OUR_FAULT = Sentence.of("importing.reject.fault");
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final ImportRuns runs;
    private final Inspections inspections;
    private final Uploads uploads;
    private final CatalogueWriter catalogue;
    private final CatalogueReader versions;
    private final DryRuns dryRuns;
    private final Translators translators;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Duration firstPause;
    private final GiveWay giveWay;
    private final int chunkRecords;

    @Autowired
    ImportExecution(
            ImportRuns runs,
            Inspections inspections,
            Uploads uploads,
            CatalogueWriter catalogue,
            CatalogueReader versions,
            DryRuns dryRuns,
            Translators translators,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            GiveWay giveWay,
            Clock clock) {
        this(
                runs,
                inspections,
                uploads,
                catalogue,
                versions,
                dryRuns,
                translators,
                transactions,
                events,
                giveWay,
                clock,
                Duration.ofSeconds(1),
                CHUNK_RECORDS);
    }

    /**
     * @param firstPause before a chunk is tried again that the database could not take; doubles each time
     * @param chunkRecords records that are written together
     */
    ImportExecution(
            ImportRuns runs,
            Inspections inspections,
            Uploads uploads,
            CatalogueWriter catalogue,
            CatalogueReader versions,
            DryRuns dryRuns,
            Translators translators,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            GiveWay giveWay,
            Clock clock,
            Duration firstPause,
            int chunkRecords) {
        this.runs = runs;
        this.inspections = inspections;
        this.uploads = uploads;
        this.catalogue = catalogue;
        this.versions = versions;
        this.dryRuns = dryRuns;
        this.translators = translators;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.clock = clock;
        this.firstPause = firstPause;
        this.giveWay = giveWay;
        this.chunkRecords = chunkRecords;
    }

    /** Whether the file of the run lies on this machine. */
    boolean hasFile(ImportRun run) {
        return Files.exists(uploads.path(run.storedName()));
    }

    /**
     * Works on a run until it is over.
     *
     * @param stop asked between two chunks; where it says so the run stays as it is and goes on when called again
     */
    void work(UUID id, BooleanSupplier stop) {
        if (!runs.begin(id, clock.instant())) {
            return;
        }
        var run = runs.find(id).orElseThrow();
        LOG.info("Import {} of {} goes on at record {}", id, run.format(), run.position());
        try {
            if (applyAll(run, stop)) {
                finish(run);
            }
        } catch (OvertakenException e) {
            LOG.info("Import {} was halted, stopped, or moved on by another server; this one leaves it", id);
        } catch (UnreadableFileException e) {
            fail(run, e.sentence());
        } catch (IOException e) {
            LOG.error("The file of import {} cannot be read", id, e);
            fail(run, Sentence.of("importing.run.failed.unreadable", String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Import {} failed", id, e);
            fail(
                    run,
                    isFull(e)
                            ? Sentence.of("importing.run.failed.full")
                            : isOfDatabase(e)
                                    ? Sentence.of("importing.run.failed.database")
                                    : Sentence.of("importing.run.failed.fault"));
        }
    }

    /** @return false where it was told to stop */
    private boolean applyAll(ImportRun run, BooleanSupplier stop)
            throws IOException, UnreadableFileException, InterruptedException {
        var inspection = inspections.of(run);
        var startedAt = run.startedAt();
        var origin = new Origin(run.source(), startedAt == null ? clock.instant() : startedAt, false, run.id());
        var position = run.position();
        var unstorable = new int[1];
        try (var records = FileInspector.open(
                        uploads.path(run.storedName()), inspection, MappingJson.read(run.mapping(), inspection));
                var chunks = new Chunks(records, position, chunkRecords, () -> translator(run, inspection))) {
            for (var skipped = 0L; skipped < position; skipped++) {
                if (records.next() == null) {
                    throw new UnreadableFileException(Sentence.of("importing.run.failed.shorter"));
                }
            }
            while (!stop.getAsBoolean() && runs.isRunning(run.id())) {
                if (!uploads.hasRoom()) {
                    fail(run, Sentence.of("importing.run.failed.full"));
                    return false;
                }
                var chunk = chunks.next();
                if (chunk == null) {
                    return true;
                }
                apply(run, chunk.items(), chunk.translator(), origin, unstorable);
            }
            return false;
        }
    }

    private RecordTranslator translator(ImportRun run, FileInspection inspection) {
        return translators.of(inspection, MappingJson.read(run.mapping(), inspection), run.platform(), run.fileName());
    }

    /**
     * A record that was understood, at its place in the file.
     *
     * @param creator null where it was refused
     */
    private record Item(
            long position,
            RawRecord record,
            Translated translated,
            @Nullable ReadCreator creator) {}

    private record Chunk(List<Item> items, RecordTranslator translator) {}

    /** The chunks of a file, one after the other; while one is written, the next ones are being understood. */
    private final class Chunks implements AutoCloseable {
        private static final int AHEAD = 2;

        private final RecordReader records;
        private final int most;
        private final Supplier<RecordTranslator> translators;
        private final ConcurrentLinkedQueue<RecordTranslator> idle = new ConcurrentLinkedQueue<>();
        private final Deque<Future<Chunk>> ahead = new ArrayDeque<>();
        // One core is left to the database and to the pages.
        private final ExecutorService workers = Executors.newFixedThreadPool(
                Math.clamp(Runtime.getRuntime().availableProcessors() - 1L, 1, 4),
                Thread.ofPlatform().name("import-reading-", 0).daemon().factory());
        private long position;
        private boolean ended;

        Chunks(RecordReader records, long position, int most, Supplier<RecordTranslator> translators) {
            this.records = records;
            this.position = position;
            this.most = most;
            this.translators = translators;
        }

        /** @return null at the end */
        @Nullable
        Chunk next() throws IOException, InterruptedException {
            while (!ended && ahead.size() < AHEAD) {
                var raw = raw();
                ended = raw.isEmpty();
                if (!ended) {
                    var from = position;
                    ahead.add(workers.submit(() -> understood(raw, from)));
                    position += raw.size();
                }
            }
            var first = ahead.poll();
            if (first == null) {
                return null;
            }
            try {
                return first.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            }
        }

        private List<RawRecord> raw() throws IOException {
            var raw = new ArrayList<RawRecord>();
            var characters = 0L;
            while (raw.size() < most && characters < CHUNK_CHARACTERS) {
                var record = records.next();
                if (record == null) {
                    break;
                }
                characters += record.text().length();
                raw.add(record);
                giveWay.rest();
            }
            return raw;
        }

        private Chunk understood(List<RawRecord> raw, long from) throws InterruptedException {
            giveWay.inBackground();
            var free = idle.poll();
            var translator = free == null ? patiently(translators) : free;
            var items = new ArrayList<Item>(raw.size());
            for (var record : raw) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                giveWay.rest();
                items.add(item(from + items.size(), record, translator));
            }
            idle.add(translator);
            return new Chunk(items, translator);
        }

        @Override
        public void close() {
            workers.shutdownNow();
        }
    }

    /** What needs the database (the niches) is tried again where that is away for a moment: it is no row's fault. */
    private <T> T patiently(Supplier<T> work) throws InterruptedException {
        var pause = firstPause;
        for (var attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (attempt == TRIES || !isOfDatabase(e)) {
                    throw e;
                }
                LOG.warn("The database is away, trying again in {}: {}", pause, e.toString());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Item item(long position, RawRecord record, RecordTranslator translator) throws InterruptedException {
        return patiently(() -> itemNow(position, record, translator));
    }

    private Item itemNow(long position, RawRecord record, RecordTranslator translator) {
        var translated = translated(record, translator);
        if (!(translated instanceof Translated.Creator creator)) {
            return new Item(position, record, translated, null);
        }
        try {
            return new Item(
                    position,
                    record,
                    new Translated.Creator(NOTHING, creator.notes()), // the tree is large, and it has been read
                    catalogue.read(creator.object()));
        } catch (RuntimeException e) {
            if (isOfDatabase(e)) {
                throw e;
            }
            LOG.error("Line {} cannot be read", record.line(), e);
            return new Item(position, record, new Translated.Refused(OUR_FAULT), null);
        }
    }

    private static Translated translated(RawRecord record, RecordTranslator translator) {
        var problem = record.problem();
        if (problem != null) {
            return new Translated.Refused(problem);
        }
        try {
            return translator.translate(record);
        } catch (RuntimeException e) {
            if (isOfDatabase(e)) {
                throw e;
            }
            LOG.error(
                    "Line {} cannot be understood",
                    record.line(),
                    e); // a fault of ours, and no reason to stop the file
            return new Translated.Refused(OUR_FAULT);
        }
    }

    private void apply(ImportRun run, List<Item> chunk, RecordTranslator translator, Origin origin, int[] unstorable)
            throws InterruptedException {
        var pause = firstPause;
        for (var attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> commit(run, chunk, translator, origin, null));
                return;
            } catch (OvertakenException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!isOfDatabase(e)) {
                    // Understood anew: the niches may have moved since.
                    var again = new ArrayList<Item>();
                    for (var item : chunk) {
                        again.add(item(item.position, item.record, translator));
                    }
                    applyHalves(run, again, translator, origin, unstorable, e);
                    return;
                }
                if (attempt == TRIES) {
                    throw e;
                }
                LOG.warn("Import {} tries again in {}: {}", run.id(), pause, e.toString());
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    /** One row that cannot be stored must not keep the others out: the halves are tried, down to that row. */
    private void applyHalves(
            ImportRun run,
            List<Item> chunk,
            RecordTranslator translator,
            Origin origin,
            int[] unstorable,
            RuntimeException failure)
            throws InterruptedException {
        if (chunk.size() > 1) {
            apply(run, chunk.subList(0, chunk.size() / 2), translator, origin, unstorable);
            apply(run, chunk.subList(chunk.size() / 2, chunk.size()), translator, origin, unstorable);
            return;
        }
        if (++unstorable[0] > MOST_UNSTORABLE) {
            throw failure;
        }
        LOG.error(
                "Line {} of import {} cannot be stored",
                chunk.getFirst().record().line(),
                run.id(),
                failure);
        transaction.executeWithoutResult(
                status -> commit(run, chunk, translator, origin, Sentence.of("importing.reject.unstorable")));
    }

    /** @param refusal of all of them, null where they are to be applied */
    private void commit(
            ImportRun run, List<Item> chunk, RecordTranslator translator, Origin origin, @Nullable String refusal) {
        var creators = new ArrayList<ReadCreator>();
        var places = new ArrayList<DryRuns.Place>();
        for (var item : chunk) {
            if (refusal == null && item.creator != null) {
                creators.add(item.creator);
                places.add(new DryRuns.Place(item.position, item.record.line()));
            }
        }
        var outcomes = creators.isEmpty()
                ? List.<Outcome>of()
                : run.dryRun()
                        ? dryRuns.outcomes(run, places, creators, origin)
                        : catalogue.applyRead(creators, origin);
        var rejects = new ArrayList<Reject>();
        var notes = new NoteTally();
        var created = 0L;
        var updated = 0L;
        var unchanged = 0L;
        var next = 0;
        for (var item : chunk) {
            if (refusal != null) {
                rejects.add(reject(item, refusal));
                continue;
            }
            switch (item.translated) {
                case Translated.Refused refused -> rejects.add(reject(item, refused.reason()));
                case Translated.Creator creator -> {
                    switch (outcomes.get(next++)) {
                        case Outcome.Created _ -> created++;
                        case Outcome.Updated _ -> updated++;
                        case Outcome.Unchanged _ -> unchanged++;
                        case Outcome.Rejected rejected -> {
                            rejects.add(reject(item, reason(rejected, translator)));
                            continue;
                        }
                    }
                    notes.add(creator.notes(), item.record.line());
                }
            }
        }
        if (!runs.advance(run.id(), chunk.getFirst().position, created, updated, unchanged, rejects)) {
            throw new OvertakenException();
        }
        runs.addNotes(run.id(), notes.notes());
    }

    private static Reject reject(Item item, String reason) {
        return new Reject(item.position, item.record.line(), reason, item.record.text());
    }

    private static String reason(Outcome.Rejected rejected, RecordTranslator translator) {
        return rejected.problems().stream()
                .map(problem -> {
                    var field = problem.field();
                    var name = field == null ? null : translator.nameOf(field);
                    if (field == null || name == null || name.equals(field)) {
                        return problem.reason();
                    }
                    // The person knows the column, not the path in our own object.
                    return problem.reason().contains(field)
                            ? problem.reason().replace(field, name)
                            : name + ": " + problem.reason();
                })
                .collect(Collectors.joining(" "));
    }

    private void finish(ImportRun run) throws IOException {
        dryRuns.done(run);
        transaction.executeWithoutResult(status -> {
            runs.finish(run.id(), State.DONE, null, versions.version(), clock.instant());
            var done = runs.find(run.id()).orElseThrow();
            if (!done.dryRun() && done.created() + done.updated() > 0) {
                events.publishEvent(new ImportFinished(done.id(), done.created(), done.updated()));
            }
            LOG.info(
                    "Import {} is done: {} created, {} updated, {} unchanged, {} rejected",
                    done.id(),
                    done.created(),
                    done.updated(),
                    done.unchanged(),
                    done.rejected());
        });
        uploads.remove(run.storedName());
    }

    private void fail(ImportRun run, String sentence) {
        transaction.executeWithoutResult(status -> {
            runs.finish(run.id(), State.FAILED, sentence, versions.version(), clock.instant());
            var failed = runs.find(run.id()).orElseThrow();
            if (!failed.dryRun() && failed.created() + failed.updated() > 0) {
                events.publishEvent(new ImportFinished(failed.id(), failed.created(), failed.updated()));
            }
        });
    }

    /** Whether the database is in trouble (away, full, locked), rather than the rows. */
    private static boolean isOfDatabase(Throwable failure) {
        var ofTheDriver = false;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            // What PostgreSQL says of a row has a state. Without one it is the driver or the pool, as on a rollback of
            // a
            // connection that is closed already.
            ofTheDriver |= cause instanceof SQLException;
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                // PostgreSQL's classes: connection, transaction rollback (deadlock), resources, operator, system
                var kind =
                        sql.getSQLState().length() < 2 ? "" : sql.getSQLState().substring(0, 2);
                return List.of("08", "40", "53", "57", "58", "55").contains(kind);
            }
        }
        return ofTheDriver
                || failure instanceof TransactionException
                || failure instanceof TransientDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof DataAccessException && failure.getCause() instanceof SQLTransientException;
    }

    private static boolean isFull(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "53100".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Somebody else moved the run on, or a person halted or stopped it. */
    private static final class OvertakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
