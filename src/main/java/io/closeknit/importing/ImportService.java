package io.closeknit.importing;

import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.ImportUndo.Kept;
import io.closeknit.catalogue.PeersFigures;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.FieldProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes files in, shows how they would be read, starts their import. */
@Service
class ImportService {
    static final int LONGEST_SOURCE = 200;

    private static final Duration DRAFTS_KEPT = Duration.ofDays(7);
    private static final int TRIED_RECORDS = 500;

    private final ImportRuns runs;
    private final Uploads uploads;
    private final Inspections inspections;
    private final ImportWorker worker;
    private final NicheDirectory niches;
    private final PeersFigures peers;
    private final TransactionTemplate reading;
    private final Clock clock;

    ImportService(
            ImportRuns runs,
            Uploads uploads,
            Inspections inspections,
            ImportWorker worker,
            NicheDirectory niches,
            PeersFigures peers,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.runs = runs;
        this.uploads = uploads;
        this.inspections = inspections;
        this.worker = worker;
        this.niches = niches;
        this.peers = peers;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.clock = clock;
    }

    /**
     * What the first records of a file became.
     *
     * @param tried how many were looked at
     * @param refused those that would not go in, with the line
     */
    record Trial(int tried, List<ImportRuns.Reject> refused) {}

    /** Takes a file in and finds out what it is; nothing is imported yet. */
    ImportRun upload(String fileName, InputStream content, SignedIn person)
            throws IOException, UnreadableFileException {
        removeOldDrafts();
        var stored = uploads.store(content);
        try {
            var name = shortName(fileName);
            var inspection = inspections.of(stored);
            var run = draft(stored, name, inspection, person);
            runs.insert(run, person.personId());
            return run;
        } catch (IOException | UnreadableFileException | RuntimeException e) {
            uploads.remove(stored);
            throw e;
        }
    }

    /**
     * Takes a file in and starts its import at once.
     *
     * @param sentMapping as the API describes it; null or blank takes what was recognised
     * @param problems gets what cannot be accepted
     * @return empty where there is a problem
     */
    Optional<ImportRun> importNow(
            String fileName,
            InputStream content,
            @Nullable String source,
            @Nullable Platform platform,
            @Nullable String sentMapping,
            SignedIn person,
            List<FieldProblem> problems)
            throws IOException, UnreadableFileException {
        var run = upload(fileName, content, person);
        var inspection = inspection(run);
        var mapping = MappingJson.apply(sentMapping, inspection, niches.tree(), problems);
        if (problems.isEmpty()) {
            problems.addAll(missing(inspection, mapping, platform, run.fileName()));
        }
        if (!problems.isEmpty()) {
            remove(run);
            return Optional.empty();
        }
        start(run, mapping, source == null || source.isBlank() ? run.source() : source.strip(), platform);
        return runs.find(run.id());
    }

    FileInspection inspection(ImportRun run) throws IOException, UnreadableFileException {
        return inspections.of(run.storedName());
    }

    FileMapping mapping(ImportRun run, FileInspection inspection) {
        return MappingJson.read(run.mapping(), inspection);
    }

    /** What keeps a file from being imported, by field. */
    static List<FieldProblem> missing(
            FileInspection file, FileMapping mapping, @Nullable Platform platform, String fileName) {
        var problems = new ArrayList<FieldProblem>();
        if (file.format() != FileFormat.CSV) {
            return problems;
        }
        var handles = mapping.columns().stream()
                .filter(column -> column.field() == ImportField.HANDLE || column.field() == ImportField.URL)
                .toList();
        if (handles.isEmpty()) {
            problems.add(new FieldProblem(
                    "mapping",
                    "No column was recognised as the creators' handles. The columns are: %s. Name one of them 'username' or 'handle', or say in the mapping which it is."
                            .formatted(String.join(
                                    ", ",
                                    mapping.columns().stream()
                                            .map(ColumnMapping::column)
                                            .toList()))));
        }
        var known = platform != null
                || mapping.has(ImportField.PLATFORM)
                || mapping.has(ImportField.URL)
                || !handles.isEmpty() && handles.stream().allMatch(column -> column.platform() != null)
                || HeaderWords.platformOfFileName(fileName).isPresent();
        if (!known) {
            problems.add(
                    new FieldProblem(
                            "platform",
                            "Nothing says which platform the accounts are on: neither a column nor the name of the file. Choose the platform."));
        }
        return problems;
    }

    /** Reads the first records as they would be imported. */
    Trial tryOut(ImportRun run, FileInspection inspection, FileMapping mapping, @Nullable Platform platform)
            throws IOException {
        var translator = Translators.of(inspection, mapping, platform, run.fileName(), niches.tree());
        var refused = new ArrayList<ImportRuns.Reject>();
        var tried = 0;
        try (var records = FileInspector.open(
                uploads.path(run.storedName()), inspection.format(), inspection.encoding(), inspection.delimiter())) {
            for (var record = records.next(); record != null && tried < TRIED_RECORDS; record = records.next()) {
                var problem = record.problem();
                var translated = problem == null ? translator.translate(record) : new Translated.Refused(problem);
                if (translated instanceof Translated.Refused(String reason)) {
                    refused.add(new ImportRuns.Reject(tried, record.line(), reason, record.text()));
                }
                tried++;
            }
        }
        return new Trial(tried, refused);
    }

    /** Keeps what was chosen for a draft. */
    boolean save(ImportRun run, FileMapping mapping, String source, @Nullable Platform platform) {
        return runs.saveDraft(run.id(), MappingJson.write(mapping), source, platform, State.DRAFT);
    }

    /** @return false where somebody started it before */
    boolean start(ImportRun run, FileMapping mapping, String source, @Nullable Platform platform) {
        var started = runs.saveDraft(
                run.id(),
                MappingJson.write(withChosen(mapping, platform)),
                shortened(source, LONGEST_SOURCE),
                platform,
                State.QUEUED);
        worker.announce();
        return started;
    }

    /** A platform that was chosen for the file holds for its one column of handles too, whatever its header says. */
    private static FileMapping withChosen(FileMapping mapping, @Nullable Platform platform) {
        var handles = mapping.columns().stream()
                .filter(column -> column.field() == ImportField.HANDLE)
                .count();
        if (platform == null || handles != 1) {
            return mapping;
        }
        return new FileMapping(
                mapping.columns().stream()
                        .map(column -> column.field() == ImportField.HANDLE
                                ? new ColumnMapping(
                                        column.column(), column.field(), null, column.unit(), column.decimal())
                                : column)
                        .toList(),
                mapping.niches());
    }

    /** @return false where the run had not failed, or its file is gone */
    boolean retry(ImportRun run) {
        var again = Files.exists(uploads.path(run.storedName())) && runs.retry(run.id());
        worker.announce();
        return again;
    }

    boolean canRetry(ImportRun run) {
        return run.state() == State.FAILED && Files.exists(uploads.path(run.storedName()));
    }

    /** Halts a run; the chunk that is being written is given up or goes in as a whole. @return false where there is nothing to halt */
    boolean pause(ImportRun run) {
        return runs.pause(run.id());
    }

    /** @return false where it was not halted */
    boolean resume(ImportRun run) {
        var resumed = runs.resume(run.id());
        worker.announce();
        return resumed;
    }

    /** Stops a run for good; what went in stays, and can be taken back. @return false where it was over */
    boolean cancel(ImportRun run) throws IOException {
        var cancelled = runs.cancel(run.id(), clock.instant());
        if (cancelled) {
            uploads.remove(run.storedName());
        }
        return cancelled;
    }

    /** Takes back, in the background, what an import brought. @return false where it goes on, or is taken back already */
    boolean rollback(ImportRun run, SignedIn person) throws IOException {
        var begun = runs.beginUndo(run.id(), person.name(), clock.instant());
        if (begun) {
            uploads.remove(run.storedName());
            worker.announce();
        }
        return begun;
    }

    /** Of whom something stayed after a rollback. */
    List<Kept> kept(ImportRun run, int limit) {
        return runs.kept(run.id(), limit);
    }

    /** Whether the peers' figures count what the run did; null where it did nothing or is not over. */
    @Nullable
    Boolean peersFollow(ImportRun run) {
        var version = run.catalogueVersion();
        return version == null || run.created() + run.updated() == 0 ? null : peers.upTo() >= version;
    }

    /** Drops a draft with its file. */
    void remove(ImportRun run) throws IOException {
        if (runs.deleteDraft(run.id())) {
            uploads.remove(run.storedName());
        }
    }

    Optional<ImportRun> find(UUID id) {
        return runs.find(id);
    }

    List<ImportRun> list(boolean drafts, int limit, long offset) {
        return runs.list(drafts, limit, offset);
    }

    long count(boolean drafts) {
        return runs.count(drafts);
    }

    List<ImportRuns.Reject> firstRejects(ImportRun run, int limit) {
        return runs.firstRejects(run.id(), limit);
    }

    List<ImportRuns.Note> notes(ImportRun run, int limit) {
        return runs.notes(run.id(), limit);
    }

    void eachReject(ImportRun run, Consumer<ImportRuns.Reject> consumer) {
        reading.executeWithoutResult(status -> runs.eachReject(run.id(), consumer));
    }

    private void removeOldDrafts() throws IOException {
        for (var draft : runs.draftsBefore(clock.instant().minus(DRAFTS_KEPT))) {
            remove(draft);
        }
    }

    private ImportRun draft(String stored, String fileName, FileInspection inspection, SignedIn person)
            throws IOException {
        return new ImportRun(
                UUID.randomUUID(),
                State.DRAFT,
                fileName,
                stored,
                Files.size(uploads.path(stored)),
                inspection.format(),
                fileName,
                null,
                MappingJson.write(inspection.mapping()),
                inspection.headers(),
                inspection.delimiter(),
                inspection.records(),
                inspection.complete(),
                0,
                0,
                0,
                0,
                0,
                null,
                person.name(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                null,
                null,
                null,
                0,
                null,
                ImportRun.Undo.NONE);
    }

    /** The last part of a path, without what cannot be seen; a browser or program may send anything. */
    private static String shortName(String fileName) {
        var name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cs}]", "")
                .strip();
        return name.isEmpty() ? "upload" : shortened(name, LONGEST_SOURCE);
    }

    private static String shortened(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
