package io.closeknit.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fit as {@code fragments/fit :: bar} draws it: as long as the score on the scale from 0 to 100, made of the criteria's
 * points.
 *
 * @param score 0 to 100, unrounded; the sum of the segments' points
 * @param low the score with everything unknown at its low end, at most the score
 * @param high the score with everything unknown at its high end, at least the score
 * @param segments in the order of {@link Criteria#KEYS}
 */
public record FitBar(double score, double low, double high, List<Segment> segments) {
    private static final double TOLERANCE = 1e-6;

    public FitBar {
        if (!(low >= -TOLERANCE && low <= score + TOLERANCE && score <= high + TOLERANCE && high <= 100 + TOLERANCE)) {
            throw new IllegalArgumentException(
                    "0 <= low <= score <= high <= 100 must hold but was " + low + ", " + score + ", " + high);
        }
        segments = List.copyOf(segments);
    }

    /**
     * One criterion.
     *
     * @param key one of {@link Criteria#KEYS}
     * @param value 0 to 1; null where not asked
     * @param weight as set, at least 0
     * @param points what it gives to the score, unrounded: 100 · weight · value / sum of weights
     * @param known false: the value stands in for one that is not known, and is drawn hatched
     * @param asked false: left out
     * @param evidence what the value was computed from, in words; may be empty
     */
    public record Segment(
            String key,
            @Nullable Double value,
            double weight,
            double points,
            boolean known,
            boolean asked,
            String evidence) {
        public Segment {
            if (!Criteria.KEYS.contains(key)) {
                throw new IllegalArgumentException("No criterion of the fit: " + key);
            }
        }
    }

    /** The score as shown: a whole number. */
    public int getShown() {
        return rounded(score);
    }

    public int getShownLow() {
        return rounded(low);
    }

    public int getShownHigh() {
        return rounded(high);
    }

    /** Whether low and high differ from each other when shown. */
    public boolean isUncertain() {
        return high - low >= 0.5;
    }

    /** What is drawn: every asked criterion with its place on the scale, points and most possible points adding up. */
    public List<Drawn> getDrawn() {
        var asked = segments.stream()
                .filter(segment -> segment.asked() && segment.weight() > 0)
                .toList();
        var weights = asked.stream().mapToDouble(Segment::weight).sum();
        var points = LargestRemainder.round(asked.stream().map(Segment::points).toList(), 0);
        var most = LargestRemainder.round(
                asked.stream().map(each -> 100 * each.weight() / weights).toList(), 0);
        var drawn = new ArrayList<Drawn>();
        var from = 0.0;
        for (var i = 0; i < asked.size(); i++) {
            var segment = asked.get(i);
            drawn.add(new Drawn(segment, from, segment.points(), points.get(i), most.get(i)));
            from += segment.points();
        }
        return drawn;
    }

    /** The criteria that count but are not known. */
    public long getUnknown() {
        return getDrawn().stream().filter(each -> !each.segment().known()).count();
    }

    private static int rounded(double value) {
        return BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP).intValue();
    }

    /** A number as SVG wants it: a percentage with two decimals. Written by hand, since a list has a thousand of them. */
    private static String percent(double value) {
        var hundredths = Math.round(Math.abs(value) * 100);
        return (value < 0 && hundredths > 0 ? "-" : "")
                + hundredths / 100
                + (hundredths % 100 < 10 ? ".0" : ".")
                + hundredths % 100
                + "%";
    }

    /** The place of low on the scale. */
    public String getLowAt() {
        return percent(low);
    }

    public String getHighAt() {
        return percent(high);
    }

    /**
     * A segment in its place.
     *
     * @param from where it begins, 0 to 100
     * @param width its points, unrounded
     * @param points as shown
     * @param most the points that a value of 1 would give, as shown
     */
    public record Drawn(Segment segment, double from, double width, BigDecimal points, BigDecimal most) {
        public String getKey() {
            return segment.key();
        }

        public String getX() {
            return percent(from);
        }

        public String getEnd() {
            return percent(from + width);
        }

        public String getLength() {
            return percent(width);
        }

        /** The value as a width. */
        public String getValueAt() {
            return percent(segment.value() == null ? 0 : 100 * segment.value());
        }

        public String getFill() {
            return segment.known() ? "ck-fill-" + segment.key() : "ck-hatched-" + segment.key();
        }
    }
}
