package io.closeknit.niche;

import io.closeknit.access.ForAdmins;
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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The taxonomy for other programs. */
@RestController
@RequestMapping(path = "/api/v1/niches", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(
        name = "Niches",
        description =
                "The taxonomy, from the IAB Content Taxonomy 3.1 (IAB Tech Lab, CC BY 3.0). A niche is referred to "
                        + "by its slug, or by a name, alias or hashtag that means it. Changes are for admins.")
class NicheApi {
    private static final int MAX_LIMIT = 200;

    private final NicheDirectory niches;
    private final NicheService service;
    private final MessageSource messages;

    NicheApi(NicheDirectory niches, NicheService service, MessageSource messages) {
        this.niches = niches;
        this.service = service;
        this.messages = messages;
    }

    /**
     * A niche as other programs see it.
     *
     * @param parent slug of the niche above; null at the top
     * @param iabId node of the IAB Content Taxonomy 3.1; null where the niche is ours
     */
    record NicheAnswer(
            String slug,
            String name,
            @Nullable String parent,
            @Nullable String description,
            @Nullable String iabId,
            List<String> aliases,
            List<String> hashtags,
            List<Niche.Related> related) {}

    /** What a program sends; read field by field, so that each mistake is named. */
    record NicheRequest(
            @Schema(description = "From the name where missing; cannot be changed later") @Nullable
            String slug,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Nullable String parent,
            @Nullable String description,
            @Nullable List<String> aliases,
            @Nullable List<String> hashtags,
            @Nullable List<Niche.Related> related) {}

    @GetMapping
    @Operation(summary = "All niches, by slug")
    Listing<NicheAnswer> list(
            @RequestParam(defaultValue = "50") String limit, @RequestParam(required = false) @Nullable String cursor) {
        var size = limit(limit);
        var after = cursor == null ? "" : after(cursor);
        var tree = niches.tree();
        var found = tree.all().stream()
                .filter(niche -> niche.slug().compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        var page = found.subList(0, Math.min(size, found.size()));
        return new Listing<>(
                page.stream().map(niche -> answer(tree, niche)).toList(),
                tree.all().size(),
                found.size() > size ? cursor(page.getLast()) : null);
    }

    @GetMapping("/{slug}")
    @Operation(summary = "One niche, by its slug or a word that means it")
    ResponseEntity<NicheAnswer> show(@PathVariable String slug) {
        var tree = niches.tree();
        return ok(tree, tree.resolve(slug).orElseThrow(() -> notFound(slug)));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ForAdmins
    @Operation(summary = "Add a niche")
    ResponseEntity<NicheAnswer> add(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = NicheRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        try {
            var niche = service.add(NicheReader.read(json, null));
            return ResponseEntity.created(URI.create("/api/v1/niches/" + niche.slug()))
                    .eTag(ETags.of(niche.version()))
                    .body(answer(niche, service.slugOf(niche.parentId())));
        } catch (NicheRefusedException refused) {
            throw unacceptable(refused.problems());
        } catch (NicheWordTakenException taken) {
            throw taken(taken);
        }
    }

    @PutMapping(path = "/{slug}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ForAdmins
    @Operation(summary = "Replace a niche; what is left out is no longer there, the slug stays")
    ResponseEntity<NicheAnswer> update(
            @PathVariable String slug,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = NicheRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var current = niches.tree().resolve(slug).orElseThrow(() -> notFound(slug));
        var version = ETags.version(ifMatch);
        try {
            var draft = NicheReader.read(json, current.iabId());
            var niche = service.update(current.slug(), version, draft);
            return ok(niches.tree(), niche);
        } catch (NicheRefusedException refused) {
            throw unacceptable(refused.problems());
        } catch (NicheWordTakenException taken) {
            throw taken(taken);
        } catch (NicheNotFoundException gone) {
            throw notFound(slug);
        } catch (NicheChangedException changed) {
            throw ApiException.stale(
                    sentence("niche.api.stale", changed.current().version()),
                    json,
                    answer(niches.tree(), changed.current()));
        }
    }

    private static ResponseEntity<NicheAnswer> ok(NicheTree tree, Niche niche) {
        return ResponseEntity.ok().eTag(ETags.of(niche.version())).body(answer(tree, niche));
    }

    private static NicheAnswer answer(NicheTree tree, Niche niche) {
        var above = niche.parentId();
        return answer(
                niche, above == null ? null : tree.byId(above).map(Niche::slug).orElse(null));
    }

    private static NicheAnswer answer(Niche niche, @Nullable String parent) {
        return new NicheAnswer(
                niche.slug(),
                niche.name(),
                parent,
                niche.description(),
                niche.iabId(),
                niche.aliases(),
                niche.hashtags(),
                niche.related());
    }

    private int limit(String sent) {
        if (sent.matches("\\d{1,3}")) {
            var limit = Integer.parseInt(sent);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw unacceptable(List.of(new NicheProblem("limit", "limit", MAX_LIMIT)));
    }

    private static String cursor(Niche last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.slug().getBytes(StandardCharsets.UTF_8));
    }

    private String after(String cursor) {
        String slug;
        try {
            slug = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            slug = "";
        }
        if (!NicheSlugs.VALID.matcher(slug).matches()) {
            throw unacceptable(List.of(new NicheProblem("cursor", "cursor")));
        }
        return slug;
    }

    private ApiException notFound(String slug) {
        return ApiException.notFound(sentence("niche.api.not-found", slug));
    }

    private ApiException taken(NicheWordTakenException taken) {
        var problem = taken.problem();
        return ApiException.taken(sentence(problem.key(), problem.arguments()), taken.existing());
    }

    private ApiException unacceptable(List<NicheProblem> problems) {
        return ApiException.unacceptable(
                sentence("niche.api.refused", problems.size()),
                problems.stream()
                        .map(problem -> new FieldProblem(problem.field(), sentence(problem.key(), problem.arguments())))
                        .toList());
    }

    private String sentence(String key, Object... arguments) {
        return messages.getMessage(key, arguments, Locale.ENGLISH);
    }
}
