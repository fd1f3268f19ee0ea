package io.closeknit.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * A CSV file that a browser saves and a spreadsheet opens without harm: UTF-8 with a byte order mark, because Excel asks
 * for one; a file name that no system trips over; and cells that a spreadsheet would calculate are told to be text.
 *
 * <pre>{@code
 * try (var file = CsvDownload.begin(response, "ranking " + brief.name())) {
 *     file.row("rank", "name", "score");
 *     …
 * }
 * }</pre>
 */
public final class CsvDownload implements AutoCloseable {
    private static final int NAME_LENGTH = 80;

    private final CsvWriter writer;

    private CsvDownload(CsvWriter writer) {
        this.writer = writer;
    }

    /** @param name of the file, without its ending; anything that is no letter, digit, dot or dash becomes a dash */
    public static CsvDownload begin(HttpServletResponse response, String name) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(fileName(name, "csv"))
                        .build()
                        .toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getOutputStream().write("\uFEFF".getBytes(StandardCharsets.UTF_8));
        return new CsvDownload(
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(response.getOutputStream()));
    }

    /** One line; null is an empty cell. Numbers are written as they are, words by {@link #harmless}. */
    public void row(@Nullable Object... cells) {
        writer.writeRecord(Arrays.stream(cells)
                .map(cell -> switch (cell) {
                    case null -> "";
                    case Number number -> number.toString();
                    default -> harmless(cell.toString());
                })
                .toList());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /**
     * Spreadsheets calculate a cell that begins with {@code = + - @}, a tab or a line break, and a formula in somebody's
     * bio may send the sheet's other cells to another host. An apostrophe in front makes it text (OWASP, CSV Injection;
     * read 2026-11). A plain number stays a number.
     */
    public static String harmless(String cell) {
        if (cell.isEmpty()) {
            return cell;
        }
        var first = Normalizer.normalize(cell.substring(0, 1), Normalizer.Form.NFKC); // ＝ is calculated as = is
        var risky = "=+-@\t\r\n|%".contains(first);
        return risky && !cell.matches("[+-]?[0-9]+([.,][0-9]+)?") ? "'" + cell : cell;
    }

    /** A name that every file system takes and no header breaks at: ASCII letters, digits, dots and dashes. */
    public static String fileName(String name, String ending) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9.]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[-.]+|[-.]+$", "");
        var kept = plain.length() > NAME_LENGTH ? plain.substring(0, NAME_LENGTH) : plain;
        return (kept.isEmpty() ? "closeknit" : kept) + "." + ending;
    }
}
