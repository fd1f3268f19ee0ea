package io.closeknit.matching;

import io.closeknit.brief.BriefDirectory;
import io.closeknit.brief.BriefDocument;
import io.closeknit.brief.BriefId;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.index.CreatorIndex;
import io.closeknit.index.RankQuery.SortKey;
import io.closeknit.web.ApiException;
import io.closeknit.web.FieldProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rankings and searches for other programs. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Rankings", description = "Creators by how well they fit a brief, each with its reasons")
class RankingApi {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final List<String> FIELDS =
            List.of("brief", "filters", "weights", "limit", "cursor", "facets", "explain", "robustness");

    private final RankingService rankings;
    private final SelectionReader selections;
    private final BriefDirectory briefs;
    private final CreatorIndex index;
    private final Wording wording;
    private final Standings standings;
    private final RankingCsv csv;
    private final Sentences sentences;

    RankingApi(
            RankingService rankings,
            SelectionReader selections,
            BriefDirectory briefs,
            CreatorIndex index,
            Wording wording,
            Standings standings,
            RankingCsv csv,
            Sentences sentences) {
        this.rankings = rankings;
        this.selections = selections;
        this.briefs = briefs;
        this.index = index;
        this.wording = wording;
        this.standings = standings;
        this.csv = csv;
        this.sentences = sentences;
    }

    @PostMapping(path = "/rankings", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Rank the catalogue for a brief",
            description = "Nothing is stored. Every part of the brief may be left out. With robustness: true, how often"
                    + " each of the first ten is among them under 1,000 draws of random weights around the chosen ones."
                    + " With Accept: text/csv the whole ranking as a file; limit and cursor do not count then.")
    RankingAnswer rank(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @io.swagger.v3.oas.annotations.media.Content(
                                            schema =
                                                    @io.swagger.v3.oas.annotations.media.Schema(
                                                            implementation = RankingRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var asked = asked(json);
        return answer(asked.question(), asked.facets(), asked.explain(), asked.robustness());
    }

    @PostMapping(path = "/rankings", consumes = MediaType.APPLICATION_JSON_VALUE, produces = RankingCsv.MEDIA_TYPE)
    @Operation(hidden = true)
    void rankAsCsv(@RequestBody ObjectNode json, HttpServletResponse response) {
        var question = asked(json).question();
        export(question, response);
    }

    private record Asked(RankingService.Question question, boolean facets, boolean explain, boolean robustness) {}

    private Asked asked(ObjectNode json) {
        var problems = new ArrayList<Problem>();
        json.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> problems.add(
                        new Problem(name, sentences.of("matching.problem.field", name, String.join(", ", FIELDS)))));
        var brief = brief(json.get("brief"), problems);
        var selection = selections.read(filters(json.get("filters"), problems), "filters.", problems);
        var weights = Weights.read(json.get("weights"), problems, sentences);
        var limit = limit(json.get("limit"), problems);
        var after = after(json.get("cursor"), problems);
        var facets = yes("facets", json.get("facets"), true, problems);
        var explain = yes("explain", json.get("explain"), false, problems);
        var robustness = yes("robustness", json.get("robustness"), false, problems);
        refuse(problems);
        return new Asked(
                new RankingService.Question(brief, selection, weights, limit, after, facets, false),
                facets,
                explain,
                robustness);
    }

    /** What {@code POST /rankings} takes, for the documentation. */
    record RankingRequest(
            @Nullable BriefDocument brief,
            @Nullable Map<String, Object> filters,
            @Nullable Map<String, Double> weights,
            @Nullable Integer limit,
            @Nullable String cursor,
            @Nullable Boolean facets,
            @Nullable Boolean explain,
            @Nullable Boolean robustness) {}

    @GetMapping("/briefs/{id}/ranking")
    @SelectionParameters
    @Operation(summary = "Rank the catalogue for a brief of the workspace")
    RankingAnswer ofBrief(
            @PathVariable String id, @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        return listed(ofWorkspace(id), parameters);
    }

    @GetMapping(path = "/briefs/{id}/ranking", produces = RankingCsv.MEDIA_TYPE)
    @SelectionParameters
    @Operation(hidden = true)
    void ofBriefAsCsv(
            @PathVariable String id,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            HttpServletResponse response) {
        export(question(ofWorkspace(id), parameters), response);
    }

    private BriefDocument ofWorkspace(String id) {
        return briefs.find(briefId(id))
                .orElseThrow(() -> ApiException.notFound(sentences.of("matching.problem.brief", id)))
                .document();
    }

    @GetMapping("/creators")
    @SelectionParameters
    @Operation(
            summary = "Filter, search and sort the creators",
            description = "The same parameters as Discover's address bar; w.relevance=25 and so on are weights."
                    + " With Accept: text/csv all of them as a file.")
    RankingAnswer creators(@Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        return listed(named(parameters), parameters);
    }

    @GetMapping(path = "/creators", produces = RankingCsv.MEDIA_TYPE)
    @SelectionParameters
    @Operation(hidden = true)
    void creatorsAsCsv(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters,
            HttpServletResponse response) {
        export(question(named(parameters), parameters), response);
    }

    @GetMapping("/creators/{slug}/fit")
    @SelectionParameters
    @Operation(
            summary = "Why a creator stands where she does",
            description = "Her fit for the brief with its reasons, the one who comes after her in the order by score"
                    + " with the difference by criterion, and the smallest change of a single figure that would lift"
                    + " her by a third of the ranks ahead. The same parameters as for GET /creators.")
    FitAnswer fit(
            @PathVariable String slug,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        var question = question(named(parameters), parameters);
        try {
            var standing = standings.of(question.brief(), question.selection(), question.weights(), slug);
            if (standing == null) {
                throw ApiException.notFound(sentences.of("matching.problem.creator", slug));
            }
            return FitAnswer.of(standing, wording.forBrief(question.brief()));
        } catch (RankingService.RefusedException refused) {
            throw unacceptable(refused.problems());
        }
    }

    private @Nullable BriefDocument named(MultiValueMap<String, String> parameters) {
        var id = parameters.getFirst("brief");
        return id == null
                ? null
                : briefs.find(briefId(id))
                        .orElseThrow(() -> unacceptable("brief", sentences.of("matching.problem.brief", id)))
                        .document();
    }

    private RankingService.Question question(@Nullable BriefDocument brief, MultiValueMap<String, String> parameters) {
        var problems = new ArrayList<Problem>();
        var selection = selections.read(parameters, "", problems);
        var weights = Weights.read(parameters, problems, sentences);
        var limit = limit(parameters.getFirst("limit"), problems);
        var after = after(parameters.getFirst("cursor"), problems);
        refuse(problems);
        return new RankingService.Question(brief, selection, weights, limit, after, true, false);
    }

    private RankingAnswer listed(@Nullable BriefDocument brief, MultiValueMap<String, String> parameters) {
        return answer(question(brief, parameters), true, false, false);
    }

    private RankingAnswer answer(
            RankingService.Question question, boolean facets, boolean explain, boolean robustness) {
        try {
            return RankingAnswer.of(
                    rankings.rank(question),
                    wording.forBrief(question.brief()),
                    facets,
                    explain,
                    robustness ? Robustness.of(rankings.head(question, Robustness.CANDIDATES)) : null);
        } catch (RankingService.RefusedException refused) {
            throw unacceptable(refused.problems());
        }
    }

    private void export(RankingService.Question question, HttpServletResponse response) {
        try {
            var brief = question.brief();
            var name = brief == null ? null : brief.name();
            csv.write(question, name == null ? "ranking" : name, false, response);
        } catch (RankingService.RefusedException refused) {
            throw unacceptable(refused.problems());
        }
    }

    @GetMapping("/statistics")
    @Operation(
            summary = "What an outsider needs to recompute every score",
            description = "The current version, or one of the last ones by its number.")
    String statistics(@RequestParam(required = false) @Nullable String version) {
        if (version != null && !version.matches("\\d{1,15}")) {
            throw unacceptable("version", sentences.of("matching.problem.whole", version));
        }
        return index.statistics(Optional.ofNullable(version).map(Long::valueOf))
                .orElseThrow(() -> ApiException.notFound(
                        sentences.of("matching.problem.version", version == null ? "" : version)));
    }

    // ---- reading

    private @Nullable BriefDocument brief(@Nullable JsonNode node, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!(node instanceof ObjectNode object)) {
            problems.add(new Problem("brief", shape("object")));
            return null;
        }
        var checked = briefs.read(object);
        checked.problems().stream()
                .filter(problem -> !"name".equals(problem.field()) || object.hasNonNull("name"))
                .forEach(problem -> problems.add(
                        new Problem(problem.field() == null ? "brief" : "brief." + problem.field(), problem.reason())));
        return checked.document();
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
            var name = property.getKey();
            var value = property.getValue();
            if (!SelectionReader.NAMES.contains(name)) {
                problems.add(new Problem(
                        "filters." + name,
                        sentences.of("matching.problem.field", name, String.join(", ", SelectionReader.NAMES))));
            } else if (value.isArray()) {
                value.forEach(each -> add(name, each, filters, problems));
            } else if (!value.isNull()) {
                add(name, value, filters, problems);
            }
        }
        return filters;
    }

    private void add(String name, JsonNode value, MultiValueMap<String, String> filters, List<Problem> problems) {
        if (value.isValueNode() && !value.isNull()) {
            filters.add(name, value.asString());
        } else {
            problems.add(new Problem("filters." + name, shape("value")));
        }
    }

    private String shape(String expected) {
        return sentences.of("matching.problem.shape", sentences.of("matching.problem.shape." + expected));
    }

    private int limit(@Nullable JsonNode node, List<Problem> problems) {
        return limit(node == null || node.isNull() ? null : node.asString(""), problems);
    }

    private int limit(@Nullable String typed, List<Problem> problems) {
        if (typed == null) {
            return DEFAULT_LIMIT;
        }
        if (typed.matches("\\d{1,3}")) {
            var limit = Integer.parseInt(typed);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        problems.add(new Problem("limit", sentences.of("matching.problem.limit", MAX_LIMIT)));
        return DEFAULT_LIMIT;
    }

    private @Nullable SortKey after(@Nullable JsonNode node, List<Problem> problems) {
        return after(node == null || node.isNull() ? null : node.asString(""), problems);
    }

    private @Nullable SortKey after(@Nullable String cursor, List<Problem> problems) {
        if (cursor == null) {
            return null;
        }
        var key = Cursor.read(cursor);
        if (key.isEmpty()) {
            problems.add(new Problem("cursor", sentences.of("matching.problem.cursor")));
        }
        return key.orElse(null);
    }

    private boolean yes(String name, @Nullable JsonNode node, boolean otherwise, List<Problem> problems) {
        if (node == null || node.isNull()) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            problems.add(new Problem(name, shape("yes")));
        }
        return node.asBoolean(otherwise);
    }

    private BriefId briefId(String id) {
        try {
            return new BriefId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw ApiException.notFound(sentences.of("matching.problem.brief", id));
        }
    }

    // ---- refusing

    private void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw unacceptable(problems);
        }
    }

    private ApiException unacceptable(String field, String reason) {
        return ApiException.unacceptable(reason, List.of(new FieldProblem(field, reason)));
    }

    private ApiException unacceptable(List<Problem> problems) {
        var detail = problems.size() == 1
                ? problems.getFirst().reason()
                : sentences.of("matching.problem.summary", problems.size());
        return ApiException.unacceptable(
                detail,
                problems.stream()
                        .map(problem -> new FieldProblem(problem.field(), problem.reason()))
                        .toList());
    }
}
