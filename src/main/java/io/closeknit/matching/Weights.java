package io.closeknit.matching;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Weights in an address, {@code w.relevance=25}, and in JSON, {@code {"relevance": 25}}. */
final class Weights {
    private static final String PREFIX = "w.";

    private Weights() {}

    /** @return null where no weight is given; a weight that is not given beside others is 0 */
    static @Nullable Map<String, Double> read(
            MultiValueMap<String, String> parameters, List<Problem> problems, Sentences sentences) {
        var weights = new LinkedHashMap<String, Double>();
        parameters.forEach((name, values) -> {
            if (name.startsWith(PREFIX)) {
                var key = name.substring(PREFIX.length());
                try {
                    weights.put(key, Double.valueOf(values.getLast().strip()));
                } catch (NumberFormatException e) {
                    problems.add(new Problem(name, sentences.of("matching.problem.weight", key)));
                }
            }
        });
        return weights.isEmpty() ? null : weights;
    }

    /** @return null where the node is missing or null; what is no number is named among the problems */
    static @Nullable Map<String, Double> read(@Nullable JsonNode node, List<Problem> problems, Sentences sentences) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!(node instanceof ObjectNode object)) {
            problems.add(new Problem("weights", shape("object", sentences)));
            return null;
        }
        var weights = new LinkedHashMap<String, Double>();
        for (var property : object.properties()) {
            if (property.getValue().isNumber()) {
                weights.put(property.getKey(), property.getValue().asDouble());
            } else {
                problems.add(new Problem("weights." + property.getKey(), shape("number", sentences)));
            }
        }
        return weights;
    }

    private static String shape(String expected, Sentences sentences) {
        return sentences.of("matching.problem.shape", sentences.of("matching.problem.shape." + expected));
    }

    /** The parameter's name for a criterion. */
    static String parameter(String criterion) {
        return PREFIX + criterion;
    }
}
