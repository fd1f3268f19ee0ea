package io.closeknit.importing;

import io.closeknit.access.ForAdmins;
import io.closeknit.access.SignedIn;
import io.closeknit.importing.ImportApi.ImportView;
import io.closeknit.web.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Halts an import, lets it go on, stops it, takes it back. */
@RestController
@RequestMapping("/api/v1/imports/{id}")
@ForAdmins
@Tag(name = "Imports")
class ImportControlApi {
    private static final int MOST_KEPT = 1_000;

    private final ImportService imports;
    private final ImportViews views;
    private final Sentences sentences;

    ImportControlApi(ImportService imports, ImportViews views, Sentences sentences) {
        this.imports = imports;
        this.views = views;
        this.sentences = sentences;
    }

    /**
     * How far a rollback has come.
     *
     * @param total creators of whom something stays, of which {@code items} has the first
     */
    record RollbackView(ImportRun.State state, long removed, long restored, long total, List<KeptView> items) {}

    /** @param facts that stay because they were changed since; empty: all of the creator */
    record KeptView(String slug, String name, List<String> facts) {}

    @PostMapping("/pause")
    @Operation(summary = "Halts an import until it is resumed")
    ImportView pause(@PathVariable String id) {
        var run = find(id);
        return answer(run, imports.pause(run), "pause");
    }

    @PostMapping("/resume")
    @Operation(summary = "Lets a halted import go on where it was")
    ImportView resume(@PathVariable String id) {
        var run = find(id);
        return answer(run, imports.resume(run), "resume");
    }

    @PostMapping("/cancel")
    @Operation(summary = "Stops an import for good", description = "What went in stays; a rollback takes it back.")
    ImportView cancel(@PathVariable String id) throws IOException {
        var run = find(id);
        return answer(run, imports.cancel(run), "cancel");
    }

    @PostMapping("/rollback")
    @Operation(
            summary = "Takes back what an import brought",
            description =
                    "In the background. Creators that it brought go, the figures of the others get the values they had. What people or other imports changed since stays and is listed by GET.")
    ResponseEntity<ImportView> rollback(@PathVariable String id, @AuthenticationPrincipal SignedIn person)
            throws IOException {
        var run = find(id);
        var view = answer(run, imports.rollback(run, person), run.isTooOldToUndo() ? "tooOld" : "rollback");
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/imports/" + run.id()))
                .body(view);
    }

    @GetMapping("/rollback")
    @Operation(summary = "What a rollback has done, and what stays because it was changed since")
    RollbackView rollback(@PathVariable String id) {
        var run = find(id);
        if (!run.isUndone()) {
            throw ApiException.notFound(text("notRolledBack", id));
        }
        return new RollbackView(
                run.state(),
                run.undo().removed(),
                run.undo().restored(),
                run.undo().kept(),
                imports.kept(run, MOST_KEPT).stream()
                        .map(kept -> new KeptView(kept.slug(), kept.name(), kept.facts()))
                        .toList());
    }

    private String text(String key, Object... arguments) {
        return sentences.text(Sentence.of("importing.problem." + key, arguments));
    }

    /** @param otherwise key of the sentence for where it was not done */
    private ImportView answer(ImportRun run, boolean done, String otherwise) {
        var now = imports.find(run.id()).orElse(run);
        if (!done) {
            throw ApiException.taken(text(otherwise), Map.of("state", now.state()));
        }
        return views.of(now);
    }

    private ImportRun find(String id) {
        try {
            var run = imports.find(UUID.fromString(id)).filter(found -> found.state() != ImportRun.State.DRAFT);
            if (run.isPresent()) {
                return run.get();
            }
        } catch (IllegalArgumentException e) {
            // not an id: nothing has it
        }
        throw ApiException.notFound(text("noImport", id));
    }
}
