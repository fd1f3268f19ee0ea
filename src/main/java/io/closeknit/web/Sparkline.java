package io.closeknit.web;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The run of a figure at the size of a word, {@code fragments/charts :: sparkline}.
 *
 * @param values oldest first, evenly spaced, finite; fewer than two draw nothing
 * @param label what it shows, in words, for those who cannot see it: 'Followers, up from 12.1K to 18.4K'
 */
public record Sparkline(List<Double> values, String label) {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 24;
    private static final int MARGIN = 3;

    public Sparkline {
        values = List.copyOf(values);
    }

    public boolean isDrawn() {
        return values.size() > 1;
    }

    /** The points of an SVG polyline on 96 by 24. */
    public String getPoints() {
        return IntStream.range(0, values.size())
                .mapToObj(at -> String.format(Locale.ROOT, "%.1f,%.1f", x(at), y(at)))
                .collect(Collectors.joining(" "));
    }

    public String getLastX() {
        return String.format(Locale.ROOT, "%.1f", x(values.size() - 1));
    }

    public String getLastY() {
        return String.format(Locale.ROOT, "%.1f", y(values.size() - 1));
    }

    private double x(int at) {
        return MARGIN + (WIDTH - 2.0 * MARGIN) * at / Math.max(1, values.size() - 1);
    }

    private double y(int at) {
        var low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return high == low ? HEIGHT / 2.0 : MARGIN + (HEIGHT - 2.0 * MARGIN) * (high - values.get(at)) / (high - low);
    }
}
