package io.closeknit.matching;

import io.closeknit.index.Criterion;
import io.closeknit.index.Ranking;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The difference between two scores, taken apart by criterion so that what is shown adds up to it. */
final class Differences {
    /** Behind the point, wherever a difference is shown. */
    static final int DECIMALS = 1;

    private Differences() {}

    /**
     * @param points of the first less those of the second, unrounded; negative where the second has more
     * @param shown rounded
     * @param parts by criterion in their order, only what is asked; they add up, as they are and as they are shown
     */
    record Difference(double points, BigDecimal shown, List<Part> parts) {}

    /** What one criterion adds to a difference. */
    record Part(Criterion criterion, double points, BigDecimal shown) {}

    static Difference between(Ranking.Item first, Ranking.Item second) {
        var criteria = new ArrayList<Criterion>();
        var points = new ArrayList<Double>();
        for (var i = 0; i < Criterion.COUNT; i++) {
            var one = first.criteria().get(i);
            var other = second.criteria().get(i);
            if (one.asked() || other.asked()) {
                criteria.add(one.criterion());
                points.add(one.points() - other.points());
            }
        }
        return of(criteria, points);
    }

    /** @param points as many as criteria */
    static Difference of(List<Criterion> criteria, List<Double> points) {
        var shown = round(points, DECIMALS);
        var parts = IntStream.range(0, points.size())
                .mapToObj(i -> new Part(criteria.get(i), points.get(i), shown.get(i)))
                .toList();
        return new Difference(
                points.stream().mapToDouble(Double::doubleValue).sum(),
                shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                parts);
    }

    /**
     * By largest remainder, with parts of either sign: every part is rounded down, then those with the largest remainders up
     * again until the rounded sum is reached; of equal remainders the earlier part's. No part moves by a whole unit.
     *
     * @param parts finite
     * @return as many as parts, in their order; they add up to the sum of the parts, rounded half away from zero
     */
    static List<BigDecimal> round(List<Double> parts, int decimals) {
        var exact = parts.stream()
                // Sixteen digits hold every double; beyond twelve lies the noise of subtracting.
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
