package io.closeknit.importing;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a sheet as records of CSV, separated by commas: so they are understood, rejected and sent again like those
 * of any table. A cell is what its format says: a date is written as one, {@code 0.034} shown as a percentage is
 * {@code 3.4%}, an amount of euros keeps its sign.
 */
final class WorkbookRecords implements RecordReader {
    private static final int MOST_CELLS = 16_384;
    private static final Pattern QUOTED_OR_ESCAPED = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[[^\\]]*\\]");
    private static final Map<String, String> CURRENCY_SIGNS =
            Map.of("€", "EUR", "£", "GBP", "CHF", "CHF", "zł", "PLN", "EUR", "EUR", "USD", "USD", "GBP", "GBP");

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private boolean ended;
    private long lastRow;

    WorkbookRecords(ReadableWorkbook workbook, Sheet sheet) throws IOException {
        this.workbook = workbook;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        while (!ended) {
            Row row;
            try {
                if (!rows.hasNext()) {
                    ended = true;
                    return null;
                }
                row = rows.next();
                var text = text(row);
                lastRow = row.getRowNum();
                if (text == null) {
                    continue;
                }
                return text.length() > RawRecord.LIMIT
                        ? new RawRecord(
                                lastRow,
                                text.substring(0, RawRecord.KEPT),
                                Sentence.of("importing.reject.tooLong", RawRecord.LIMIT))
                        : new RawRecord(lastRow, text, null);
            } catch (RuntimeException e) {
                // The library throws what its parser says; behind the damage nothing can be read.
                ended = true;
                return new RawRecord(lastRow + 1, "", Sentence.of("importing.reject.damagedSheet", lastRow + 1));
            }
        }
        return null;
    }

    /** Null where the row is blank. */
    private @Nullable String text(Row row) {
        var cells = new ArrayList<String>();
        var blank = true;
        for (var cell : row) {
            var text = cell == null ? "" : text(cell);
            var at = cell == null ? cells.size() : cell.getColumnIndex();
            if (at >= MOST_CELLS) {
                break;
            }
            while (cells.size() < at) {
                cells.add("");
            }
            blank &= text.isBlank();
            cells.add(text);
        }
        return blank ? null : CsvCells.join(cells, ',');
    }

    private String text(Cell cell) {
        return switch (cell.getType()) {
            case EMPTY -> "";
            case STRING -> orEmpty(cell.getText());
            case BOOLEAN -> Boolean.TRUE.equals(cell.asBoolean()) ? "true" : "false";
            case ERROR -> orEmpty(cell.getRawValue());
            case NUMBER -> number(cell, orEmpty(cell.getRawValue()));
            case FORMULA -> {
                var value = cell.getValue();
                yield value instanceof BigDecimal ? number(cell, orEmpty(cell.getRawValue())) : formula(cell);
            }
        };
    }

    /** What Excel last calculated: a number, a word or an error. */
    private String formula(Cell cell) {
        var raw = orEmpty(cell.getRawValue());
        return raw.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?") ? number(cell, raw) : raw;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String number(Cell cell, String raw) {
        BigDecimal value;
        try {
            value = new BigDecimal(raw.strip());
        } catch (NumberFormatException e) {
            return raw;
        }
        if (value.precision() - value.scale() > 40 || value.scale() > 400) {
            return raw;
        }
        var id = cell.getDataFormatId();
        var format = orEmpty(cell.getDataFormatString());
        var plain = IN_BRACKETS
                .matcher(QUOTED_OR_ESCAPED.matcher(format).replaceAll(""))
                .replaceAll("");
        if (isDate(id, plain)) {
            var date = date(value);
            if (date != null) {
                return date;
            }
        }
        var rounded = value.round(new java.math.MathContext(15, RoundingMode.HALF_UP)); // what Excel itself knows
        if (plain.contains("%") || id != null && (id == 9 || id == 10)) {
            return plain(rounded.movePointRight(2)) + "%";
        }
        var currency = currency(format);
        return currency == null ? plain(rounded) : plain(rounded) + " " + currency;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static @Nullable String currency(String format) {
        if (format.isEmpty()) {
            return null;
        }
        for (var sign : CURRENCY_SIGNS.entrySet()) {
            if (format.contains(sign.getKey())) {
                return sign.getValue();
            }
        }
        // [$$-409] and "$" are dollars; [$-409] is only a language
        return format.contains("[$$") || format.contains("\"$\"") || format.contains("\\$") ? "USD" : null;
    }

    private static boolean isDate(@Nullable Integer id, String format) {
        if (id != null && (id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 36 || id >= 50 && id <= 58)) {
            return true;
        }
        var letters = format.toLowerCase(Locale.ROOT);
        if (letters.equals("general") || letters.contains("0") || letters.contains("#") || letters.contains("@")) {
            return false;
        }
        return letters.contains("yy") || letters.contains("d") && letters.contains("m");
    }

    private @Nullable String date(BigDecimal serial) {
        var days = serial.doubleValue();
        if (days < 1 || days > 2_958_465) {
            return null;
        }
        // Excel counts a 29 February 1900 that never was: before March 1900 nobody has a follower.
        var epoch = workbook.isDate1904() ? LocalDateTime.of(1904, 1, 1, 0, 0) : LocalDateTime.of(1899, 12, 30, 0, 0);
        var seconds = Math.round(days * 86_400);
        var moment = epoch.plusSeconds(seconds);
        return moment.toLocalTime().toSecondOfDay() == 0
                ? moment.toLocalDate().toString()
                : moment.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
