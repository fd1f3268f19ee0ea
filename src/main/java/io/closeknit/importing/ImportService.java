package io.closeknit.importing;

import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.ImportUndo.Kept;
import io.closeknit.catalogue.PeersFigures;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.web.FieldProblem;
import java.io.IOException;
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
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.io.InputStreamSource;
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
    private final Unpacking unpacking;
    private final SavedMappings savedMappings;
    private final Translators translators;
    private final NicheDirectory niches;
    private final PeersFigures peers;
    private final DryRuns dryRuns;
    private final Sentences sentences;
    private final CatalogueReader versions;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate reading;
    private final TransactionTemplate writing;
    private final Clock clock;

    ImportService(
            ImportRuns runs,
            Uploads uploads,
            Inspections inspections,
            ImportWorker worker,
            Unpacking unpacking,
            SavedMappings savedMappings,
            Translators translators,
            NicheDirectory niches,
            PeersFigures peers,
            DryRuns dryRuns,
            Sentences sentences,
            CatalogueReader versions,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.runs = runs;
        this.uploads = uploads;
        this.inspections = inspections;
        this.worker = worker;
        this.unpacking = unpacking;
        this.savedMappings = savedMappings;
        this.translators = translators;
        this.niches = niches;
        this.peers = peers;
        this.dryRuns = dryRuns;
        this.sentences = sentences;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.writing = new TransactionTemplate(transactions);
        this.versions = versions;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What the first records of a file became.
     *
     * @param tried how many were looked at
     * @param refused those that would not go in, with the line
     */
    record Trial(int tried, List<ImportRuns.Reject> refused) {}

    /**
     * What was sent.
     *
     * @param name that the sender gave it
     */
    record NewFile(String name, InputStreamSource content) {}

    /**
     * @param drafts one for each file, and for each sheet of a workbook that looks like creators
     * @param refused files that cannot be taken, those inside an archive too; the reason worded
     */
    record Uploaded(List<ImportRun> drafts, List<Unpacking.Refused> refused) {}

    /**
     * What holds for every file that is imported at once.
     *
     * @param mapping as the API describes it; null or blank takes what was recognised
     * @param sheets of workbooks; none takes every one that looks like creators
     * @param dryRun whether to find out only what would happen
     */
    record Settings(
            @Nullable String source,
            @Nullable Platform platform,
            @Nullable String mapping,
            List<String> sheets,
            boolean dryRun) {
        static final Settings NONE = new Settings(null, null, null, List.of(), false);
    }

    /** Takes files in and finds out what they are; nothing is imported yet. An archive becomes the files inside. */
    Uploaded upload(List<NewFile> files, SignedIn person) throws IOException {
        return upload(files, List.of(), true, person);
    }

    /** @param asBefore whether files with the columns of an earlier one are read as that was */
    private Uploaded upload(List<NewFile> files, List<String> sheets, boolean asBefore, SignedIn person)
            throws IOException {
        removeOldDrafts();
        var drafts = new ArrayList<ImportRun>();
        var refused = new ArrayList<Unpacking.Refused>();
        for (var file : files) {
            String stored;
            try (var content = file.content().getInputStream()) {
                stored = uploads.store(content);
            } catch (UnreadableFileException e) {
                refused.add(worded(shortName(file.name()), e.sentence()));
                continue;
            }
            try {
                var unpacked = unpacking.unpack(stored, shortName(file.name()));
                unpacked.refused().forEach(one -> refused.add(worded(one.name(), one.reason())));
                for (var part : unpacked.parts()) {
                    try {
                        drafts.addAll(drafts(part, sheets, asBefore, person));
                    } catch (UnreadableFileException e) {
                        uploads.remove(part.stored());
                        refused.add(worded(part.name(), e.sentence()));
                    }
                }
            } catch (UnreadableFileException e) {
                uploads.remove(stored);
                refused.add(worded(shortName(file.name()), e.sentence()));
            }
        }
        if (drafts.size() > 1) {
            runs.join(drafts.stream().map(ImportRun::id).toList(), UUID.randomUUID());
        }
        return new Uploaded(
                drafts.stream()
                        .map(draft -> runs.find(draft.id()).orElse(draft))
                        .toList(),
                refused);
    }

    private Unpacking.Refused worded(String name, String reason) {
        return new Unpacking.Refused(name, sentences.text(reason));
    }

    private List<ImportRun> drafts(Unpacking.Part part, List<String> sheets, boolean asBefore, SignedIn person)
            throws IOException, UnreadableFileException {
        var first = inspections.of(part.stored(), sheets.isEmpty() ? null : sheets.getFirst());
        var further = new ArrayList<FileInspection>();
        for (var sheet : sheets.stream().distinct().skip(1).toList()) {
            further.add(inspections.of(part.stored(), sheet));
        }
        var drafts = new ArrayList<ImportRun>();
        drafts.add(draft(part.stored(), named(part.name(), first), first, person));
        for (var other : further) {
            drafts.add(draft(uploads.copy(part.stored()), named(part.name(), other), other, person));
        }
        if (sheets.isEmpty()) {
            for (var other : first.sheets()) {
                if (!other.equals(first.sheet())) {
                    alsoASheet(part, other, drafts, person);
                }
            }
        }
        for (var draft : drafts) {
            runs.insert(draft, person.personId());
            if (asBefore) {
                var saved = savedMappings.find(draft.header()).orElse(null);
                if (saved != null) {
                    save(
                            draft,
                            asBefore(saved, inspections.of(draft)),
                            draft.source(),
                            HeaderWords.platformOfFileName(draft.fileName()).isPresent()
                                    ? null
                                    : HeaderWords.platformOfWord(saved.platform() == null ? "" : saved.platform())
                                            .orElse(null));
                }
            }
        }
        return drafts;
    }

    /** The saved fields; units and decimal marks only where the file itself does not show them. */
    private static FileMapping asBefore(SavedMappings.Saved saved, FileInspection file) {
        var mapping = MappingJson.read(saved.mapping(), file);
        var columns = new ArrayList<ColumnMapping>();
        for (var i = 0; i < mapping.columns().size(); i++) {
            var column = mapping.columns().get(i);
            var field = column.field();
            if (field != null) {
                var shown = ColumnRecogniser.as(file.columns().get(i), field, column.platform())
                        .mapping();
                column = new ColumnMapping(
                        column.column(),
                        field,
                        column.platform(),
                        shown.unit() == null ? column.unit() : shown.unit(),
                        shown.decimal() == NumberCell.DecimalMark.UNCLEAR ? column.decimal() : shown.decimal());
            }
            columns.add(column);
        }
        return new FileMapping(columns, mapping.niches(), file.sheet());
    }

    /** How files with the columns of this draft were read before, if they were. */
    Optional<SavedMappings.Saved> readBefore(ImportRun draft) {
        return draft.format().isTable() ? savedMappings.find(draft.header()) : Optional.empty();
    }

    /** Reads a draft by what is recognised in it alone. */
    void forgetSaved(ImportRun draft) throws IOException, UnreadableFileException {
        save(draft, inspection(draft).mapping(), draft.source(), null);
    }

    /** A workbook may hold a sheet of creators for each platform, and others with notes. */
    private void alsoASheet(Unpacking.Part part, String sheet, List<ImportRun> drafts, SignedIn person)
            throws IOException {
        try {
            var inspection = inspections.of(part.stored(), sheet);
            if (inspection.hasHandles()) {
                drafts.add(draft(uploads.copy(part.stored()), named(part.name(), inspection), inspection, person));
            }
        } catch (UnreadableFileException e) {
            return; // a sheet of something else; it can still be chosen on the page, which says why it is refused
        }
    }

    /** The sheet belongs to the name where there are several: it may say the platform. */
    private static String named(String fileName, FileInspection inspection) {
        return inspection.sheets().size() < 2
                ? fileName
                : shortened("%s (%s)".formatted(fileName, inspection.sheet()), LONGEST_SOURCE);
    }

    /**
     * Takes files in and starts their imports at once; all of them or none.
     *
     * @param problems gets what cannot be accepted, worded
     * @return empty where there is a problem
     */
    List<ImportRun> importNow(List<NewFile> files, Settings settings, SignedIn person, List<FieldProblem> problems)
            throws IOException {
        var uploaded = upload(files, settings.sheets(), false, person);
        uploaded.refused()
                .forEach(refused -> problems.add(new FieldProblem(
                        "file",
                        files.size() == 1 && uploaded.drafts().isEmpty()
                                ? refused.reason()
                                : sentences.text(
                                        Sentence.of("importing.file.named", refused.name(), refused.reason())))));
        var mappings = new ArrayList<FileMapping>();
        try {
            for (var draft : problems.isEmpty() ? uploaded.drafts() : List.<ImportRun>of()) {
                var inspection = inspection(draft);
                var mapping = MappingJson.apply(settings.mapping(), inspection, niches.tree(), problems);
                if (problems.isEmpty()) {
                    problems.addAll(missing(inspection, mapping, settings.platform(), draft.fileName()));
                }
                mappings.add(mapping);
            }
        } catch (UnreadableFileException e) {
            problems.add(new FieldProblem("file", sentences.text(e.sentence())));
        }
        if (!problems.isEmpty()) {
            problems.replaceAll(problem -> new FieldProblem(problem.field(), sentences.text(problem.reason())));
            for (var draft : uploaded.drafts()) {
                remove(draft);
            }
            return List.of();
        }
        var started = new ArrayList<ImportRun>();
        var trial = uploaded.drafts().size() > 1 ? UUID.randomUUID() : null;
        for (var i = 0; i < uploaded.drafts().size(); i++) {
            var draft = uploaded.drafts().get(i);
            var source = settings.source() == null || settings.source().isBlank()
                    ? draft.source()
                    : settings.source().strip();
            if (settings.dryRun()) {
                tryWithoutSaving(draft, mappings.get(i), source, settings.platform(), trial)
                        .ifPresent(started::add);
                remove(draft);
            } else {
                start(draft, mappings.get(i), source, settings.platform());
                runs.find(draft.id()).ifPresent(started::add);
            }
        }
        return started.stream().map(run -> runs.find(run.id()).orElse(run)).toList();
    }

    /**
     * Starts a run that only finds out what the import of a draft would do; the draft stays.
     *
     * @param trial common to what is tried at once; null for one alone
     */
    Optional<ImportRun> tryWithoutSaving(
            ImportRun draft, FileMapping mapping, String source, @Nullable Platform platform, @Nullable UUID trial)
            throws IOException {
        var copy = uploads.copy(draft.storedName());
        var dry = draft.tried(UUID.randomUUID(), trial, copy, clock.instant().truncatedTo(ChronoUnit.MICROS));
        runs.insert(dry, null);
        start(dry, mapping, source, platform);
        return runs.find(dry.id());
    }

    /** Takes another sheet of a draft's workbook, with what is recognised there. */
    void choose(ImportRun draft, String sheet) throws IOException, UnreadableFileException {
        var inspection = inspections.of(draft.storedName(), sheet);
        runs.saveSheet(draft.id(), inspection, MappingJson.write(inspection.mapping()));
    }

    FileInspection inspection(ImportRun run) throws IOException, UnreadableFileException {
        return inspections.of(run);
    }

    FileMapping mapping(ImportRun run, FileInspection inspection) {
        return MappingJson.read(run.mapping(), inspection);
    }

    /** What keeps a file from being imported, by field; the reason is a {@link Sentence}. */
    static List<FieldProblem> missing(
            FileInspection file, FileMapping mapping, @Nullable Platform platform, String fileName) {
        var problems = new ArrayList<FieldProblem>();
        if (!file.format().isTable()) {
            return problems;
        }
        var handles = mapping.columns().stream()
                .filter(column -> column.field() == ImportField.HANDLE || column.field() == ImportField.URL)
                .toList();
        if (handles.isEmpty()) {
            problems.add(new FieldProblem(
                    "mapping",
                    Sentence.of(
                            "importing.problem.noHandles",
                            String.join(
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
            problems.add(new FieldProblem("platform", Sentence.of("importing.problem.noPlatform")));
        }
        return problems;
    }

    /** Reads the first records as they would be imported. */
    Trial tryOut(ImportRun run, FileInspection inspection, FileMapping mapping, @Nullable Platform platform)
            throws IOException, UnreadableFileException {
        var translator = translators.of(inspection, mapping, platform, run.fileName());
        var refused = new ArrayList<ImportRuns.Reject>();
        var tried = 0;
        try (var records = FileInspector.open(uploads.path(run.storedName()), inspection, mapping)) {
            for (var record = records.next(); record != null && tried < TRIED_RECORDS; record = records.next()) {
                var problem = record.problem();
                var translated = problem == null ? translator.translate(record) : new Translated.Refused(problem);
                if (translated instanceof Translated.Refused(String reason)) {
                    refused.add(worded(new ImportRuns.Reject(tried, record.line(), reason, record.text())));
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
        if (started) {
            noteLeftOutColumns(run, mapping);
            if (mapping.isOfPosts()) {
                runs.expectFewer(run.id()); // creators are fewer than their posts
            }
            if (!run.dryRun()) {
                savedMappings.remember(run, mapping, platform);
            }
        }
        worker.announce();
        return started;
    }

    /** Whole columns that are not taken are listed in the result like cells. */
    private void noteLeftOutColumns(ImportRun run, FileMapping mapping) {
        FileInspection file;
        try {
            file = inspection(run);
        } catch (IOException | UnreadableFileException e) {
            return; // the run says so itself
        }
        var notes = new ArrayList<ImportRuns.Note>();
        for (var i = 0; i < mapping.columns().size() && i < file.columns().size(); i++) {
            var profile = file.columns().get(i);
            if (mapping.columns().get(i).field() == null && profile.present() > 0) {
                var recognised = file.recognised().get(i);
                var reason = recognised.mapping().field() != null
                        ? Sentence.of("importing.note.column.chosen")
                        : Sentence.of(
                                "importing.note.column." + recognised.status().name(),
                                recognised.other() == null ? "" : recognised.other());
                notes.add(new ImportRuns.Note(
                        profile.name(),
                        "",
                        null,
                        reason,
                        Math.max(1, file.titles() + 1),
                        profile.present(),
                        List.of()));
            }
        }
        runs.addNotes(run.id(), notes);
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
                mapping.niches(),
                mapping.sheet());
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
        var cancelled = Boolean.TRUE.equals(writing.execute(_ -> {
            if (!runs.cancel(run.id(), versions.version(), clock.instant())) {
                return false;
            }
            runs.find(run.id())
                    .filter(stopped -> !stopped.dryRun() && stopped.created() + stopped.updated() > 0)
                    .ifPresent(stopped -> events.publishEvent(
                            new ImportFinished(stopped.id(), stopped.created(), stopped.updated())));
            return true;
        }));
        if (cancelled) {
            dryRuns.done(run);
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

    /** What was sent or is tried at once. */
    List<ImportRun> together(UUID together) {
        return runs.together(together);
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
        return runs.firstRejects(run.id(), limit).stream().map(this::worded).toList();
    }

    private ImportRuns.Reject worded(ImportRuns.Reject reject) {
        return new ImportRuns.Reject(reject.position(), reject.line(), sentences.text(reject.reason()), reject.raw());
    }

    private ImportRuns.Note worded(ImportRuns.Note note) {
        return new ImportRuns.Note(
                note.column(),
                note.value(),
                note.became(),
                sentences.text(note.reason()),
                note.firstLine(),
                note.occurrences(),
                note.lines());
    }

    /** What became of cells, by column and reason. */
    List<ImportRuns.NoteSummary> notes(ImportRun run, int samples) {
        return runs.notes(run.id(), samples).stream()
                .map(it -> new ImportRuns.NoteSummary(
                        it.column(),
                        sentences.text(it.reason()),
                        it.leftOut(),
                        it.wholeColumn(),
                        it.occurrences(),
                        it.firstLine(),
                        it.samples()))
                .toList();
    }

    void eachNote(ImportRun run, Consumer<ImportRuns.Note> consumer) {
        reading.executeWithoutResult(status -> runs.eachNote(run.id(), note -> consumer.accept(worded(note))));
    }

    void eachReject(ImportRun run, Consumer<ImportRuns.Reject> consumer) {
        reading.executeWithoutResult(status -> runs.eachReject(run.id(), reject -> consumer.accept(worded(reject))));
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
                ImportRun.Undo.NONE,
                false,
                null,
                false,
                null);
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
