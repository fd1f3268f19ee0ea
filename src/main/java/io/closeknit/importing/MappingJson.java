package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.NumberCell.DecimalMark;
import io.closeknit.niche.NicheTree;
import io.closeknit.web.FieldProblem;
import io.closeknit.web.UnwantedCharacters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A mapping as the API and the database have it: {@code {"columns": {"Followers": {"field": "followers", "unit": "count",
 * "platform": "tiktok", "decimal": ","}}, "niches": {"fasion": "fashion"}}}. A field of null leaves the column out.
 */
final class MappingJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> PARTS = Set.of("columns", "niches");
    private static final Set<String> SETTINGS = Set.of("field", "unit", "platform", "decimal");

    private MappingJson() {}

    static String write(FileMapping mapping) {
        var json = JSON.createObjectNode();
        var columns = json.putObject("columns");
        for (var column : mapping.columns()) {
            var settings = columns.putObject(column.column());
            var field = column.field();
            settings.put("field", field == null ? null : field.key());
            var unit = column.unit();
            if (unit != null) {
                settings.put("unit", unit.key());
            }
            var platform = column.platform();
            if (platform != null) {
                settings.put("platform", platform.key());
            }
            if (column.decimal() != DecimalMark.UNCLEAR) {
                settings.put("decimal", column.decimal() == DecimalMark.COMMA ? "," : ".");
            }
        }
        var niches = json.putObject("niches");
        mapping.niches().forEach(niches::put);
        if (mapping.sheet() != null) {
            json.put("sheet", mapping.sheet());
        }
        return JSON.writeValueAsString(json);
    }

    /**
     * Puts what somebody sent over what was recognised.
     *
     * @param problems gets what cannot be accepted, by field; the reason is a {@link Sentence}
     * @return the recognised mapping where there is a problem
     */
    static FileMapping apply(@Nullable String sent, FileInspection file, NicheTree tree, List<FieldProblem> problems) {
        var recognised = file.mapping();
        if (sent == null || sent.isBlank()) {
            return recognised;
        }
        if (!(read(sent) instanceof ObjectNode json)) {
            problems.add(problem("mapping", "json"));
            return recognised;
        }
        if (holdsUnwanted(json)) {
            problems.add(problem("mapping", "characters"));
            return recognised;
        }
        for (var part : json.propertyNames()) {
            if (!PARTS.contains(part)) {
                problems.add(problem("mapping." + part, "part", part));
            }
        }
        var columns = columns(json.get("columns"), file, problems);
        var niches = niches(json.get("niches"), tree, problems);
        return problems.isEmpty() ? new FileMapping(columns, niches, file.sheet()) : recognised;
    }

    /** Whether a name or a text in it has characters that nobody types and the database does not keep, as everywhere. */
    private static boolean holdsUnwanted(JsonNode json) {
        return json.isString() && isUnwanted(json.asString())
                || json.propertyStream()
                        .anyMatch(entry -> isUnwanted(entry.getKey()) || holdsUnwanted(entry.getValue()))
                || json.valueStream().anyMatch(MappingJson::holdsUnwanted);
    }

    private static boolean isUnwanted(String text) {
        return UnwantedCharacters.first(text).isPresent();
    }

    /** The sheet that a stored mapping speaks of; null where it speaks of none. */
    static @Nullable String sheet(String stored) {
        return read(stored) instanceof ObjectNode json ? text(json, "sheet") : null;
    }

    /** What {@link #write} wrote. */
    static FileMapping read(String stored, FileInspection file) {
        if (!(read(stored) instanceof ObjectNode json)) {
            return file.mapping();
        }
        var columns = new ArrayList<ColumnMapping>();
        var settings = json.get("columns");
        for (var column : file.columns()) {
            var problems = new ArrayList<FieldProblem>();
            var one = settings == null ? null : settings.get(column.name());
            var base = ColumnMapping.ignored(column.name());
            columns.add(one instanceof ObjectNode object ? column(base, object, column, "", problems) : base);
        }
        var niches = new HashMap<String, String>();
        if (json.get("niches") instanceof ObjectNode object) {
            object.properties()
                    .forEach(
                            entry -> niches.put(entry.getKey(), entry.getValue().asString()));
        }
        return new FileMapping(columns, niches, file.sheet());
    }

    private static @Nullable JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static List<ColumnMapping> columns(
            @Nullable JsonNode sent, FileInspection file, List<FieldProblem> problems) {
        var columns = new LinkedHashMap<String, ColumnMapping>();
        file.recognised().forEach(column -> columns.put(column.mapping().column(), column.mapping()));
        if (sent == null || sent.isNull()) {
            return List.copyOf(columns.values());
        }
        if (!(sent instanceof ObjectNode object)) {
            problems.add(problem("mapping.columns", "columns"));
            return List.copyOf(columns.values());
        }
        for (var entry : object.properties()) {
            var path = "mapping.columns." + entry.getKey();
            var profile = file.column(entry.getKey()).orElse(null);
            var before = columns.get(entry.getKey());
            if (profile == null || before == null) {
                problems.add(problem(path, "column", entry.getKey(), String.join(", ", columns.keySet())));
            } else if (entry.getValue() instanceof ObjectNode settings) {
                columns.put(entry.getKey(), column(before, settings, profile, path, problems));
            } else {
                problems.add(problem(path, "settings"));
            }
        }
        return freed(columns, object);
    }

    /** A column that was chosen takes its field from the one that was only recognised. */
    private static List<ColumnMapping> freed(Map<String, ColumnMapping> columns, ObjectNode sent) {
        var result = new ArrayList<ColumnMapping>();
        for (var column : columns.values()) {
            var field = column.field();
            var loses = field != null
                    && !field.takesMany()
                    && !sent.has(column.column())
                    && columns.values().stream()
                            .anyMatch(other -> other != column
                                    && other.field() == field
                                    && other.platform() == column.platform()
                                    && sent.has(other.column()));
            result.add(loses ? ColumnMapping.ignored(column.column()) : column);
        }
        return result;
    }

    private static ColumnMapping column(
            ColumnMapping before, ObjectNode sent, ColumnProfile profile, String path, List<FieldProblem> problems) {
        for (var setting : sent.propertyNames()) {
            if (!SETTINGS.contains(setting)) {
                problems.add(problem(path + "." + setting, "setting", setting));
            }
        }
        var field = before.field();
        var platform = before.platform();
        var sentPlatform = text(sent, "platform");
        if (sentPlatform != null) {
            var known = HeaderWords.platformOfWord(sentPlatform);
            if (known.isEmpty()) {
                problems.add(problem(path + ".platform", "platform", sentPlatform, platforms()));
            }
            platform = known.orElse(null);
        }
        if (sent.has("field")) {
            var name = text(sent, "field");
            field = name == null ? null : ImportField.ofKey(name).orElse(null);
            if (name != null && field == null) {
                problems.add(problem(path + ".field", "field", name, String.join(", ", ImportField.keys())));
            }
        }
        if (field != null && !path.isEmpty() && ColumnRecogniser.isSpecial(profile)) {
            problems.add(problem(path, "special", before.column()));
            field = null;
        }
        var base = field == before.field()
                ? before
                : ColumnRecogniser.as(profile, field, platform).mapping();
        var unit = base.unit();
        var sentUnit = text(sent, "unit");
        if (sentUnit != null) {
            unit = Unit.ofKey(sentUnit).orElse(null);
            if (unit == null) {
                problems.add(problem(path + ".unit", "unit", sentUnit));
            } else if (field != null && !unit.isOf(field.kind())) {
                problems.add(problem(path + ".unit", "unit.other", field.key(), sentUnit));
            }
        }
        var decimal = base.decimal();
        var sentDecimal = text(sent, "decimal");
        if (sentDecimal != null) {
            if (sentDecimal.equals(",") || sentDecimal.equals(".")) {
                decimal = sentDecimal.equals(",") ? DecimalMark.COMMA : DecimalMark.POINT;
            } else {
                problems.add(problem(path + ".decimal", "decimal", sentDecimal));
            }
        }
        return new ColumnMapping(
                before.column(), field, field != null && field.ofAccount() ? platform : null, unit, decimal);
    }

    private static Map<String, String> niches(@Nullable JsonNode sent, NicheTree tree, List<FieldProblem> problems) {
        var niches = new HashMap<String, String>();
        if (sent == null || sent.isNull()) {
            return niches;
        }
        if (!(sent instanceof ObjectNode object)) {
            problems.add(problem("mapping.niches", "niches"));
            return niches;
        }
        for (var entry : object.properties()) {
            var path = "mapping.niches." + entry.getKey();
            var value = entry.getValue();
            var word = value.isNull() ? NicheWords.NOTHING : value.isString() ? value.stringValue() : null;
            if (word == null) {
                problems.add(problem(path, "niche.settings"));
            } else if (word.equals(NicheWords.NOTHING) || word.equals(NicheWords.HASHTAG)) {
                niches.put(NicheWords.key(entry.getKey()), word);
            } else {
                tree.resolve(word)
                        .ifPresentOrElse(
                                niche -> niches.put(NicheWords.key(entry.getKey()), niche.slug()),
                                () -> problems.add(problem(path, "niche", word)));
            }
        }
        return niches;
    }

    /** @param key of the sentence, without what all begin with */
    private static FieldProblem problem(String path, String key, Object... arguments) {
        return new FieldProblem(path, Sentence.of("importing.problem." + key, arguments));
    }

    /** As they are written, for a sentence. */
    static String platforms() {
        return Arrays.stream(Platform.values()).map(Platform::key).collect(Collectors.joining(", "));
    }

    private static @Nullable String text(ObjectNode json, String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
