package io.closeknit.brief;

import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.DeliverableCount;
import io.closeknit.brief.BriefDocument.FollowerBand;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.Objective;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueWriter.Problem;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.Platform;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** Reads the JSON of a brief part by part, so that one part that cannot be read does not hide what is wrong elsewhere. */
final class BriefReader {
    /** Takes nothing for something else: no text for a number, no 1.5 for a whole one, no unknown field. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Enum, enums -> enums.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .build();

    private static final Set<String> FIELDS = Arrays.stream(BriefDocument.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private final BriefCheck check;
    private final ObjectNode json;
    private final List<Problem> problems = new ArrayList<>();

    private BriefReader(BriefCheck check, ObjectNode json) {
        this.check = check;
        this.json = json;
    }

    /** @param problems what could not be read, each at its field; those fields are null in the document */
    record Read(BriefDocument document, List<Problem> problems) {}

    static Read read(BriefCheck check, ObjectNode json) {
        return new BriefReader(check, json).read();
    }

    private Read read() {
        for (var field : json.propertyNames()) {
            if (!FIELDS.contains(field)) {
                problems.add(new Problem(field, check.sentence("field-unknown", String.join(", ", FIELDS))));
            }
        }
        var document = new BriefDocument(
                part("name", new TypeReference<String>() {}),
                part("brand", new TypeReference<Brand>() {}),
                part("product", new TypeReference<String>() {}),
                part("message", new TypeReference<String>() {}),
                part("objective", new TypeReference<Objective>() {}),
                part("niches", new TypeReference<List<NicheImportance>>() {}),
                part("audience", new TypeReference<TargetAudience>() {}),
                part("platforms", new TypeReference<List<Platform>>() {}),
                part("followers", new TypeReference<FollowerBand>() {}),
                part("deliverables", new TypeReference<List<DeliverableCount>>() {}),
                part("budget", new TypeReference<Money>() {}),
                part("competitorWindowDays", new TypeReference<Integer>() {}),
                part("likeCreators", new TypeReference<List<String>>() {}),
                part("excludeCreators", new TypeReference<List<String>>() {}),
                part("excludeNiches", new TypeReference<List<String>>() {}),
                part("weights", new TypeReference<Map<String, Double>>() {}));
        return new Read(document, List.copyOf(problems));
    }

    private <T> @Nullable T part(String field, TypeReference<T> type) {
        var node = json.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        try {
            return STRICT.convertValue(node, type);
        } catch (UnrecognizedPropertyException e) {
            var known = e.getKnownPropertyIds() == null
                    ? ""
                    : e.getKnownPropertyIds().stream().map(String::valueOf).collect(Collectors.joining(", "));
            problems.add(new Problem(path(field, e), check.sentence("field-unknown", known)));
        } catch (DatabindException e) {
            problems.add(new Problem(path(field, e), check.sentence("unreadable." + kind(path(field, e)))));
        } catch (JacksonException | ArithmeticException | IllegalArgumentException e) {
            problems.add(new Problem(field, check.sentence("unreadable." + kind(field))));
        }
        return null;
    }

    private static String path(String field, DatabindException e) {
        var path = new StringBuilder(field);
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append('.').append(step.getPropertyName());
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    /** What should stand at the field, as the last part of a message's key. */
    private static String kind(String path) {
        var last = path.replaceAll("\\[\\d+]", "[]").toLowerCase(Locale.ROOT);
        if (last.startsWith("weights.")) {
            return "number";
        }
        return switch (last) {
            case "objective" -> "objective";
            case "platforms[]" -> "platform";
            case "deliverables[].deliverable" -> "deliverable";
            case "niches[].importance", "budget.amount" -> "number";
            case "followers.min", "followers.max", "deliverables[].count", "competitorwindowdays" -> "whole";
            case "niches",
                    "platforms",
                    "deliverables",
                    "likecreators",
                    "excludecreators",
                    "excludeniches",
                    "brand.competitors",
                    "audience.countries",
                    "audience.ages",
                    "audience.genders",
                    "audience.languages",
                    "audience.interests" -> "list";
            case "brand", "audience", "followers", "budget", "weights", "niches[]", "deliverables[]" -> "object";
            default -> "text";
        };
    }
}
