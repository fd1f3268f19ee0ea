package io.closeknit.importing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
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
    private static final int MOST_SHEETS = 50;
    private static final TextEncoding NONE = new TextEncoding("UTF-8", 0, false, 0);

    private final JsonMapper json;

    FileInspector(JsonMapper json) {
        this.json = json;
    }

    /** The file as a whole; of a workbook the sheet that looks most like creators. */
    FileInspection inspect(Path file) throws IOException, UnreadableFileException {
        return inspect(file, null);
    }

    /**
     * @param sheet of a workbook; null takes the one that looks most like creators
     * @throws UnreadableFileException where nothing of it can be taken in
     */
    FileInspection inspect(Path file, @Nullable String sheet) throws IOException, UnreadableFileException {
        if (isZip(file)) {
            return workbook(file, sheet);
        }
        var encoding = TextEncoding.detect(file);
        var format = format(file, encoding);
        return format == FileFormat.CSV ? csv(file, encoding) : json(file, encoding, format);
    }

    /** The records of a file as it is mapped: where a row is a post, one for each creator. */
    static RecordReader open(Path file, FileInspection inspection, FileMapping mapping)
            throws IOException, UnreadableFileException {
        var records = open(file, inspection);
        return inspection.format().isTable() && mapping.isOfPosts()
                ? new PostRecords(records, mapping, inspection.delimiter())
                : records;
    }

    /** The records of a file as it was found to be, the header of a table left out. */
    static RecordReader open(Path file, FileInspection inspection) throws IOException, UnreadableFileException {
        return switch (inspection.format()) {
            case CSV ->
                skipped(new CsvRecords(inspection.encoding().open(file), inspection.delimiter()), inspection.skipped());
            case XLSX -> {
                var sheet = inspection.sheet();
                yield skipped(WorkbookFile.rows(file, sheet == null ? "" : sheet), inspection.skipped());
            }
            case JSON_LINES -> new JsonLineRecords(inspection.encoding().open(file));
            case JSON_ARRAY -> {
                var reader = inspection.encoding().open(file);
                yield inspection.skipped() < 0
                        ? new JsonArrayRecords(reader)
                        : new JsonArrayRecords(reader, inspection.skipped());
            }
        };
    }

    private static RecordReader skipped(RecordReader records, long count) throws IOException {
        for (var i = 0L; i < count; i++) {
            records.next();
        }
        return records;
    }

    private static boolean isZip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return WorkbookFile.isZip(in.readNBytes(4));
        }
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
            if (line == null || line.problem() != null) {
                // One object longer than a record may be wraps a list, or is broken.
                return start(file, encoding) >= 0 ? FileFormat.JSON_ARRAY : FileFormat.JSON_LINES;
            }
            var second = lines.next();
            if (line.text().endsWith("}") && isJson(line.text())) {
                return second == null && start(file, encoding) >= 0 ? FileFormat.JSON_ARRAY : FileFormat.JSON_LINES;
            }
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
        throw new UnreadableFileException(Sentence.of("importing.file.empty"));
    }

    private boolean isJson(String text) {
        try {
            json.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static long start(Path file, TextEncoding encoding) throws IOException {
        try (var in = encoding.open(file)) {
            var start = JsonStart.of(in);
            return start == null ? -1 : start;
        }
    }

    private static FileInspection json(Path file, TextEncoding encoding, FileFormat format)
            throws IOException, UnreadableFileException {
        var skip = format == FileFormat.JSON_ARRAY ? start(file, encoding) : -1;
        var found = new FileInspection(
                format, encoding, ',', null, List.of(), skip, 0, List.of(), List.of(), List.of(), 0, false);
        try (var records = open(file, found)) {
            var count = 0L;
            while (count < LOOKED_AT && records.next() != null) {
                count++;
            }
            if (count == 0) {
                throw new UnreadableFileException(Sentence.of("importing.file.noCreators"));
            }
            return new FileInspection(
                    format,
                    encoding,
                    ',',
                    null,
                    List.of(),
                    skip,
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    count,
                    count < LOOKED_AT);
        }
    }

    private static FileInspection csv(Path file, TextEncoding encoding) throws IOException, UnreadableFileException {
        var delimiter = delimiter(file, encoding);
        var first = new ArrayList<RawRecord>();
        try (var records = new CsvRecords(encoding.open(file), delimiter)) {
            read(records, first);
        }
        try (var records = new CsvRecords(encoding.open(file), delimiter)) {
            return table(FileFormat.CSV, encoding, delimiter, null, List.of(), first, records);
        }
    }

    private static FileInspection workbook(Path file, @Nullable String wanted)
            throws IOException, UnreadableFileException {
        var sheets = WorkbookFile.sheets(file);
        var names = sheets.stream()
                .limit(MOST_SHEETS)
                .map(WorkbookFile.SheetName::name)
                .toList();
        if (wanted != null) {
            return sheet(file, wanted, names);
        }
        FileInspection best = null;
        UnreadableFileException refusal = null;
        for (var sheet : sheets.stream().limit(MOST_SHEETS).toList()) {
            try {
                var inspection = sheet(file, sheet.name(), names);
                if (inspection.hasHandles() && !sheet.hidden()) {
                    return inspection;
                }
                if (best == null) {
                    best = inspection;
                }
            } catch (UnreadableFileException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (best == null) {
            throw refusal == null ? new UnreadableFileException(Sentence.of("importing.file.workbookEmpty")) : refusal;
        }
        return best;
    }

    private static FileInspection sheet(Path file, String sheet, List<String> names)
            throws IOException, UnreadableFileException {
        var first = new ArrayList<RawRecord>();
        try (var records = WorkbookFile.rows(file, sheet)) {
            read(records, first);
        }
        try (var records = WorkbookFile.rows(file, sheet)) {
            return table(FileFormat.XLSX, NONE, ',', sheet, names, first, records);
        }
    }

    private static void read(RecordReader records, List<RawRecord> first) throws IOException {
        for (var record = records.next();
                record != null && first.size() < TableHeader.LOOKED_AT;
                record = records.next()) {
            first.add(record);
        }
    }

    private static FileInspection table(
            FileFormat format,
            TextEncoding encoding,
            char delimiter,
            @Nullable String sheet,
            List<String> sheets,
            List<RawRecord> first,
            RecordReader records)
            throws IOException, UnreadableFileException {
        if (first.isEmpty()) {
            throw new UnreadableFileException(Sentence.of("importing.file.empty"));
        }
        // Excel's 'sep=;' is no title.
        var separator = isSeparatorLine(first.getFirst().text()) ? 1 : 0;
        var candidates = new ArrayList<List<String>>();
        var lines = new ArrayList<Long>();
        for (var record : first.subList(separator, first.size())) {
            var cells = record.problem() == null ? CsvCells.of(record.text(), delimiter) : null;
            candidates.add(cells == null ? List.of() : cells);
            lines.add(record.line());
        }
        if (candidates.isEmpty()) {
            throw new UnreadableFileException(Sentence.of("importing.file.noRows", ""));
        }
        var problem = first.get(separator).problem();
        if (problem != null) {
            throw new UnreadableFileException(
                    Sentence.all(List.of(Sentence.of("importing.file.headerUnread"), problem)));
        }
        var header = TableHeader.find(candidates, lines);
        var headers = header.names();
        if (headers.size() > MOST_COLUMNS) {
            throw new UnreadableFileException(Sentence.of("importing.file.manyColumns", MOST_COLUMNS));
        }
        var columns = ColumnNames.of(headers).stream().map(ColumnProfile::new).toList();
        var skip = separator + header.skipped();
        skipped(records, skip);
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
                    Sentence.of("importing.file.noRows", String.join(", ", ColumnNames.of(headers))));
        }
        return new FileInspection(
                format,
                encoding,
                delimiter,
                sheet,
                sheets,
                skip,
                header.titles(),
                headers,
                columns,
                ColumnRecogniser.recognise(columns),
                count,
                record == null);
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
                var usual = usual(counts);
                if (usual < 2) {
                    continue;
                }
                var agreeing = counts.stream().filter(count -> count == usual).count();
                var score = usual * Math.pow((double) agreeing / counts.size(), 2);
                if (score > bestScore) {
                    bestScore = score;
                    best = delimiter;
                }
            }
        }
        return best;
    }

    /** The number of cells that most records have; titles before the header have fewer. */
    private static int usual(List<Integer> counts) {
        var usual = 0;
        var most = 0L;
        for (var count : counts.stream().distinct().filter(it -> it > 1).toList()) {
            var times = counts.stream().filter(count::equals).count();
            if (times > most || times == most && count > usual) {
                usual = count;
                most = times;
            }
        }
        return usual;
    }
}
