package io.closeknit.matching;

import io.closeknit.catalogue.CatalogueWriter.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Weights in an address: {@code w.relevance=25}. */
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

    /** The parameter's name for a criterion. */
    static String parameter(String criterion) {
        return PREFIX + criterion;
    }
}
