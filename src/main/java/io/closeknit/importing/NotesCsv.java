package io.closeknit.importing;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Every cell of an import that was left out or altered as CSV: the line, the column, the cell, what was made of it, and why.
 * Cells that came oftener than their lines are kept for end with one row that counts the rest.
 */
@Component
class NotesCsv {
    private static final List<String> HEADER = List.of("line", "column", "cell", "became", "reason", "cells");

    private final ImportService imports;

    NotesCsv(ImportService imports) {
        this.imports = imports;
    }

    /** @param forSpreadsheet whether to begin with a byte order mark, by which Excel knows UTF-8 */
    void write(ImportRun run, boolean forSpreadsheet, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(
                                RejectsCsv.name(run.fileName()).replace("-rejects.csv", "-notes.csv"),
                                StandardCharsets.UTF_8)
                        .build()
                        .toString());
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        if (forSpreadsheet) {
            out.write('\uFEFF');
        }
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
            csv.writeRecord(HEADER);
            imports.eachNote(run, note -> {
                var became = note.became() == null ? "" : note.became();
                for (var line : note.lines()) {
                    csv.writeRecord(RejectsCsv.harmless(
                            List.of(Long.toString(line), note.column(), note.value(), became, note.reason(), "1")));
                }
                var more = note.occurrences() - note.lines().size();
                if (more > 0) {
                    csv.writeRecord(RejectsCsv.harmless(List.of(
                            note.lines().isEmpty() ? Long.toString(note.firstLine()) : "",
                            note.column(),
                            note.value(),
                            became,
                            note.reason(),
                            Long.toString(more))));
                }
            });
        }
    }
}
