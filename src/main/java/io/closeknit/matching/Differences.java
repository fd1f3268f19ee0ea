package io.closeknit.matching;

import io.closeknit.index.Criterion;
import io.closeknit.index.Ranking;
import io.closeknit.web.LargestRemainder;
import java.math.BigDecimal;
import java.util.ArrayList;
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
        var shown = LargestRemainder.roundSigned(points, DECIMALS);
        var parts = IntStream.range(0, points.size())
                .mapToObj(i -> new Part(criteria.get(i), points.get(i), shown.get(i)))
                .toList();
        return new Difference(
                points.stream().mapToDouble(Double::doubleValue).sum(),
                shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                parts);
    }
}
