package io.closeknit.importing;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one record of CSV. */
final class CsvCells {
    private CsvCells() {}

    /**
     * Lenient about quotes: what follows a closing one belongs to the cell, and blanks around them don't.
     *
     * @return as they came; null where the record can't be taken apart
     */
    static @Nullable List<String> of(String record, char delimiter) {
        if (record.indexOf('"') < 0) {
            return plain(record, delimiter);
        }
        var blanksAround = record.indexOf(delimiter + " \"") >= 0 || record.startsWith(" ");
        var cells = blanksAround ? parse(record, delimiter, true) : null;
        return cells == null ? parse(record, delimiter, false) : cells;
    }

    private static @Nullable List<String> parse(String record, char delimiter, boolean blanksAroundQuotes) {
        try {
            // FastCSV allows one leniency or the other.
            return CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowExtraCharsAfterClosingQuote(!blanksAroundQuotes)
                    .trimWhitespacesAroundQuotes(blanksAroundQuotes)
                    .maxBufferSize(2 * RawRecord.LIMIT)
                    .ofSingleCsvRecord(record)
                    .getFields();
        } catch (CsvParseException e) {
            return null;
        }
    }

    private static List<String> plain(String record, char delimiter) {
        var cells = new ArrayList<String>();
        var start = 0;
        for (var end = record.indexOf(delimiter); end >= 0; end = record.indexOf(delimiter, start)) {
            cells.add(record.substring(start, end));
            start = end + 1;
        }
        cells.add(record.substring(start));
        return cells;
    }

    /** One record of cells, quoted where it must be. */
    static String join(List<String> cells, char delimiter) {
        var record = new StringBuilder();
        for (var i = 0; i < cells.size(); i++) {
            if (i > 0) {
                record.append(delimiter);
            }
            var cell = cells.get(i);
            if (cell.indexOf(delimiter) >= 0
                    || cell.indexOf('"') >= 0
                    || cell.indexOf('\n') >= 0
                    || cell.indexOf('\r') >= 0
                    || !cell.isEmpty() && (cell.charAt(0) == ' ' || cell.charAt(cell.length() - 1) == ' ')) {
                record.append('"').append(cell.replace("\"", "\"\"")).append('"');
            } else {
                record.append(cell);
            }
        }
        return record.toString();
    }
}
