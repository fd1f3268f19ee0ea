package io.closeknit.brief;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.closeknit.access.ForAgency;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.web.ApiException;
import io.closeknit.web.ETags;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Briefs for other programs. */
@RestController
@RequestMapping(path = "/api/v1/briefs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Briefs", description = "What a brand looks for, in the workspace of the token")
class BriefApi {
    private static final int MAX_LIMIT = 200;
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18}):([0-9a-f-]{36})");

    /** What an answer holds beside the document; a program that sends an answer back means no change by it. */
    private static final Set<String> OURS = Set.of("id", "version", "createdAt", "createdBy", "updatedAt", "updatedBy");

    private final BriefService briefs;
    private final BriefCheck check;

    BriefApi(BriefService briefs, BriefCheck check) {
        this.briefs = briefs;
        this.check = check;
    }

    /**
     * A brief with what we know about it.
     *
     * @param draft its author said that it is not finished
     * @param version also the ETag
     * @param createdBy null where no person did it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BriefAnswer(
            UUID id,
            @JsonUnwrapped BriefDocument document,
            boolean draft,
            long version,
            Instant createdAt,
            @Nullable String createdBy,
            Instant updatedAt,
            @Nullable String updatedBy) {
        static BriefAnswer of(Brief brief) {
            return new BriefAnswer(
                    brief.id().value(),
                    brief.document(),
                    brief.draft(),
                    brief.version(),
                    brief.createdAt(),
                    brief.createdBy(),
                    brief.updatedAt(),
                    brief.updatedBy());
        }
    }

    @GetMapping
    @Operation(summary = "The briefs of the workspace, the last edited first")
    Listing<BriefAnswer> list(
            @RequestParam(defaultValue = "50") String limit, @RequestParam(required = false) @Nullable String cursor) {
        var size = limit(limit);
        List<Brief> found;
        if (cursor == null) {
            found = briefs.page(null, null, size + 1);
        } else {
            var place = place(cursor);
            found = briefs.page(place.updatedAt(), place.id(), size + 1);
        }
        var page = found.subList(0, Math.min(size, found.size()));
        var next = found.size() > size ? cursor(page.getLast()) : null;
        return new Listing<>(page.stream().map(BriefAnswer::of).toList(), briefs.count(), next);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One brief")
    ResponseEntity<BriefAnswer> show(@PathVariable String id) {
        return answer(get(id));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ForAgency
    @Operation(summary = "Save a new brief")
    ResponseEntity<BriefAnswer> add(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BriefDocument.class)))
                    @RequestBody
                    ObjectNode json) {
        var sent = read(json, null);
        var brief = briefs.add(new BriefId(UUID.randomUUID()), sent.document(), sent.draft(), null);
        return ResponseEntity.created(location(brief))
                .eTag(ETags.of(brief.version()))
                .body(BriefAnswer.of(brief));
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ForAgency
    @Operation(summary = "Replace a brief; what is left out is no longer asked")
    ResponseEntity<BriefAnswer> update(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = BriefDocument.class)))
                    @RequestBody
                    ObjectNode json) {
        var current = get(id);
        var version = ETags.version(ifMatch);
        var sent = read(json, current.id());
        if (current.version() != version) {
            throw stale(sent.document(), current);
        }
        try {
            return answer(briefs.update(current.id(), sent.document(), sent.draft(), null, version));
        } catch (BriefChangedException changed) {
            throw stale(sent.document(), changed.current());
        }
    }

    @DeleteMapping("/{id}")
    @ForAgency
    @Operation(summary = "Remove a brief with its versions")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var current = get(id);
        try {
            briefs.remove(current.id(), ETags.version(ifMatch));
        } catch (BriefChangedException changed) {
            throw stale(null, changed.current());
        } catch (BriefNotFoundException gone) {
            throw notFound();
        }
        return ResponseEntity.noContent().build();
    }

    private record Sent(BriefDocument document, boolean draft) {}

    /** @param id of the brief that is replaced; null for a new one */
    private Sent read(ObjectNode json, @Nullable BriefId id) {
        var document = json.deepCopy();
        var problems = new ArrayList<Problem>();
        var draft = document.remove("draft");
        if (draft != null && !draft.isBoolean()) {
            problems.add(new Problem("draft", check.sentence("unreadable.boolean")));
        }
        var sentId = document.get("id");
        if (sentId != null && (id == null || !id.value().toString().equals(sentId.asString("")))) {
            problems.add(new Problem("id", check.sentence("id")));
        }
        OURS.forEach(document::remove);
        var checked = briefs.read(document);
        problems.addAll(checked.problems());
        if (!problems.isEmpty()) {
            throw ApiException.unacceptable(
                    check.sentence("refused", problems.size()),
                    problems.stream()
                            .map(problem -> new FieldProblem(problem.field(), problem.reason()))
                            .toList());
        }
        return new Sent(checked.document(), draft != null && draft.asBoolean());
    }

    private Brief get(String id) {
        try {
            return briefs.get(new BriefId(UUID.fromString(id)));
        } catch (BriefNotFoundException | IllegalArgumentException e) {
            throw notFound();
        }
    }

    private ApiException notFound() {
        return ApiException.notFound(check.sentence("not-found"));
    }

    private ApiException stale(@Nullable BriefDocument yours, Brief current) {
        return ApiException.stale(
                check.sentence("stale", String.valueOf(current.version())), yours, BriefAnswer.of(current));
    }

    private static ResponseEntity<BriefAnswer> answer(Brief brief) {
        return ResponseEntity.ok().eTag(ETags.of(brief.version())).body(BriefAnswer.of(brief));
    }

    private static URI location(Brief brief) {
        return UriComponentsBuilder.fromPath("/api/v1/briefs/{id}")
                .build(brief.id().value());
    }

    private int limit(String typed) {
        if (typed.matches("\\d{1,3}")) {
            var limit = Integer.parseInt(typed);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw unacceptable("limit", check.sentence("limit", MAX_LIMIT));
    }

    private record Place(Instant updatedAt, UUID id) {}

    private static String cursor(Brief brief) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, brief.updatedAt());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((micros + ":" + brief.id().value()).getBytes(StandardCharsets.UTF_8));
    }

    private Place place(String cursor) {
        try {
            var match = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (match.matches()) {
                return new Place(
                        Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS),
                        UUID.fromString(match.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // not one of ours, said below
        }
        throw unacceptable("cursor", check.sentence("cursor"));
    }

    private static ApiException unacceptable(String field, String reason) {
        return ApiException.unacceptable(reason, List.of(new FieldProblem(field, reason)));
    }
}
