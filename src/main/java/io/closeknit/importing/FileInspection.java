package io.closeknit.importing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file turned out to be.
 *
 * @param sheet of a workbook, else null
 * @param sheets of the workbook that can be chosen, else empty
 * @param skipped records up to and with the header; where it is JSON, characters before the list, -1 where nothing wraps it
 * @param titles records before the header that say something else
 * @param headers of a table as they came, else empty
 * @param columns one for each header
 * @param recognised one for each header
 * @param records that are not blank, the header aside; of the part that was looked at
 * @param complete whether the whole file was looked at
 */
record FileInspection(
        FileFormat format,
        TextEncoding encoding,
        char delimiter,
        @Nullable String sheet,
        List<String> sheets,
        long skipped,
        int titles,
        List<String> headers,
        List<ColumnProfile> columns,
        List<RecognisedColumn> recognised,
        long records,
        boolean complete) {

    FileMapping mapping() {
        return new FileMapping(
                recognised.stream().map(RecognisedColumn::mapping).toList(), java.util.Map.of(), sheet);
    }

    /** Whether some column was recognised as the creators' handles. */
    boolean hasHandles() {
        return recognised.stream()
                .map(column -> column.mapping().field())
                .anyMatch(field -> field == ImportField.HANDLE || field == ImportField.URL);
    }

    /** Names the delimiter, for the page. */
    public String delimiterName() {
        return switch (delimiter) {
            case ';' -> "semicolon";
            case '\t' -> "tab";
            case '|' -> "bar";
            default -> "comma";
        };
    }

    Optional<ColumnProfile> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
