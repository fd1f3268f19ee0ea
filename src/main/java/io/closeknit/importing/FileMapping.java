package io.closeknit.importing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file is read.
 *
 * @param columns in the order of the file; empty for JSON
 * @param niches what words of the niche columns mean where a person said so, by the word in lower case: a niche's slug,
 *     {@link NicheWords#HASHTAG} or {@link NicheWords#NOTHING}
 * @param sheet of a workbook; null where the file is none
 */
record FileMapping(
        List<ColumnMapping> columns,
        Map<String, String> niches,
        @Nullable String sheet) {
    static final FileMapping NONE = new FileMapping(List.of(), Map.of());

    FileMapping(List<ColumnMapping> columns, Map<String, String> niches) {
        this(columns, niches, null);
    }

    FileMapping {
        columns = List.copyOf(columns);
        niches = Map.copyOf(niches);
    }

    /** Whether each row is a post, so that the posts of a creator are taken together. */
    boolean isOfPosts() {
        return has(ImportField.POSTED_AT);
    }

    boolean has(ImportField field) {
        return columns.stream().anyMatch(column -> column.field() == field);
    }
}
