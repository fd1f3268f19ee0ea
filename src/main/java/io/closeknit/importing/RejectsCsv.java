package io.closeknit.importing;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The rejected rows of an import as CSV: line and reason, then the row as it came, ready to be mended and sent again. */
@Component
class RejectsCsv {
    private final ImportService imports;

    RejectsCsv(ImportService imports) {
        this.imports = imports;
    }

    /** @param forSpreadsheet whether to begin with a byte order mark, by which Excel knows UTF-8 */
    void write(ImportRun run, boolean forSpreadsheet, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name(run.fileName()), StandardCharsets.UTF_8)
                        .build()
                        .toString());
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        if (forSpreadsheet) {
            out.write('\uFEFF');
        }
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
            var header = new ArrayList<String>(List.of("line", "reason"));
            header.addAll(run.format().isTable() ? run.header() : List.of("creator"));
            csv.writeRecord(harmless(header));
            imports.eachReject(run, reject -> {
                var row = new ArrayList<String>(List.of(Long.toString(reject.line()), reject.reason()));
                var cells = run.format().isTable() ? CsvCells.of(reject.raw(), run.delimiter()) : null;
                row.addAll(cells == null ? List.of(reject.raw()) : cells);
                csv.writeRecord(harmless(row));
            });
        }
    }

    /** A cell that a spreadsheet would calculate begins with an apostrophe, which the import takes off again. */
    static List<String> harmless(List<String> cells) {
        return cells.stream().map(RejectsCsv::harmless).toList();
    }

    private static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r\n".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    static String name(String fileName) {
        var dot = fileName.lastIndexOf('.');
        var base = (dot > 0 ? fileName.substring(0, dot) : fileName).replaceAll("[^\\p{L}\\p{N}._ -]", "_");
        return base + "-rejects.csv";
    }
}
