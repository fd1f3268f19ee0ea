package io.closeknit.catalogue;

import io.closeknit.access.CurrentPerson;
import io.closeknit.access.ForAdmins;
import io.closeknit.catalogue.CatalogueIntake.Expected;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Rejected;
import io.closeknit.web.ApiException;
import io.closeknit.web.ETags;
import io.closeknit.web.FieldProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One creator over the API. */
@RestController
@RequestMapping("/api/v1/creators/{slug}")
@Tag(name = "Creators")
class CreatorApi {
    private final CatalogueReader reader;
    private final CatalogueIntake intake;
    private final Erasure erasure;
    private final Merges merges;
    private final CurrentPerson current;
    private final Clock clock;
    private final Sentences sentences;

    CreatorApi(
            CatalogueReader reader,
            CatalogueIntake intake,
            Erasure erasure,
            Merges merges,
            CurrentPerson current,
            Clock clock,
            Sentences sentences) {
        this.reader = reader;
        this.intake = intake;
        this.erasure = erasure;
        this.merges = merges;
        this.current = current;
        this.clock = clock;
        this.sentences = sentences;
    }

    @GetMapping
    @Operation(
            summary = "One creator: every figure unrounded, with when it was observed and where it came from",
            description = "Of an entry that was merged into another, 308 with the Location of the one that stays.")
    ResponseEntity<CreatorDocument> show(@PathVariable String slug) {
        var found = reader.find(slug);
        var merged = found.isEmpty() ? merges.mergedInto(slug) : Optional.<String>empty();
        if (merged.isPresent()) {
            return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT)
                    .location(URI.create("/api/v1/creators/" + merged.get()))
                    .build();
        }
        var creator = found.orElseThrow(() -> gone(slug));
        return ResponseEntity.ok().eTag(ETags.of(creator.version())).body(creator.document());
    }

    @PutMapping
    @ForAdmins
    @Operation(
            summary = "Creates or changes a creator",
            description = "What is not sent stays as it was, null clears it. To change, send the ETag as If-Match.")
    ResponseEntity<CreatorDocument> put(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @io.swagger.v3.oas.annotations.media.Content(
                                            schema =
                                                    @io.swagger.v3.oas.annotations.media.Schema(
                                                            implementation = CreatorDocument.class)))
                    @RequestBody
                    JsonNode body) {
        if (!(body instanceof ObjectNode json)) {
            throw ApiException.unacceptable(
                    sentences.problem("creator.object"),
                    List.of(new FieldProblem(null, sentences.problem("creator.object.send"))));
        }
        var origin = new Origin(current.get().name(), clock.instant(), false);
        try {
            var outcome = intake.put(slug, json, origin, expected(slug, ifMatch, ifNoneMatch));
            if (outcome instanceof Rejected(var problems)) {
                throw ApiException.unacceptable(
                        sentences.problem("creator.notSaved"),
                        problems.stream()
                                .map(problem -> new FieldProblem(problem.field(), problem.reason()))
                                .toList());
            }
            var creator = reader.find(slug).orElseThrow(() -> gone(slug));
            var answer = outcome instanceof Outcome.Created
                    ? ResponseEntity.created(URI.create("/api/v1/creators/" + slug))
                    : ResponseEntity.ok();
            return answer.eTag(ETags.of(creator.version())).body(creator.document());
        } catch (StaleCreatorException stale) {
            throw stale(slug, ifMatch, json, stale.current());
        } catch (AccountTakenException taken) {
            throw ApiException.taken(
                    sentences.problem("creator.accountTaken", String.valueOf(taken.getMessage())),
                    Map.of("slug", taken.slug()));
        }
    }

    @DeleteMapping
    @ForAdmins
    @Operation(
            summary = "Erases the person",
            description = "Keeps nothing but hashes of the handles, which stop a re-import.")
    ResponseEntity<Void> erase(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        try {
            if (ifMatch == null && reader.find(slug).isEmpty()) {
                throw gone(slug);
            }
            erasure.erase(slug, ETags.version(ifMatch));
            return ResponseEntity.noContent().build();
        } catch (CreatorNotFoundException e) {
            throw gone(slug);
        } catch (StaleCreatorException stale) {
            throw stale(slug, ifMatch, null, stale.current());
        }
    }

    /** If-Match names the version that is changed; without it there must be nothing to overwrite. */
    private Expected expected(String slug, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && !ifMatch.isBlank()) {
            return new Expected.Version(ETags.version(ifMatch));
        }
        if (!"*".equals(ifNoneMatch) && reader.find(slug).isPresent()) {
            throw ApiException.preconditionRequired();
        }
        return new Expected.Nothing();
    }

    private ApiException stale(
            String slug, @Nullable String ifMatch, @Nullable ObjectNode sent, @Nullable CatalogueCreator current) {
        if (current == null) {
            return ApiException.notFound(sentences.problem("creator.goneSince", slug));
        }
        if (ifMatch == null) {
            return ApiException.taken(sentences.problem("creator.there", slug), version(current));
        }
        var yours = new LinkedHashMap<String, Object>();
        yours.put("version", ETags.version(ifMatch));
        if (sent != null) {
            yours.put("creator", sent);
        }
        return ApiException.stale(sentences.problem("creator.stale"), yours, version(current));
    }

    private static Map<String, Object> version(CatalogueCreator creator) {
        var version = new LinkedHashMap<String, Object>();
        version.put("version", creator.version());
        version.put("creator", creator.document());
        return version;
    }

    private ApiException gone(String slug) {
        return ApiException.notFound(sentences.problem("creator.nobody", CreatorReading.shown(slug)));
    }
}
