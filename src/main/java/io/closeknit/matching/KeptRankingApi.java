package io.closeknit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.closeknit.brief.BriefDocument;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.matching.RankChanges.Kind;
import io.closeknit.web.ApiException;
import io.closeknit.web.ETags;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.Listing;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kept rankings for other programs. */
@RestController
@RequestMapping(path = "/api/v1/rankings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Rankings")
class KeptRankingApi {
    private static final int MAX_LIMIT = 200;
    private static final Set<String> KEEPING = Set.of("name", "brief", "filters", "weights");
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18}):([0-9a-f-]{36})");

    private final KeptRankings kept;
    private final RankingComparison comparison;
    private final BriefsInUse briefs;
    private final SelectionReader selections;
    private final BriefCompiler compiler;
    private final RankingCsv csv;
    private final Sentences sentences;

    KeptRankingApi(
            KeptRankings kept,
            RankingComparison comparison,
            BriefsInUse briefs,
            SelectionReader selections,
            BriefCompiler compiler,
            RankingCsv csv,
            Sentences sentences) {
        this.kept = kept;
        this.comparison = comparison;
        this.briefs = briefs;
        this.selections = selections;
        this.compiler = compiler;
        this.csv = csv;
        this.sentences = sentences;
    }

    /**
     * A kept ranking.
     *
     * @param brief the document as it was then; null: ranked by quality
     * @param kept how many of the total are kept, the first ones
     * @param items null in a list
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptAnswer(
            UUID id,
            String name,
            @Nullable UUID briefId,
            @Nullable Long briefVersion,
            @Nullable BriefDocument brief,
            Map<String, List<String>> filters,
            Map<String, Double> weights,
            boolean ownWeights,
            long catalogueVersion,
            long statisticsVersion,
            LocalDate asOf,
            int total,
            int kept,
            long version,
            @Nullable String keptBy,
            Instant keptAt,
            @Nullable List<RankingAnswer.Item> items) {
        static KeptAnswer of(KeptRanking ranking, @Nullable List<RankingAnswer.Item> items) {
            return new KeptAnswer(
                    ranking.id(),
                    ranking.name(),
                    ranking.briefId(),
                    ranking.briefVersion(),
                    ranking.brief(),
                    ranking.filters(),
                    ranking.weights(),
                    ranking.ownWeights(),
                    ranking.catalogueVersion(),
                    ranking.statisticsVersion(),
                    ranking.asOf(),
                    ranking.total(),
                    ranking.kept(),
                    ranking.version(),
                    ranking.keptBy(),
                    ranking.keptAt(),
                    items);
        }
    }

    /** What is sent to keep one, for the documentation. */
    record KeepRequest(
            String name,
            @Nullable UUID brief,
            @Nullable Map<String, Object> filters,
            @Nullable Map<String, Double> weights) {}

    @GetMapping
    @Operation(summary = "The kept rankings of the workspace, the last kept first")
    Listing<KeptAnswer> list(
            @RequestParam(defaultValue = "50") String limit, @RequestParam(required = false) @Nullable String cursor) {
        var size = limit(limit);
        var place = cursor == null ? null : place(cursor);
        var found = kept.list(place == null ? null : place.keptAt(), place == null ? null : place.id(), size + 1);
        var page = found.subList(0, Math.min(size, found.size()));
        return new Listing<>(
                page.stream().map(ranking -> KeptAnswer.of(ranking, null)).toList(),
                kept.count(),
                found.size() > size ? cursor(page.getLast()) : null);
    }

    @PostMapping(path = "/kept", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Keep a ranking",
            description =
                    "Ranks for a stored brief (by its id; none: by quality) and keeps the first 1,000 creators with"
                            + " their points, the weights and the versions.")
    ResponseEntity<KeptAnswer> keep(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = KeepRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var problems = new ArrayList<Problem>();
        json.propertyNames().stream()
                .filter(name -> !KEEPING.contains(name))
                .forEach(name -> problems.add(new Problem(
                        name, sentences.of("matching.problem.field", name, "name, brief, filters, weights"))));
        var name = name(json.get("name"), problems);
        var named = json.get("brief");
        var briefId = named == null || named.isNull() ? null : named.asString("");
        var brief = briefId == null ? null : briefs.find(briefId).orElse(null);
        if (briefId != null && brief == null) {
            problems.add(new Problem("brief", sentences.of("matching.problem.brief", briefId)));
        }
        var filters = filters(json.get("filters"), problems);
        selections.read(filters, "filters.", problems);
        var weights = Weights.read(json.get("weights"), problems, sentences);
        compiler.weights(weights, null, "weights.", problems);
        refuse(problems);
        try {
            var ranking = kept.keep(name, brief, filters, weights);
            return ResponseEntity.created(location(ranking))
                    .eTag(ETags.of(ranking.version()))
                    .body(KeptAnswer.of(ranking, null));
        } catch (RankingService.RefusedException refused) {
            refuse(refused.problems());
            throw refused;
        }
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "A ranking that someone kept",
            description = "Weights, versions, and its creators with scores and points as they were then."
                    + " With Accept: text/csv as a file.")
    ResponseEntity<KeptAnswer> show(@PathVariable String id) {
        var ranking = get(id);
        return ResponseEntity.ok().eTag(ETags.of(ranking.version())).body(KeptAnswer.of(ranking, items(ranking)));
    }

    @GetMapping(path = "/{id}", produces = RankingCsv.MEDIA_TYPE)
    @Operation(hidden = true)
    void showAsCsv(@PathVariable String id, HttpServletResponse response) {
        var ranking = get(id);
        csv.write(
                items(ranking).stream().map(RankingCsv.Line::of).toList(),
                ranking.versions(),
                ranking.name(),
                false,
                response);
    }

    private List<RankingAnswer.Item> items(KeptRanking ranking) {
        return kept.creators(ranking.id()).stream()
                .map(KeptRanking.Creator::item)
                .toList();
    }

    /** What is sent to rename one, for the documentation. */
    record NameRequest(String name) {}

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Rename a kept ranking; everything else stays as it was kept")
    ResponseEntity<KeptAnswer> rename(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = NameRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var ranking = get(id);
        var version = ETags.version(ifMatch);
        var problems = new ArrayList<Problem>();
        json.propertyNames().stream()
                .filter(name -> !name.equals("name"))
                .forEach(name -> problems.add(new Problem(name, sentences.of("matching.problem.field", name, "name"))));
        var name = name(json.get("name"), problems);
        refuse(problems);
        try {
            var renamed = kept.rename(ranking.id(), name, version);
            return ResponseEntity.ok().eTag(ETags.of(renamed.version())).body(KeptAnswer.of(renamed, null));
        } catch (KeptRankings.ChangedException changed) {
            throw stale(new NameRequest(name), changed.current());
        }
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Remove a kept ranking")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var ranking = get(id);
        try {
            kept.remove(ranking.id(), ETags.version(ifMatch));
            return ResponseEntity.noContent().build();
        } catch (KeptRankings.ChangedException changed) {
            throw stale(null, changed.current());
        }
    }

    // ---- why did she drop

    /**
     * @param against id of the other kept ranking; null: today's
     * @param counts of creators by what happened
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangesAnswer(
            UUID ranking,
            @Nullable UUID against,
            boolean weightsChanged,
            boolean briefChanged,
            List<Long> statisticsVersions,
            Map<String, Integer> counts,
            List<ChangeAnswer> items,
            int total,
            @Nullable String next) {}

    /**
     * @param rank now; null where she left, or fell further than 5,000
     * @param points score now less the score then
     * @param causes weights, brief, figures, statistics; empty where only others moved
     * @param passed how many are ahead now who were not then, {@code passedBy} names the first of them
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeAnswer(
            String slug,
            String name,
            String change,
            @Nullable Integer rankBefore,
            @Nullable Integer rank,
            @Nullable Double scoreBefore,
            @Nullable Double score,
            @Nullable Double points,
            List<PartAnswer> criteria,
            List<String> causes,
            int passed,
            List<String> passedBy) {}

    /** Parts of the points: of the weights, the brief (null where that cannot be told) and the rest, which add up. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PartAnswer(
            String key,
            double points,
            double ofWeights,
            @Nullable Double ofBrief,
            double ofFigures,
            @Nullable String evidenceBefore,
            @Nullable String evidence) {}

    @GetMapping("/{id}/changes")
    @Operation(
            summary = "Why did she drop?",
            description =
                    "A kept ranking beside today's, or beside another kept one (against): who rose, fell, came and"
                            + " left, with the difference by criterion and what it comes from. change=rose|fell|stayed|came|left"
                            + " asks for one kind.")
    ChangesAnswer changes(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String against,
            @RequestParam(required = false) @Nullable String change,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(defaultValue = "0") String cursor) {
        var ranking = get(id);
        var size = limit(limit);
        if (!cursor.matches("\\d{1,6}")) {
            throw unacceptable("cursor", sentences.of("matching.problem.cursor"));
        }
        var from = Integer.parseInt(cursor);
        var kind = change == null ? null : kind(change);
        try {
            var other = against == null ? null : get(against);
            var compared = other == null ? comparison.withToday(ranking) : comparison.withKept(ranking, other);
            var total = compared.of(kind).size();
            var counts = new LinkedHashMap<String, Integer>();
            compared.counts().forEach((each, count) -> counts.put(each.getKey(), count));
            return new ChangesAnswer(
                    ranking.id(),
                    other == null ? null : other.id(),
                    compared.weightsChanged(),
                    compared.briefChanged(),
                    List.of(ranking.statisticsVersion(), compared.statisticsVersion()),
                    counts,
                    compared.window(kind, from, size).stream()
                            .map(KeptRankingApi::change)
                            .toList(),
                    total,
                    from + size < total ? Integer.toString(from + size) : null);
        } catch (RankingService.RefusedException refused) {
            refuse(refused.problems());
            throw refused;
        }
    }

    private Kind kind(String change) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.getKey().equals(change))
                .findFirst()
                .orElseThrow(() -> unacceptable("change", sentences.of("matching.problem.change", change)));
    }

    private static ChangeAnswer change(RankChanges.Change change) {
        var before = change.before();
        var now = change.now();
        return new ChangeAnswer(
                change.slug(),
                change.name(),
                change.kind().getKey(),
                before == null ? null : before.rank(),
                change.rank(),
                before == null ? null : before.score(),
                now == null ? null : now.score(),
                before == null || now == null ? null : now.score() - before.score(),
                change.parts().stream()
                        .map(part -> new PartAnswer(
                                part.criterion().key(),
                                part.points(),
                                part.ofWeights(),
                                part.ofBrief(),
                                part.ofFigures(),
                                part.evidenceBefore(),
                                part.evidence()))
                        .toList(),
                RankingComparison.causes(change.causes()).stream()
                        .map(RankChanges.Cause::getKey)
                        .toList(),
                change.passed(),
                change.passedBy());
    }

    // ---- reading

    private KeptRanking get(String id) {
        try {
            return kept.find(UUID.fromString(id)).orElseThrow(this::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private String name(@Nullable JsonNode node, List<Problem> problems) {
        var name = node == null || !node.isString() ? "" : node.asString().strip();
        if (name.isEmpty() || name.length() > KeptRanking.NAME_LENGTH) {
            problems.add(new Problem("name", sentences.of("matching.problem.name", KeptRanking.NAME_LENGTH)));
        }
        return name;
    }

    private MultiValueMap<String, String> filters(@Nullable JsonNode node, List<Problem> problems) {
        var filters = new LinkedMultiValueMap<String, String>();
        if (node == null || node.isNull()) {
            return filters;
        }
        if (!(node instanceof ObjectNode object)) {
            problems.add(new Problem("filters", shape("object")));
            return filters;
        }
        for (var property : object.properties()) {
            if (!SelectionReader.NAMES.contains(property.getKey())) {
                problems.add(new Problem(
                        "filters." + property.getKey(),
                        sentences.of(
                                "matching.problem.field",
                                property.getKey(),
                                String.join(", ", SelectionReader.NAMES))));
                continue;
            }
            var values = property.getValue().isArray()
                    ? property.getValue().valueStream().toList()
                    : List.of(property.getValue());
            for (var value : values) {
                if (value.isValueNode() && !value.isNull()) {
                    filters.add(property.getKey(), value.asString());
                } else if (!value.isNull()) {
                    problems.add(new Problem("filters." + property.getKey(), shape("value")));
                }
            }
        }
        return filters;
    }

    private String shape(String expected) {
        return sentences.of("matching.problem.shape", sentences.of("matching.problem.shape." + expected));
    }

    private int limit(String typed) {
        var limit = typed.matches("\\d{1,3}") ? Integer.parseInt(typed) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw unacceptable("limit", sentences.of("matching.problem.limit", MAX_LIMIT));
        }
        return limit;
    }

    private record Place(Instant keptAt, UUID id) {}

    private static String cursor(KeptRanking ranking) {
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, ranking.keptAt());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((micros + ":" + ranking.id()).getBytes(StandardCharsets.UTF_8));
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
        throw unacceptable("cursor", sentences.of("matching.problem.cursor"));
    }

    private ApiException notFound() {
        return ApiException.notFound(sentences.of("matching.problem.kept"));
    }

    private ApiException stale(@Nullable NameRequest yours, @Nullable KeptRanking current) {
        return current == null
                ? notFound()
                : ApiException.stale(
                        sentences.of("matching.kept.stale", current.version()), yours, KeptAnswer.of(current, null));
    }

    private void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw ApiException.unacceptable(
                    problems.size() == 1
                            ? problems.getFirst().reason()
                            : sentences.of("matching.problem.summary", problems.size()),
                    problems.stream()
                            .map(problem -> new FieldProblem(problem.field(), problem.reason()))
                            .toList());
        }
    }

    private static ApiException unacceptable(String field, String reason) {
        return ApiException.unacceptable(reason, List.of(new FieldProblem(field, reason)));
    }

    private static URI location(KeptRanking ranking) {
        return UriComponentsBuilder.fromPath("/api/v1/rankings/{id}").build(ranking.id());
    }
}
