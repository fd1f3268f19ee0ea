package io.closeknit.web;

import java.util.List;
import java.util.Locale;

/**
 * An audience by age and gender, {@code fragments/charts :: pyramid}: women to the left, men to the right, one row for
 * each band of ages, all on the same scale.
 *
 * @param bands youngest first
 */
public record AgePyramid(List<Band> bands) {
    public AgePyramid {
        bands = List.copyOf(bands);
    }

    /**
     * @param ages such as {@code 25-34}
     * @param female share of the whole audience, 0 to 1
     * @param male share of the whole audience, 0 to 1
     * @param marked what the brief asks for
     */
    public record Band(String ages, double female, double male, boolean marked) {
        public Band {
            if (!(female >= 0 && female <= 1 && male >= 0 && male <= 1)) {
                throw new IllegalArgumentException("Shares must be 0 to 1 but were " + female + ", " + male);
            }
        }

        /** 25–34. */
        public String getLabel() {
            return ages.replace('-', '–');
        }
    }

    /** The width of a bar, against the longest. */
    public String width(double share) {
        return percent(share);
    }

    /** Where a bar begins that ends at the right edge. */
    public String start(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 - 100 * relative(share));
    }

    private String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * relative(share));
    }

    private double relative(double share) {
        var longest = bands.stream()
                .mapToDouble(band -> Math.max(band.female(), band.male()))
                .max()
                .orElse(0);
        return longest == 0 ? 0 : share / longest;
    }
}
