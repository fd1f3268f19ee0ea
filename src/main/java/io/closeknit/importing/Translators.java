package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheTree;
import org.jspecify.annotations.Nullable;

/** Chooses what understands the records of a file. */
final class Translators {
    private Translators() {}

    /** @param chosen platform for the whole file; null where columns, objects or the file's name say */
    static RecordTranslator of(
            FileInspection file, FileMapping mapping, @Nullable Platform chosen, String fileName, NicheTree niches) {
        var ofFileName = HeaderWords.platformOfFileName(fileName).orElse(null);
        return switch (file.format()) {
            case CSV, XLSX ->
                new CsvTranslator(
                        mapping, file.delimiter(), chosen, ofFileName, new NicheWords(niches, mapping.niches()));
            case JSON_LINES, JSON_ARRAY -> new JsonTranslator(chosen, ofFileName);
        };
    }
}
