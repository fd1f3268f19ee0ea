package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a moment: ISO 8601 with or without a time, {@code 31.12.2025}, {@code 12/31/2025}, {@code 6 Sep 2025},
 * {@code September 6, 2025}, {@code 2025-09}, serial numbers of Excel, seconds and milliseconds since 1970.
 */
final class DateCell {
    private static final String TIME =
            "(?:[T ,]+(?<time>\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s*(?<half>am|pm)?\\s*(?:z|utc|gmt)?)?";
    private static final Pattern YEAR_FIRST = pattern("(?<y>\\d{4})[-/.](?<m>\\d{1,2})[-/.](?<d>\\d{1,2})");
    private static final Pattern DAY_FIRST =
            pattern("(?<d>\\d{1,2})\\.\\s?(?<m>\\d{1,2})\\.\\s?(?<y>\\d{4}|\\d{2})\\.?");
    private static final Pattern SLASHES = pattern("(?<m>\\d{1,2})[/-](?<d>\\d{1,2})[/-](?<y>\\d{4}|\\d{2})");
    private static final Pattern NAMED_DAY = pattern(
            "(?:\\p{L}{2,12},?\\s)?(?<d>\\d{1,2})(?:st|nd|rd|th|\\.)?[\\s-](?:de\\s)?(?<m>\\p{L}{3,12})\\.?,?[\\s-](?:de\\s)?(?<y>\\d{4})");
    private static final Pattern NAMED_MONTH =
            pattern("(?:\\p{L}{2,12},?\\s)?(?<m>\\p{L}{3,12})\\.?\\s(?<d>\\d{1,2})(?:st|nd|rd|th)?,?\\s(?<y>\\d{4})");
    /** Nobody had followers before; 1970 is what programs write where they know nothing. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final Pattern MONTH_ONLY = Pattern.compile("(\\d{4})-(\\d{2})");
    private static final Pattern NUMBER = Pattern.compile("\\d{5}(?:\\.\\d{1,12})?|\\d{10}(?:\\.0{1,3})?|\\d{13}");
    private static final Map<String, Integer> MONTHS = months();

    private DateCell() {}

    private static Pattern pattern(String day) {
        return Pattern.compile(day + TIME, Pattern.CASE_INSENSITIVE);
    }

    /** A day is its first moment in UTC; empty where the cell is no date, or could be two. */
    static Optional<Instant> parse(String cell) {
        return parse(cell, null);
    }

    /** @param order of day and month where the cell itself does not show it; null where nobody knows */
    static Optional<Instant> parse(String cell, @Nullable Unit order) {
        return read(cell, order).filter(moment -> !moment.isBefore(EARLIEST) && moment.isBefore(LATEST));
    }

    private static Optional<Instant> read(String cell, @Nullable Unit order) {
        var text = cell.strip();
        if (text.length() < 5 || text.length() > 60) {
            return Optional.empty();
        }
        try {
            for (var shape : List.of(YEAR_FIRST, DAY_FIRST)) {
                var match = shape.matcher(text);
                if (match.matches()) {
                    return moment(match, number(match.group("m")), number(match.group("d")));
                }
            }
            var slashes = SLASHES.matcher(text);
            if (slashes.matches()) {
                return slashes(slashes, order);
            }
            for (var shape : List.of(NAMED_DAY, NAMED_MONTH)) {
                var match = shape.matcher(text);
                if (match.matches() && month(match.group("m")) > 0) {
                    return moment(match, month(match.group("m")), number(match.group("d")));
                }
            }
            var only = MONTH_ONLY.matcher(text);
            if (only.matches()) {
                return Optional.of(LocalDate.of(number(only.group(1)), number(only.group(2)), 1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC));
            }
            return NUMBER.matcher(text).matches() ? ofNumber(Double.parseDouble(text)) : iso(text);
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> slashes(Matcher slashes, @Nullable Unit order) {
        var first = number(slashes.group("m"));
        var second = number(slashes.group("d"));
        if (first > 12) {
            return moment(slashes, second, first);
        }
        if (second > 12 || first == second || order == Unit.MONTH_FIRST) {
            return moment(slashes, first, second);
        }
        return order == Unit.DAY_FIRST ? moment(slashes, second, first) : Optional.empty();
    }

    private static Optional<Instant> iso(String text) {
        var iso = text.replace(' ', 'T');
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException e) {
            return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        }
    }

    /** Whether day and month can change places: {@code 3/11/2026}. */
    static boolean isAmbiguous(String cell) {
        return parse(cell).isEmpty() && parse(cell, Unit.DAY_FIRST).isPresent();
    }

    /** What a cell says about the order of its column; null where it says nothing. */
    static @Nullable Unit order(String cell) {
        var text = cell.strip();
        var slashes = SLASHES.matcher(text.length() > 60 ? "" : text);
        if (!slashes.matches()) {
            return null;
        }
        var first = number(slashes.group("m"));
        var second = number(slashes.group("d"));
        if (first > 12) {
            return second <= 12 ? Unit.DAY_FIRST : null;
        }
        return second > 12 ? Unit.MONTH_FIRST : null;
    }

    /** Serial days of Excel from 2000 on, seconds or milliseconds since 1970. */
    private static Optional<Instant> ofNumber(double number) {
        if (number < 100_000) {
            return number < 36_526 || number > 60_000
                    ? Optional.empty()
                    : Optional.of(LocalDate.of(1899, 12, 30)
                            .atStartOfDay()
                            .plusSeconds(Math.round(number * 86_400))
                            .toInstant(ZoneOffset.UTC));
        }
        return Optional.of(number < 1e11 ? Instant.ofEpochSecond((long) number) : Instant.ofEpochMilli((long) number));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static Optional<Instant> moment(Matcher match, int month, int day) {
        var year = match.group("y");
        var date = LocalDate.of(year.length() == 2 ? 2000 + number(year) : number(year), month, day);
        var time = match.group("time");
        var clock = time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time.indexOf(':') == 1 ? "0" + time : time);
        var half = match.group("half");
        if (half != null) {
            clock = clock.withHour(clock.getHour() % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0));
        }
        return Optional.of(date.atTime(clock).toInstant(ZoneOffset.UTC));
    }

    private static int month(String word) {
        return MONTHS.getOrDefault(NicheTree.key(word), 0);
    }

    private static Map<String, Integer> months() {
        var months = new HashMap<String, Integer>();
        for (var language : List.of("en", "de", "fr", "es", "pt", "it", "nl", "hr", "sl", "pl", "sv", "cs")) {
            for (var month : Month.values()) {
                for (var style : List.of(
                        TextStyle.FULL, TextStyle.FULL_STANDALONE, TextStyle.SHORT, TextStyle.SHORT_STANDALONE)) {
                    months.putIfAbsent(
                            NicheTree.key(month.getDisplayName(style, Locale.of(language))), month.getValue());
                }
            }
        }
        months.put("sept", 9);
        months.remove("");
        return Map.copyOf(months);
    }
}
