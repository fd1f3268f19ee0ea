package io.closeknit.importing;

import java.util.List;
import java.util.Map;

/**
 * How a file is read.
 *
 * @param columns in the order of the file; empty for JSON
 * @param niches what words of the niche columns mean where a person said so, by the word in lower case: a niche's slug,
 *     {@link NicheWords#HASHTAG} or {@link NicheWords#NOTHING}
 */
record FileMapping(List<ColumnMapping> columns, Map<String, String> niches) {
    static final FileMapping NONE = new FileMapping(List.of(), Map.of());

    FileMapping {
        columns = List.copyOf(columns);
        niches = Map.copyOf(niches);
    }

    boolean has(ImportField field) {
        return columns.stream().anyMatch(column -> column.field() == field);
    }
}
