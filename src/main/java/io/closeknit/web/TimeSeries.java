package io.closeknit.web;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A figure over time with axes, {@code fragments/charts :: timeseries}. The scale begins at 0 unless the figure varies by
 * less than a third of its height; then it begins below the lowest value, and the axis says where.
 *
 * @param name what it shows, already worded
 * @param unit how values are written
 * @param points any order, kept by day; none: the fragment says so; one: drawn as a dot
 */
public record TimeSeries(String name, Unit unit, List<Point> points) {
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1000;
    private static final int TICKS = 4;
    private static final int DATES = 4;

    public TimeSeries {
        points = points.stream().sorted(Comparator.comparing(Point::on)).toList();
    }

    /** How the values of a series are written. */
    public enum Unit {
        /** 12.4K. */
        COUNT,
        /** A fraction, written 3.8 %. */
        FRACTION
    }

    /** @param value finite, at least 0 */
    public record Point(LocalDate on, double value) {
        public Point {
            if (!Double.isFinite(value) || value < 0) {
                throw new IllegalArgumentException("A value must be a finite number >= 0 but was " + value);
            }
        }
    }

    /** The line on a square of 1000, which the fragment stretches. */
    public String getLine() {
        return points.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.on()) * WIDTH, y(point.value()) * HEIGHT))
                .collect(Collectors.joining(" "));
    }

    public List<Dot> getDots() {
        return points.stream()
                .map(point -> new Dot(point, at(x(point.on())), at(y(point.value()))))
                .toList();
    }

    /** Where lines are drawn across, highest first. */
    public List<Tick> getTicks() {
        var ticks = new ArrayList<Tick>();
        var step = step();
        for (var value = top(); value > bottom() - step / 2; value -= step) {
            ticks.add(new Tick(Math.max(0, value), at(y(value))));
        }
        return ticks;
    }

    /** Days below the axis, the first and the last among them. */
    public List<Day> getDays() {
        var days = new ArrayList<Day>();
        var first = points.getFirst().on();
        var span = span();
        var format = DateTimeFormatter.ofPattern(span > 300 ? "MMM uuuu" : "d MMM", Locale.ENGLISH);
        var count = span == 0 ? 1 : (int) Math.min(DATES, span + 1);
        for (var i = 0; i < count; i++) {
            var day = count == 1 ? first : first.plusDays(Math.round((double) span * i / (count - 1)));
            days.add(new Day(
                    format.format(day),
                    at(x(day)),
                    count == 1 ? "middle" : i == 0 ? "start" : i == count - 1 ? "end" : "middle"));
        }
        return days;
    }

    public Point getFirst() {
        return points.getFirst();
    }

    public Point getLast() {
        return points.getLast();
    }

    private long span() {
        return ChronoUnit.DAYS.between(points.getFirst().on(), points.getLast().on());
    }

    private double x(LocalDate day) {
        var span = span();
        return span == 0
                ? 0.5
                : (double) ChronoUnit.DAYS.between(points.getFirst().on(), day) / span;
    }

    private double y(double value) {
        return 1 - (value - bottom()) / (top() - bottom());
    }

    private double low() {
        return points.stream().mapToDouble(Point::value).min().orElse(0);
    }

    private double high() {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }

    private boolean cut() {
        return low() > high() * 2 / 3 && high() > low();
    }

    /** A round number, so that about four lines cover the range. */
    private double step() {
        var range = high() - (cut() ? low() : 0);
        if (range <= 0) {
            return high() > 0 ? high() : unit == Unit.FRACTION ? 0.01 : 1;
        }
        var rough = range / TICKS;
        var power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (var round : new double[] {1, 2, 2.5, 5, 10}) {
            // Nobody is followed by half a person.
            if (round * power >= rough * 0.999 && (unit == Unit.FRACTION || round * power >= 1)) {
                return round * power;
            }
        }
        return 10 * power;
    }

    private double bottom() {
        return cut() ? Math.floor(low() / step() + 1e-9) * step() : 0;
    }

    private double top() {
        var top = Math.ceil(high() / step() - 1e-9) * step();
        return top > bottom() ? top : bottom() + step();
    }

    private static String at(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }

    /** A point in its place, both as percentages. */
    public record Dot(Point point, String x, String y) {}

    public record Tick(double value, String y) {}

    /** @param anchor how the text lies to its place: start, middle or end */
    public record Day(String text, String x, String anchor) {}
}
