package io.closeknit.index;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The eight criteria of the fit, in the order in which they come everywhere. See docs/fit.md. */
public enum Criterion {
    /** Whether she publishes about what the brief is about. */
    RELEVANCE(25),
    /** Whether her audience is the people whom the brief wants to reach. */
    AUDIENCE(25),
    /** How strongly her audience reacts, and she to it, compared with her peers. */
    BOND(15),
    /** How much of her credit she has not spent on promotion. */
    CREDIBILITY(10),
    /** Whether there is evidence that she would believe in this brand. */
    BELIEF(10),
    /** How much one thing holds her audience together. */
    FOCUS(5),
    /** Whether her followers exist. */
    AUTHENTICITY(5),
    /** What a booking costs per engaged person of the target. */
    VALUE(5);

    /** How many there are. */
    public static final int COUNT = 8;

    /** All of them, in order. */
    public static final List<Criterion> ALL = List.of(values());

    private final double defaultWeight;
    private final String key = name().toLowerCase(Locale.ROOT);

    Criterion(double defaultWeight) {
        this.defaultWeight = defaultWeight;
    }

    /** The weight where neither the request nor the brief says one; the eight sum to 100. */
    public double defaultWeight() {
        return defaultWeight;
    }

    /** The name in the API and in addresses. */
    public String key() {
        return key;
    }

    public static Optional<Criterion> byKey(String key) {
        return Arrays.stream(values()).filter(c -> c.key.equals(key)).findFirst();
    }

    /** The default weights by ordinal. */
    public static double[] defaultWeights() {
        return ALL.stream().mapToDouble(Criterion::defaultWeight).toArray();
    }
}
