package io.closeknit.matching;

import io.closeknit.index.Criterion;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a creator moved in the list when weights were moved.
 *
 * @param by ranks, at least 1 for {@link Kind#UP} and {@link Kind#DOWN}, else 0
 */
record Movement(Kind kind, int by) {
    /** How far down the ranking before is looked for somebody; who was further down is new. */
    static final int LOOKED_AT = 200;

    /** Which way. */
    enum Kind {
        UP,
        DOWN,
        SAME,
        /** She was not among the first {@value Movement#LOOKED_AT}. */
        NEW
    }

    /** @param before ranks by slug of the first {@value #LOOKED_AT} */
    static Movement of(String slug, int rank, Map<String, Integer> before) {
        var was = before.get(slug);
        if (was == null) {
            return new Movement(Kind.NEW, 0);
        }
        return was == rank
                ? new Movement(Kind.SAME, 0)
                : new Movement(was > rank ? Kind.UP : Kind.DOWN, Math.abs(was - rank));
    }

    /** '▲3', '▼2'; empty for the others. */
    public String getSign() {
        return switch (kind) {
            case UP -> "▲" + by;
            case DOWN -> "▼" + by;
            case SAME, NEW -> "";
        };
    }

    // ---- the weights before, as the form says them

    /** '25,25,15,10,10,5,5,5': by {@link Criterion} in its order. */
    static String write(double[] weights) {
        return Arrays.stream(weights).mapToObj(Numbers::plain).collect(Collectors.joining(","));
    }

    /** @return empty for what is none, or says nothing */
    static Optional<double[]> read(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return Optional.empty();
        }
        try {
            var weights = Arrays.stream(written.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return weights.length == Criterion.COUNT
                            && Arrays.stream(weights).allMatch(weight -> Double.isFinite(weight) && weight >= 0)
                    ? Optional.of(weights)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
