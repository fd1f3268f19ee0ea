package io.closeknit.brief;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads numbers as people type them: {@code 5.000}, {@code 5,000}, {@code 5 000}, {@code 1,5}, {@code 10k}, {@code 1.2M}. */
final class TypedNumber {
    /** Spaces of every width, and the apostrophe that groups thousands in Switzerland. */
    private static final Pattern GROUPING = Pattern.compile("(?<=\\d)[\\s\\u00a0\\u2009\\u202f'’](?=\\d{3}(?:\\D|$))");

    private static final Pattern PLAIN = Pattern.compile("\\d{1,15}");
    private static final Pattern THOUSANDS = Pattern.compile("[1-9]\\d{0,2}(?:([.,])\\d{3})(?:\\1\\d{3}){0,4}");
    private static final Pattern THOUSANDS_AND_FRACTION =
            Pattern.compile("[1-9]\\d{0,2}(?:([.,])\\d{3})(?:\\1\\d{3}){0,4}(?!\\1)[.,]\\d{1,12}");
    private static final Pattern FRACTION = Pattern.compile("\\d{1,15}[.,]\\d{1,12}");

    private TypedNumber() {}

    /**
     * An amount or a count. A single separator with three digits after it groups thousands, so {@code 5.000} is five
     * thousand; before {@code k} or {@code M} it could be either, so {@code 1.500k} is not read.
     */
    static Optional<BigDecimal> read(String typed) {
        var text = typed.strip();
        var factor = BigDecimal.ONE;
        if (!text.isEmpty()) {
            factor = switch (text.charAt(text.length() - 1)) {
                case 'k', 'K' -> BigDecimal.valueOf(1_000);
                case 'm', 'M' -> BigDecimal.valueOf(1_000_000);
                default -> BigDecimal.ONE;
            };
        }
        var shortened = !factor.equals(BigDecimal.ONE);
        if (shortened) {
            text = text.substring(0, text.length() - 1).strip();
        }
        text = GROUPING.matcher(text).replaceAll("");
        String plain;
        if (PLAIN.matcher(text).matches()) {
            plain = text;
        } else if (THOUSANDS.matcher(text).matches()) {
            if (shortened) {
                return Optional.empty();
            }
            plain = text.replaceAll("[.,]", "");
        } else if (THOUSANDS_AND_FRACTION.matcher(text).matches()) {
            var point = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
            plain = text.substring(0, point).replaceAll("[.,]", "") + '.' + text.substring(point + 1);
        } else if (FRACTION.matcher(text).matches()) {
            plain = text.replace(',', '.');
        } else {
            return Optional.empty();
        }
        return Optional.of(shortest(new BigDecimal(plain).multiply(factor)));
    }

    /** As {@link #read}, where the number is whole and fits. */
    static Optional<Long> readWhole(String typed) {
        return read(typed).filter(number -> number.scale() <= 0).flatMap(number -> {
            try {
                return Optional.of(number.longValueExact());
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        });
    }

    /** A weight or an importance, where a separator is always the decimal point: {@code 0.125}, {@code 1,5}. */
    static Optional<Double> readWeight(String typed) {
        var text = typed.strip().replace(',', '.');
        if (!text.matches("(?:\\d{1,15}(?:\\.\\d{0,400})?|\\.\\d{1,400})")) {
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text));
    }

    /** Written so that {@link #read} gives the same number again. */
    static String write(BigDecimal number) {
        var shortest = shortest(number);
        // Three digits after the point would be read as thousands.
        return (shortest.scale() == 3 ? shortest.setScale(4) : shortest).toPlainString();
    }

    /** Written so that {@link #readWeight} gives the same number again. */
    static String write(double weight) {
        return shortest(new BigDecimal(Double.toString(weight))).toPlainString();
    }

    /** Without zeros at the end of the fraction, and with no exponent. */
    static BigDecimal shortest(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
