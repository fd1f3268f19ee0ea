package io.closeknit.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.importing.ImportService.NewFile;
import io.closeknit.web.ApiException;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.Listing;
import io.closeknit.web.LongestText;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Imports over the API. */
@RestController
@RequestMapping("/api/v1/imports")
@ForAdmins
class ImportApi {
    private static final int MOST = 200;

    private final ImportService imports;
    private final RejectsCsv rejects;
    private final NotesCsv notes;
    private final DryRuns dryRuns;
    private final ImportViews views;
    private final ImportTogether together;
    private final Sentences sentences;

    ImportApi(
            ImportService imports,
            RejectsCsv rejects,
            NotesCsv notes,
            DryRuns dryRuns,
            ImportViews views,
            ImportTogether together,
            Sentences sentences) {
        this.imports = imports;
        this.rejects = rejects;
        this.notes = notes;
        this.dryRuns = dryRuns;
        this.views = views;
        this.together = together;
        this.sentences = sentences;
    }

    /**
     * An import as the API shows it.
     *
     * @param read records of the file that are done with
     * @param unknownNiches of a dry run: how many words no niche has
     * @param message why it failed
     * @param together of several that were sent at once: GET /api/v1/imports/together/{together} has all, and their sums
     * @param files all that were sent together, where there are several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ImportView(
            UUID id,
            State state,
            String fileName,
            String source,
            @Nullable String platform,
            long read,
            long created,
            long updated,
            long unchanged,
            long rejected,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            boolean dryRun,
            @Nullable Long unknownNiches,
            @Nullable String message,
            @Nullable UUID together,
            @Nullable List<ImportView> files) {
        static ImportView of(ImportRun run, @Nullable String message, @Nullable Long unknownNiches) {
            var platform = run.platform();
            return new ImportView(
                    run.id(),
                    run.state(),
                    run.fileName(),
                    run.source(),
                    platform == null ? null : platform.key(),
                    run.position(),
                    run.created(),
                    run.updated(),
                    run.unchanged(),
                    run.rejected(),
                    run.createdAt(),
                    run.startedAt(),
                    run.finishedAt(),
                    run.dryRun(),
                    unknownNiches,
                    message,
                    run.together(),
                    null);
        }

        ImportView with(List<ImportView> views) {
            return views.size() < 2
                    ? this
                    : new ImportView(
                            id,
                            state,
                            fileName,
                            source,
                            platform,
                            read,
                            created,
                            updated,
                            unchanged,
                            rejected,
                            createdAt,
                            startedAt,
                            finishedAt,
                            dryRun,
                            unknownNiches,
                            message,
                            together,
                            views);
        }
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Import files of creators",
            description =
                    "CSV, XLSX, JSON lines or JSON, zipped or gzipped too; the part 'file' may be sent several times. Each file, and each sheet that looks like creators, is an import of its own: Location is the first, 'files' has all, and 'together' names them. 'sheet' may be sent several times and takes these sheets alone. With dryRun=true nothing is written, and /changes says what would be.")
    ResponseEntity<ImportView> add(
            @RequestParam("file") @Nullable List<MultipartFile> files,
            @RequestParam(value = "platform", required = false) @Nullable String platform,
            @RequestParam(value = "source", required = false) @Nullable String source,
            @RequestParam(value = "sheet", required = false) @Nullable String sheet,
            @RequestParam(value = "dryRun", required = false) @Nullable String dryRun,
            @RequestParam(value = "mapping", required = false) @LongestText(1_000_000) @Nullable String mapping,
            @AuthenticationPrincipal SignedIn person,
            HttpServletRequest request)
            throws IOException {
        var problems = new ArrayList<FieldProblem>();
        if (files == null || files.isEmpty()) {
            problems.add(problem("file", "file"));
        }
        var chosen = platform == null || platform.isBlank() ? null : platform(platform.strip());
        if (chosen == null && platform != null && !platform.isBlank()) {
            problems.add(problem("platform", "platform", platform, MappingJson.platforms()));
        }
        if (source != null && source.length() > ImportService.LONGEST_SOURCE) {
            problems.add(problem("source", "source", ImportService.LONGEST_SOURCE));
        }
        if (dryRun != null && !dryRun.equals("false") && !dryRun.equals("true")) {
            problems.add(problem("dryRun", "dryRun", dryRun));
        }
        if (files != null && problems.isEmpty()) {
            var sent = files.stream()
                    .map(file ->
                            new NewFile(file.getOriginalFilename() == null ? "" : file.getOriginalFilename(), file))
                    .toList();
            var runs = imports.importNow(
                    sent,
                    new ImportService.Settings(source, chosen, mapping, sheets(request), "true".equals(dryRun)),
                    person,
                    problems);
            if (!runs.isEmpty()) {
                var shown = runs.stream().map(views::of).toList();
                return ResponseEntity.accepted()
                        .location(
                                URI.create("/api/v1/imports/" + runs.getFirst().id()))
                        .body(shown.getFirst().with(shown));
            }
        }
        throw ApiException.unacceptable(sentences.text(Sentence.of("importing.problem.notImported")), problems);
    }

    /** As they were sent: bound as a list, the name of one sheet would be cut at its commas. So the parameter is only declared. */
    private static List<String> sheets(HttpServletRequest request) {
        var sent = request.getParameterValues("sheet");
        return sent == null
                ? List.of()
                : Arrays.stream(sent).filter(name -> !name.isBlank()).toList();
    }

    /**
     * @param read rows of all of them, like the other numbers
     * @param fields of dry runs: how many creators would change, by field
     * @param unknownNiches of dry runs: rows by word that no niche has
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TogetherView(
            UUID id,
            boolean dryRun,
            boolean over,
            long read,
            long created,
            long updated,
            long unchanged,
            long rejected,
            @Nullable Map<String, Long> fields,
            @Nullable Map<String, Long> unknownNiches,
            List<ImportView> files) {}

    @GetMapping("/together/{together}")
    @Operation(
            summary = "Files and sheets that were sent at once, and what became of all of them",
            description =
                    "Of dry runs what would become of them, tried one after the other as one: whom the first file would bring is not new to the next.")
    TogetherView together(@PathVariable("together") String id) {
        var runs = together.find(id).stream()
                .filter(run -> run.state() != State.DRAFT)
                .toList();
        if (runs.isEmpty()) {
            throw ApiException.notFound(sentences.text(Sentence.of("importing.problem.noImport", id)));
        }
        var sums = ImportTogether.Sums.of(runs);
        var dry = runs.stream().allMatch(ImportRun::dryRun);
        var summary = dry ? dryRuns.summary(runs) : null;
        return new TogetherView(
                UUID.fromString(id),
                dry,
                runs.stream().allMatch(ImportRun::isOver),
                sums.read(),
                sums.created(),
                sums.updated(),
                sums.unchanged(),
                sums.rejected(),
                summary == null ? null : summary.fields(),
                summary == null ? null : summary.unknownNiches(),
                runs.stream().map(views::of).toList());
    }

    @GetMapping
    Listing<ImportView> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = (int) number(limit, "limit", 50, 1, MOST);
        var offset = number(cursor, "cursor", 0, 0, Long.MAX_VALUE / 2);
        var total = imports.count(false);
        var items = imports.list(false, size, offset).stream().map(views::of).toList();
        return new Listing<>(items, total, offset + size < total ? Long.toString(offset + size) : null);
    }

    @GetMapping("/{id}")
    ImportView show(@PathVariable String id) {
        return views.of(find(id));
    }

    @GetMapping("/{id}/rejects.csv")
    void rejects(@PathVariable String id, HttpServletResponse response) throws IOException {
        rejects.write(find(id), false, response);
    }

    @GetMapping("/{id}/notes.csv")
    @Operation(summary = "Every cell that was left out or altered, with its lines")
    void notes(@PathVariable String id, HttpServletResponse response) throws IOException {
        notes.write(find(id), false, response);
    }

    @GetMapping("/{id}/changes")
    @Operation(summary = "What a dry run found: creators that would be new or changed, field by field")
    ChangesView changes(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var run = find(id);
        var size = (int) number(limit, "limit", 50, 1, MOST);
        var offset = number(cursor, "cursor", 0, 0, Long.MAX_VALUE / 2);
        var summary = dryRuns.summary(run.id());
        return new ChangesView(
                dryRuns.changes(run.id(), size, offset),
                summary.kept(),
                offset + size < summary.kept() ? Long.toString(offset + size) : null,
                summary.fields(),
                summary.unknownNiches());
    }

    /**
     * @param total creators in the list: the first that would be new or changed
     * @param fields how many creators would change, by field
     * @param unknownNiches how many rows have a word, by word that no niche has
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangesView(
            List<DryRuns.Change> items,
            long total,
            @Nullable String next,
            Map<String, Long> fields,
            Map<String, Long> unknownNiches) {}

    private ImportRun find(String id) {
        try {
            var run = imports.find(UUID.fromString(id)).filter(found -> found.state() != State.DRAFT);
            if (run.isPresent()) {
                return run.get();
            }
        } catch (IllegalArgumentException e) {
            // not an id: nothing has it
        }
        throw ApiException.notFound(sentences.text(Sentence.of("importing.problem.noImport", id)));
    }

    private static @Nullable Platform platform(String key) {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private FieldProblem problem(String field, String key, Object... arguments) {
        return new FieldProblem(field, sentences.text(Sentence.of("importing.problem." + key, arguments)));
    }

    private long number(@Nullable String text, String name, long otherwise, long least, long most) {
        if (text == null) {
            return otherwise;
        }
        try {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw ApiException.unacceptable(
                sentences.text(Sentence.of("importing.problem.parameter")), List.of(problem(name, name, most)));
    }
}
