package io.closeknit.importing;

import java.util.List;
import java.util.Optional;

/**
 * What a file turned out to be.
 *
 * @param headers of CSV as they came, else empty
 * @param columns one for each header
 * @param recognised one for each header
 * @param records that are not blank, the header aside; of the part that was looked at
 * @param complete whether the whole file was looked at
 */
record FileInspection(
        FileFormat format,
        TextEncoding encoding,
        char delimiter,
        List<String> headers,
        List<ColumnProfile> columns,
        List<RecognisedColumn> recognised,
        long records,
        boolean complete) {

    FileMapping mapping() {
        return new FileMapping(
                recognised.stream().map(RecognisedColumn::mapping).toList(), java.util.Map.of());
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
