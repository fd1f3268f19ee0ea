package io.closeknit.matching;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Weights with a name, for other programs: those that are built in and those of the workspace. */
@RestController
@RequestMapping(path = "/api/v1/presets", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Presets", description = "Weights with a name: built in, and saved for the workspace of the token")
class PresetApi {
    private static final Set<String> FIELDS = Set.of("name", "weights");
    /** What an answer holds besides; a program that sends an answer back means no change by it. */
    private static final Set<String> OURS =
            Set.of("id", "builtIn", "version", "createdAt", "createdBy", "updatedAt", "updatedBy");

    private final Presets presets;
    private final BriefCompiler compiler;
    private final Sentences sentences;

    PresetApi(Presets presets, BriefCompiler compiler, Sentences sentences) {
        this.presets = presets;
        this.compiler = compiler;
        this.sentences = sentences;
    }

    /**
     * @param id of a built-in one its key, such as {@code trust}
     * @param version also the ETag; null for a built-in one, which nobody changes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PresetAnswer(
            String id,
            String name,
            Map<String, Double> weights,
            boolean builtIn,
            @Nullable Long version,
            @Nullable Instant createdAt,
            @Nullable String createdBy,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {
        static PresetAnswer of(SavedPreset preset) {
            return new PresetAnswer(
                    preset.id().toString(),
                    preset.name(),
                    preset.weights(),
                    false,
                    preset.version(),
                    preset.createdAt(),
                    preset.createdBy(),
                    preset.updatedAt(),
                    preset.updatedBy());
        }
    }

    /** What is sent, for the documentation. */
    record PresetRequest(String name, Map<String, Double> weights) {}

    @GetMapping
    @Operation(summary = "The built-in presets, then those of the workspace by name")
    Listing<PresetAnswer> list() {
        var all = Stream.concat(
                        Arrays.stream(WeightPreset.values()).map(this::builtIn),
                        presets.list().stream().map(PresetAnswer::of))
                .toList();
        return new Listing<>(all, all.size(), null);
    }

    private PresetAnswer builtIn(WeightPreset preset) {
        return new PresetAnswer(
                preset.key(),
                sentences.of("matching.preset." + preset.key()),
                SavedPreset.of(preset.weights()),
                true,
                null,
                null,
                null,
                null,
                null);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One preset")
    ResponseEntity<PresetAnswer> show(@PathVariable String id) {
        var builtIn = Arrays.stream(WeightPreset.values())
                .filter(preset -> preset.key().equals(id))
                .findFirst();
        return builtIn.isPresent() ? ResponseEntity.ok(builtIn(builtIn.get())) : answer(get(id));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Save weights for the workspace")
    ResponseEntity<PresetAnswer> add(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = PresetRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var sent = read(json);
        try {
            var preset = presets.add(sent.name(), sent.weights());
            return ResponseEntity.created(location(preset))
                    .eTag(ETags.of(preset.version()))
                    .body(PresetAnswer.of(preset));
        } catch (Presets.NameTakenException taken) {
            throw taken(sent.name(), taken);
        }
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Replace name and weights")
    ResponseEntity<PresetAnswer> update(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = PresetRequest.class)))
                    @RequestBody
                    ObjectNode json) {
        var current = get(id);
        var version = ETags.version(ifMatch);
        var sent = read(json);
        try {
            return answer(presets.update(current, sent.name(), sent.weights(), version));
        } catch (Presets.NameTakenException taken) {
            throw taken(sent.name(), taken);
        } catch (Presets.ChangedException changed) {
            throw stale(sent, changed.current());
        }
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Remove a preset; rankings that were made with it stay as they are")
    ResponseEntity<Void> remove(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var current = get(id);
        try {
            presets.remove(current.id(), ETags.version(ifMatch));
            return ResponseEntity.noContent().build();
        } catch (Presets.ChangedException changed) {
            throw stale(null, changed.current());
        }
    }

    private PresetRequest read(ObjectNode json) {
        var problems = new ArrayList<Problem>();
        json.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name) && !OURS.contains(name))
                .forEach(name ->
                        problems.add(new Problem(name, sentences.of("matching.problem.field", name, "name, weights"))));
        var name = name(json.get("name"), problems);
        var weights = new LinkedHashMap<String, Double>();
        if (json.get("weights") instanceof ObjectNode object && !object.isEmpty()) {
            for (var property : object.properties()) {
                if (property.getValue().isNumber()) {
                    weights.put(property.getKey(), property.getValue().asDouble());
                } else {
                    problems.add(new Problem(
                            "weights." + property.getKey(),
                            sentences.of("matching.problem.weight", property.getKey())));
                }
            }
        } else {
            problems.add(new Problem("weights", sentences.of("matching.problem.preset.weights")));
        }
        compiler.weights(weights, null, "weights.", problems);
        if (problems.isEmpty() && weights.values().stream().allMatch(weight -> weight == 0)) {
            problems.add(new Problem("weights", sentences.of("matching.problem.preset.weights")));
        }
        if (!problems.isEmpty()) {
            throw ApiException.unacceptable(
                    sentences.of("matching.problem.summary", problems.size()),
                    problems.stream()
                            .map(problem -> new FieldProblem(problem.field(), problem.reason()))
                            .toList());
        }
        return new PresetRequest(name, weights);
    }

    private String name(@Nullable JsonNode node, List<Problem> problems) {
        var name = node == null || !node.isString() ? "" : node.asString().strip();
        if (name.isEmpty() || name.length() > SavedPreset.NAME_LENGTH) {
            problems.add(new Problem("name", sentences.of("matching.problem.name", SavedPreset.NAME_LENGTH)));
        }
        return name;
    }

    private SavedPreset get(String id) {
        try {
            return presets.find(UUID.fromString(id)).orElseThrow(this::notFound);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private ApiException notFound() {
        return ApiException.notFound(sentences.of("matching.problem.preset"));
    }

    private ApiException taken(String name, Presets.NameTakenException taken) {
        var existing = taken.existing();
        return ApiException.taken(
                sentences.of("matching.preset.taken", name), existing == null ? name : PresetAnswer.of(existing));
    }

    private ApiException stale(@Nullable PresetRequest yours, @Nullable SavedPreset current) {
        return current == null
                ? notFound()
                : ApiException.stale(
                        sentences.of("matching.preset.stale", current.version()), yours, PresetAnswer.of(current));
    }

    private static ResponseEntity<PresetAnswer> answer(SavedPreset preset) {
        return ResponseEntity.ok().eTag(ETags.of(preset.version())).body(PresetAnswer.of(preset));
    }

    private static URI location(SavedPreset preset) {
        return UriComponentsBuilder.fromPath("/api/v1/presets/{id}").build(preset.id());
    }
}
