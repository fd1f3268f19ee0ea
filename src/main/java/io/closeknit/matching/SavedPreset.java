package io.closeknit.matching;

import io.closeknit.index.Criterion;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Weights that somebody saved for the workspace.
 *
 * @param weights by key of the criterion, all eight in their order
 * @param version counts the changes
 * @param createdBy as the person was called then; null where no person did it
 */
record SavedPreset(
        UUID id,
        String name,
        Map<String, Double> weights,
        long version,
        Instant createdAt,
        @Nullable String createdBy,
        Instant updatedAt,
        @Nullable String updatedBy) {
    static final int NAME_LENGTH = 80;

    /** All eight criteria; what is not named weighs 0. */
    static Map<String, Double> complete(Map<String, Double> named) {
        var all = new LinkedHashMap<String, Double>();
        Criterion.ALL.forEach(criterion -> all.put(criterion.key(), named.getOrDefault(criterion.key(), 0.0)));
        return all;
    }

    static Map<String, Double> of(double[] values) {
        var all = new LinkedHashMap<String, Double>();
        Criterion.ALL.forEach(criterion -> all.put(criterion.key(), values[criterion.ordinal()]));
        return all;
    }

    /** By ordinal of {@link Criterion}. */
    double[] values() {
        return Criterion.ALL.stream()
                .mapToDouble(criterion -> weights.getOrDefault(criterion.key(), 0.0))
                .toArray();
    }

    boolean weighsLike(double[] others) {
        return Arrays.equals(values(), others);
    }

    /** In the address instead of the weights that are there. */
    Address on(Address address) {
        var changed = address.withoutWeights();
        for (var weight : weights.entrySet()) {
            changed = changed.with(Weights.parameter(weight.getKey()), List.of(Numbers.plain(weight.getValue())));
        }
        return changed;
    }
}
