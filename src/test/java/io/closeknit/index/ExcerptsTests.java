package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.search.IndexSearcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptsTests {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} shows {1} in the {2}")
    @CsvSource({
        "baking, baking, bio",
        "bak, baking, bio", // a beginning
        "bakng, baking, bio", // a typo
        "BAKING, baking, bio",
        "marlne, Marlene, name",
        "'marlne bakng', baking, bio",
        "'marlne bakng', Marlene, name",
        "bakes, bakes, handle"
    })
    void whatMatchedIsMarked(String typed, String marked, String field) throws IOException {
        try (var store = IndexStore.create(folder.resolve("index"), "shape")) {
            store.put(
                    new CreatorDocuments(FitSamples.TREE),
                    List.of(FitSamples.stored(
                            1,
                            FitSamples.document("{'name': 'Marlene Brandt', 'bio': 'Tiny kitchen, vegan baking',"
                                    + " 'accounts': [{'platform': 'tiktok', 'handle': 'marlene.bakes'}]}"))));
            store.publish(1);
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                var searcher = new IndexSearcher(snapshot.reader());
                var found = searcher.search(WordQuery.of(typed), 5).scoreDocs;
                assertThat(found).hasSize(1);
                assertThat(new Excerpts(searcher, WordQuery.any(typed)).of(found[0].doc))
                        .filteredOn(excerpt -> excerpt.field().equals(field))
                        .singleElement()
                        .satisfies(excerpt ->
                                assertThat(excerpt.parts()).contains(new Ranking.Excerpt.Part(marked, true)));
            }
        }
    }
}
