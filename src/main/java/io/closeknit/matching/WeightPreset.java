package io.closeknit.matching;

import io.closeknit.brief.BriefDocument.Objective;
import io.closeknit.index.Criterion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Weights for a purpose, by {@link Criterion} in its order, each set summing to 100. A brief's objective suggests one and
 * changes nothing by itself. Only {@link #BALANCED} is the defaults that FIT.md argues for; the others move weight to
 * what their name says and keep enough on relevance and audience that somebody off the topic cannot come first.
 */
enum WeightPreset {
    /** The defaults. */
    BALANCED(25, 25, 15, 10, 10, 5, 5, 5),
    /** Belief, bond and unspent credit carry half of the score: for products that need explaining. */
    TRUST(20, 15, 20, 15, 15, 5, 10, 0),
    /** As many people of the target as possible, who exist, at a fair price; who speaks matters less. */
    REACH(15, 35, 10, 5, 5, 0, 15, 15),
    /** What an engaged person of the target costs weighs most. */
    BUDGET(20, 20, 10, 5, 5, 5, 5, 30);

    private final double[] weights;

    WeightPreset(double... weights) {
        this.weights = weights;
    }

    /** By ordinal of {@link Criterion}. */
    double[] weights() {
        return weights.clone();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the address instead of the weights that are there. */
    Address on(Address address) {
        var changed = address.withoutWeights();
        for (var criterion : Criterion.ALL) {
            changed = changed.with(
                    Weights.parameter(criterion.key()), List.of(Numbers.plain(weights[criterion.ordinal()])));
        }
        return changed;
    }

    /** What an objective suggests; null where there is none. */
    static @Nullable WeightPreset forObjective(@Nullable Objective objective) {
        return switch (objective) {
            case AWARENESS -> REACH;
            case CONSIDERATION -> TRUST;
            case SALES -> BUDGET;
            case null -> null;
        };
    }
}
