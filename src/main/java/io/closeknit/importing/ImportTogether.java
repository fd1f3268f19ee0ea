package io.closeknit.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Files and sheets that were sent at once: which of them go in is chosen together, and tried together. */
@Service
class ImportTogether {
    private final ImportService imports;

    ImportTogether(ImportService imports) {
        this.imports = imports;
    }

    /**
     * A file or sheet that waits.
     *
     * @param obstacle why it cannot be taken as it is, a {@link Sentence}; null where it can
     */
    record Waiting(ImportRun draft, @Nullable String obstacle) {
        public boolean isReady() {
            return obstacle == null;
        }
    }

    /** @param draftsLeft whether somebody still has to say what becomes of some */
    record Sums(
            long read,
            long created,
            long updated,
            long unchanged,
            long rejected,
            boolean underWay,
            boolean draftsLeft) {
        static Sums of(List<ImportRun> runs) {
            var started = runs.stream()
                    .filter(run -> run.state() != ImportRun.State.DRAFT)
                    .toList();
            return new Sums(
                    started.stream().mapToLong(ImportRun::position).sum(),
                    started.stream().mapToLong(ImportRun::created).sum(),
                    started.stream().mapToLong(ImportRun::updated).sum(),
                    started.stream().mapToLong(ImportRun::unchanged).sum(),
                    started.stream().mapToLong(ImportRun::rejected).sum(),
                    started.stream().anyMatch(ImportRun::isUnderWay),
                    started.size() < runs.size());
        }
    }

    Waiting waiting(ImportRun draft) {
        try {
            var file = imports.inspection(draft);
            var mapping = imports.mapping(draft, file);
            var missing = ImportService.missing(file, mapping, draft.platform(), draft.fileName());
            if (!missing.isEmpty()) {
                return new Waiting(
                        draft,
                        Sentence.of("importing.together.missing."
                                + missing.getFirst().field()));
            }
            return new Waiting(draft, asksForAUnit(file, mapping) ? Sentence.of("importing.together.unit") : null);
        } catch (UnreadableFileException e) {
            return new Waiting(draft, e.sentence());
        } catch (IOException e) {
            return new Waiting(draft, Sentence.of("importing.run.failed.unreadable", String.valueOf(e.getMessage())));
        }
    }

    /** Whether the cells of a column do not tell what they are counted in, and nobody has said so. */
    private static boolean asksForAUnit(FileInspection file, FileMapping mapping) {
        for (var i = 0; i < mapping.columns().size(); i++) {
            var column = mapping.columns().get(i);
            var field = column.field();
            if (field != null
                    && column.unit() == null
                    && ColumnRecogniser.as(file.columns().get(i), field, null).unitUnclear()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tries drafts without saving, as one: a creator whom the first of them would bring is no longer new to the next.
     *
     * @return what the trial is known by
     */
    UUID tryWithoutSaving(List<ImportRun> drafts) throws IOException, UnreadableFileException {
        var trial = UUID.randomUUID();
        for (var draft : drafts) {
            imports.tryWithoutSaving(
                    draft, imports.mapping(draft, imports.inspection(draft)), draft.source(), draft.platform(), trial);
        }
        return trial;
    }

    void start(List<ImportRun> drafts) throws IOException, UnreadableFileException {
        for (var draft : drafts) {
            imports.start(draft, imports.mapping(draft, imports.inspection(draft)), draft.source(), draft.platform());
        }
    }

    /** What was sent together, where this is a trial of it; empty where nothing of it waits any more. */
    List<ImportRun> draftsOf(List<ImportRun> trial) {
        var drafts = new ArrayList<ImportRun>();
        for (var run : trial) {
            var draftId = run.draftId();
            if (draftId != null) {
                imports.find(draftId)
                        .filter(draft -> draft.state() == ImportRun.State.DRAFT)
                        .ifPresent(drafts::add);
            }
        }
        return drafts;
    }

    List<ImportRun> find(String id) {
        try {
            return imports.together(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return List.of(); // not an id: nothing has it
        }
    }
}
