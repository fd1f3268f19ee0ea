package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheFinder;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses what understands the records of a file. */
@Component
class Translators {
    private final NicheDirectory niches;
    private final NicheFinder finder;

    Translators(NicheDirectory niches, NicheFinder finder) {
        this.niches = niches;
        this.finder = finder;
    }

    /** @param chosen platform for the whole file; null where columns, objects or the file's name say */
    RecordTranslator of(FileInspection file, FileMapping mapping, @Nullable Platform chosen, String fileName) {
        return new WithNiches(understanding(file, mapping, chosen, fileName, niches.tree()), new DerivedNiches(finder));
    }

    /** The same without looking for niches where none are given. */
    static RecordTranslator understanding(
            FileInspection file, FileMapping mapping, @Nullable Platform chosen, String fileName, NicheTree tree) {
        var ofFileName = HeaderWords.platformOfFileName(fileName).orElse(null);
        return file.format().isTable() && mapping.isOfPosts()
                ? new PostsTranslator(chosen, ofFileName)
                : switch (file.format()) {
                    case CSV, XLSX ->
                        new CsvTranslator(
                                mapping, file.delimiter(), chosen, ofFileName, new NicheWords(tree, mapping.niches()));
                    case JSON_LINES, JSON_ARRAY -> new JsonTranslator(chosen, ofFileName);
                };
    }

    /** Finds niches for those who come without. */
    private record WithNiches(RecordTranslator understood, DerivedNiches derived) implements RecordTranslator {
        @Override
        public Translated translate(RawRecord record) {
            var translated = understood.translate(record);
            if (translated instanceof Translated.Creator creator
                    && !creator.object().has("niches")) {
                var notes = new ArrayList<>(creator.notes());
                derived.addTo(creator.object(), notes);
                return new Translated.Creator(creator.object(), notes);
            }
            return translated;
        }

        @Override
        public String nameOf(String path) {
            return understood.nameOf(path);
        }
    }
}
