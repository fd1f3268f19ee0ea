package io.closeknit.web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rounds parts so that what is shown adds up to the whole that is shown. */
public final class LargestRemainder {
    private LargestRemainder() {}

    /**
     * Rounds every part down, then up again those with the largest remainders until the sum is reached; of equal
     * remainders the earlier part's. No part moves by a whole unit.
     *
     * @param parts finite and at least 0
     * @param decimals of the results, 0 or more
     * @return as many as parts, in their order; they add up to the sum of the parts, rounded half up
     */
    public static List<BigDecimal> round(List<Double> parts, int decimals) {
        for (var part : parts) {
            if (!Double.isFinite(part) || part < 0) {
                throw new IllegalArgumentException("A part must be a finite number >= 0 but was " + part);
            }
        }
        return roundSigned(parts, decimals);
    }

    /**
     * The same for parts of either sign.
     *
     * @param parts finite
     * @param decimals of the results, 0 or more
     * @return as many as parts, in their order; they add up to the sum of the parts, rounded half away from zero
     */
    public static List<BigDecimal> roundSigned(List<Double> parts, int decimals) {
        var exact = parts.stream()
                // Sixteen digits hold every double; beyond twelve lies the noise of adding up.
                .map(part -> new BigDecimal(part).round(new MathContext(16)).setScale(12, RoundingMode.HALF_UP))
                .toList();
        var wanted = exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(decimals, RoundingMode.HALF_UP);
        var shown = new ArrayList<>(exact.stream()
                .map(part -> part.setScale(decimals, RoundingMode.FLOOR))
                .toList());
        var unit = BigDecimal.ONE.movePointLeft(decimals);
        var missing = wanted.subtract(shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .movePointRight(decimals)
                .intValueExact();
        IntStream.range(0, shown.size())
                .boxed()
                .sorted(Comparator.comparing((Integer at) -> exact.get(at).subtract(shown.get(at)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(missing)
                .toList()
                .forEach(at -> shown.set(at, shown.get(at).add(unit)));
        return List.copyOf(shown);
    }
}
