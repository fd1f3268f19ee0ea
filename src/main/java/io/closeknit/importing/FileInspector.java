package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Finds out what a file is and what its columns hold. */
@Component
class FileInspector {
    /** After so many records the columns are known; the whole of a larger file is read when it is imported. */
    static final long LOOKED_AT = 200_000;

    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int PROBED_RECORDS = 50;
    private static final int MOST_COLUMNS = 500;

    private final JsonMapper json;

    FileInspector(JsonMapper json) {
        this.json = json;
    }

    /** @throws UnreadableFileException where nothing of it can be taken in */
    FileInspection inspect(Path file) throws IOException, UnreadableFileException {
        var encoding = TextEncoding.detect(file);
        var format = format(file, encoding);
        if (format != FileFormat.CSV) {
            return json(file, encoding, format);
        }
        return csv(file, encoding);
    }

    /** The records of a file as it was found to be, the header of CSV left out. */
    static RecordReader open(Path file, FileFormat format, TextEncoding encoding, char delimiter) throws IOException {
        var reader = encoding.open(file);
        return switch (format) {
            case CSV -> {
                var records = new CsvRecords(reader, delimiter);
                header(records);
                yield records;
            }
            case JSON_LINES -> new JsonLineRecords(reader);
            case JSON_ARRAY -> new JsonArrayRecords(reader);
        };
    }

    private FileFormat format(Path file, TextEncoding encoding) throws IOException, UnreadableFileException {
        try (var in = encoding.open(file)) {
            var first = firstLetter(in);
            if (first == '[') {
                return FileFormat.JSON_ARRAY;
            }
            if (first != '{') {
                return FileFormat.CSV;
            }
        }
        try (var lines = new JsonLineRecords(encoding.open(file))) {
            var line = lines.next();
            if (line == null || line.problem() != null || line.text().endsWith("}") && isJson(line.text())) {
                return FileFormat.JSON_LINES;
            }
            var second = lines.next();
            // A broken first line of JSON lines is one reject; an object over several lines goes on without a bracket.
            return second != null && second.text().startsWith("{") ? FileFormat.JSON_LINES : FileFormat.JSON_ARRAY;
        }
    }

    private static int firstLetter(Reader in) throws IOException, UnreadableFileException {
        for (var c = in.read(); c >= 0; c = in.read()) {
            if (!Character.isWhitespace(c)) {
                return c;
            }
        }
        throw new UnreadableFileException("The file is empty. Send one with a header line and at least one creator.");
    }

    private boolean isJson(String text) {
        try {
            json.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static FileInspection json(Path file, TextEncoding encoding, FileFormat format)
            throws IOException, UnreadableFileException {
        try (var records = open(file, format, encoding, ',')) {
            var count = 0L;
            while (count < LOOKED_AT && records.next() != null) {
                count++;
            }
            if (count == 0) {
                throw new UnreadableFileException("The file holds no creators: the list is empty.");
            }
            return new FileInspection(format, encoding, ',', List.of(), List.of(), List.of(), count, count < LOOKED_AT);
        }
    }

    private static FileInspection csv(Path file, TextEncoding encoding) throws IOException, UnreadableFileException {
        var delimiter = delimiter(file, encoding);
        try (var records = new CsvRecords(encoding.open(file), delimiter)) {
            var header = header(records);
            if (header == null) {
                throw new UnreadableFileException(
                        "The file is empty. Send one with a header line and at least one creator.");
            }
            if (header.problem() != null) {
                throw new UnreadableFileException("The header line cannot be read. " + header.problem());
            }
            var headers = CsvCells.of(header.text(), delimiter);
            if (headers == null || headers.size() > MOST_COLUMNS) {
                throw new UnreadableFileException(
                        "The header line has more than %d columns. Is this a CSV file of creators, one in each row?"
                                .formatted(MOST_COLUMNS));
            }
            var columns =
                    ColumnNames.of(headers).stream().map(ColumnProfile::new).toList();
            var count = 0L;
            var record = records.next();
            for (; record != null && count < LOOKED_AT; record = records.next()) {
                count++;
                var cells = record.problem() == null ? CsvCells.of(record.text(), delimiter) : null;
                if (cells == null) {
                    continue;
                }
                for (var i = 0; i < Math.min(cells.size(), columns.size()); i++) {
                    columns.get(i).add(cells.get(i));
                }
            }
            if (count == 0) {
                throw new UnreadableFileException(
                        "The file has a header line but no rows. Add at least one creator below: %s."
                                .formatted(String.join(", ", ColumnNames.of(headers))));
            }
            return new FileInspection(
                    FileFormat.CSV,
                    encoding,
                    delimiter,
                    headers,
                    columns,
                    ColumnRecogniser.recognise(columns),
                    count,
                    record == null);
        }
    }

    /** The first record; Excel's {@code sep=;} before it is passed over. */
    private static @Nullable RawRecord header(CsvRecords records) throws IOException {
        var first = records.next();
        return first != null && isSeparatorLine(first.text()) ? records.next() : first;
    }

    private static boolean isSeparatorLine(String text) {
        return text.length() == 5 && text.regionMatches(true, 0, "sep=", 0, 4);
    }

    /** The delimiter that cuts the first records into the most columns with the fewest exceptions. */
    private static char delimiter(Path file, TextEncoding encoding) throws IOException {
        var best = ',';
        var bestScore = 0.0;
        for (var delimiter : DELIMITERS) {
            try (var records = new CsvRecords(encoding.open(file), delimiter)) {
                var counts = new ArrayList<Integer>();
                for (var record = records.next();
                        record != null && counts.size() < PROBED_RECORDS;
                        record = records.next()) {
                    if (counts.isEmpty()
                            && isSeparatorLine(record.text())
                            && record.text().charAt(4) == delimiter) {
                        return delimiter;
                    }
                    var cells = record.problem() == null ? CsvCells.of(record.text(), delimiter) : null;
                    counts.add(cells == null ? 0 : cells.size());
                }
                if (counts.isEmpty() || counts.getFirst() < 2) {
                    continue;
                }
                var usual = counts.getFirst();
                var agreeing =
                        counts.stream().filter(count -> count.equals(usual)).count();
                var score = usual * Math.pow((double) agreeing / counts.size(), 2);
                if (score > bestScore) {
                    bestScore = score;
                    best = delimiter;
                }
            }
        }
        return best;
    }
}
