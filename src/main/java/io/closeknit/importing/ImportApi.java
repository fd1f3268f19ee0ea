package io.closeknit.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.web.ApiException;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.Listing;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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

    ImportApi(ImportService imports, RejectsCsv rejects) {
        this.imports = imports;
        this.rejects = rejects;
    }

    /**
     * An import as the API shows it.
     *
     * @param read records of the file that are done with
     * @param message why it failed
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
            @Nullable String message) {
        static ImportView of(ImportRun run) {
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
                    run.message());
        }
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<ImportView> add(
            @RequestParam("file") @Nullable MultipartFile file,
            @RequestParam(value = "platform", required = false) @Nullable String platform,
            @RequestParam(value = "source", required = false) @Nullable String source,
            @RequestParam(value = "dryRun", required = false) @Nullable String dryRun,
            @RequestParam(value = "mapping", required = false) @Nullable String mapping,
            @AuthenticationPrincipal SignedIn person)
            throws IOException {
        var problems = new ArrayList<FieldProblem>();
        if (file == null) {
            problems.add(new FieldProblem("file", "Send the file as the part 'file'."));
        }
        var chosen = platform == null || platform.isBlank() ? null : platform(platform.strip());
        if (chosen == null && platform != null && !platform.isBlank()) {
            problems.add(new FieldProblem(
                    "platform",
                    "There is no platform '%s'. The platforms are %s."
                            .formatted(
                                    platform,
                                    Arrays.stream(Platform.values())
                                            .map(Platform::key)
                                            .collect(Collectors.joining(", ")))));
        }
        if (source != null && source.length() > ImportService.LONGEST_SOURCE) {
            problems.add(new FieldProblem(
                    "source", "The source must have at most %d characters.".formatted(ImportService.LONGEST_SOURCE)));
        }
        if (dryRun != null && !dryRun.equals("false")) {
            problems.add(
                    new FieldProblem(
                            "dryRun",
                            "A dry run is not to be had: leave dryRun out. The import page shows how a file is read before it is started."));
        }
        if (file != null && problems.isEmpty()) {
            var name = file.getOriginalFilename();
            try (var content = file.getInputStream()) {
                var run =
                        imports.importNow(name == null ? "" : name, content, source, chosen, mapping, person, problems);
                if (run.isPresent()) {
                    return ResponseEntity.accepted()
                            .location(URI.create("/api/v1/imports/" + run.get().id()))
                            .body(ImportView.of(run.get()));
                }
            } catch (UnreadableFileException e) {
                problems.add(new FieldProblem("file", e.sentence()));
            }
        }
        throw ApiException.unacceptable("The file was not imported.", problems);
    }

    @GetMapping
    Listing<ImportView> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = (int) number(limit, "limit", 50, 1, MOST);
        var offset = number(cursor, "cursor", 0, 0, Long.MAX_VALUE / 2);
        var total = imports.count(false);
        var items =
                imports.list(false, size, offset).stream().map(ImportView::of).toList();
        return new Listing<>(items, total, offset + size < total ? Long.toString(offset + size) : null);
    }

    @GetMapping("/{id}")
    ImportView show(@PathVariable String id) {
        return ImportView.of(find(id));
    }

    @GetMapping("/{id}/rejects.csv")
    void rejects(@PathVariable String id, HttpServletResponse response) throws IOException {
        rejects.write(find(id), false, response);
    }

    private ImportRun find(String id) {
        try {
            var run = imports.find(UUID.fromString(id)).filter(found -> found.state() != State.DRAFT);
            if (run.isPresent()) {
                return run.get();
            }
        } catch (IllegalArgumentException e) {
            // not an id: nothing has it
        }
        throw ApiException.notFound("There is no import '%s'.".formatted(id));
    }

    private static @Nullable Platform platform(String key) {
        return Arrays.stream(Platform.values())
                .filter(platform -> platform.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static long number(@Nullable String text, String name, long otherwise, long least, long most) {
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
                "A parameter cannot be accepted.",
                List.of(new FieldProblem(
                        name,
                        name.equals("limit")
                                ? "The limit is a number from 1 to %d.".formatted(most)
                                : "Send the cursor as 'next' gave it.")));
    }
}
