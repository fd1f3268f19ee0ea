package io.closeknit.importing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a moment: ISO 8601 with or without a time, {@code 31.12.2025}, and {@code 12/31/2025} where only one order is possible. */
final class DateCell {
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");
    private static final Pattern SLASHES = Pattern.compile("(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})");

    private DateCell() {}

    /** A day is its first moment in UTC; empty where the cell is no date, or could be two. */
    static Optional<Instant> parse(String cell) {
        var text = cell.strip();
        if (text.length() > 40) {
            return Optional.empty();
        }
        try {
            var year = YEAR_FIRST.matcher(text);
            if (year.matches()) {
                return day(year.group(1), year.group(2), year.group(3));
            }
            var day = DAY_FIRST.matcher(text);
            if (day.matches()) {
                return day(day.group(3), day.group(2), day.group(1));
            }
            var slashes = SLASHES.matcher(text);
            if (slashes.matches()) {
                var first = Integer.parseInt(slashes.group(1));
                var second = Integer.parseInt(slashes.group(2));
                if (first != second && first <= 12 && second <= 12) {
                    return Optional.empty();
                }
                return first > 12
                        ? day(slashes.group(3), slashes.group(2), slashes.group(1))
                        : day(slashes.group(3), slashes.group(1), slashes.group(2));
            }
            var iso = text.replace(' ', 'T');
            try {
                return Optional.of(OffsetDateTime.parse(iso).toInstant());
            } catch (DateTimeException e) {
                return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
            }
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> day(String year, String month, String day) {
        return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
    }
}
