package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.HashtagWeight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DocValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that belief counts, against a computation that reads every text. */
class WordHitsTests {
    @TempDir
    private Path folder;

    /** Parts of which words, bios and hashtags are made, so that they overlap often. */
    private static final List<String> PARTS =
            List.of("trail", "run", "ning", "padel", "étoile", "мода", "日本酒蔵", "vegan", "o", "2026", "lauf");

    private static String word(Random dice) {
        return IntStream.range(0, dice.nextInt(1, 4))
                .mapToObj(_ -> PARTS.get(dice.nextInt(PARTS.size())))
                .collect(Collectors.joining());
    }

    private static CatalogueCreator creator(long id, String bio, List<String> tags) {
        var plain = FitSamples.document(
                "{'slug': 'c-" + id + "', 'accounts': [{'platform': 'x', 'handle': 'h" + id + "'}]}");
        return FitSamples.stored(
                id,
                new CreatorDocument(
                        plain.slug(),
                        plain.name(),
                        null,
                        bio,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tags.stream().map(tag -> new HashtagWeight(tag, 1.0)).toList(),
                        plain.accounts(),
                        null,
                        null,
                        null));
    }

    /** Hits by slug, over all segments. */
    private static Map<String, Integer> hits(IndexStore store, Set<String> words, WordHits.Cache cache)
            throws IOException {
        var hits = new HashMap<String, Integer>();
        var asked = new WordHits(List.copyOf(words), cache);
        var row = new CreatorRow();
        try (var snapshot = store.tryAcquire()) {
            assertThat(snapshot).isNotNull();
            for (var leaf : snapshot.reader().leaves()) {
                var rows = DocValues.getBinary(leaf.reader(), IndexFields.ROW);
                var counts = asked.in(leaf);
                for (var doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                    var live = leaf.reader().getLiveDocs();
                    if (live != null && !live.get(doc)) {
                        continue;
                    }
                    assertThat(rows.advanceExact(doc)).isTrue();
                    row.read(rows.binaryValue().bytes, rows.binaryValue().offset, rows.binaryValue().length);
                    hits.put(row.slug.toString(), counts.length == 0 ? 0 : (int) counts[doc]);
                }
            }
        }
        return hits;
    }

    private static int naive(CreatorDocument document, Set<String> words) {
        var bio = document.bio() == null
                ? Set.<String>of()
                : Stream.of(document.bio().toLowerCase(Locale.ROOT).split("[ ,.!]+"))
                        .collect(Collectors.toSet());
        var tags = document.hashtags() == null ? List.<HashtagWeight>of() : document.hashtags();
        return (int) words.stream()
                .filter(word -> bio.contains(word)
                        || tags.stream()
                                .anyMatch(tag ->
                                        tag.tag().toLowerCase(Locale.ROOT).contains(word)))
                .count();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void whatTheIndexCountsIsWhatATextReadFromEndToEndHas(int seed) throws IOException {
        var dice = new Random(seed);
        var cache = new WordHits.Cache();
        try (var store = IndexStore.create(folder.resolve("index"), "shape")) {
            var creators = new ArrayList<CatalogueCreator>();
            for (var id = 0; id < 300; id++) {
                var bio = IntStream.range(0, dice.nextInt(9))
                        .mapToObj(_ -> dice.nextInt(4) == 0 ? word(dice).toUpperCase(Locale.ROOT) : word(dice))
                        .distinct()
                        .collect(Collectors.joining(dice.nextBoolean() ? ", " : "! "));
                var tags = IntStream.range(0, dice.nextInt(6))
                        .mapToObj(_ -> word(dice))
                        .distinct()
                        .toList();
                creators.add(creator(id, bio, tags));
            }
            var documents = new CreatorDocuments(FitSamples.TREE);
            for (var from = 0; from < 300; from += 100) { // three segments
                store.put(documents, creators.subList(from, from + 100));
                store.publish(from + 1);
            }
            for (var round = 0; round < 20; round++) {
                var words = IntStream.range(0, dice.nextInt(1, 200))
                        .mapToObj(_ -> word(dice))
                        .filter(word -> word.length() >= 4)
                        .collect(Collectors.toCollection(TreeSet::new));
                var hits = hits(store, words, cache);
                creators.forEach(
                        creator -> assertThat(hits.get(creator.document().slug()))
                                .as(
                                        "seed %s: %s in %s and %s",
                                        seed,
                                        words,
                                        creator.document().bio(),
                                        creator.document().hashtags())
                                .isEqualTo(naive(creator.document(), words)));
                assertThat(hits(store, words, cache)).as("kept").isEqualTo(hits);
            }
        }
    }

    @Test
    void whatIsKeptOfASegmentIsNotThatOfTheNext() throws IOException {
        var cache = new WordHits.Cache();
        var words = Set.of("padel");
        try (var store = IndexStore.create(folder.resolve("index"), "shape")) {
            var documents = new CreatorDocuments(FitSamples.TREE);
            store.put(documents, List.of(creator(1, "All about padel", List.of()), creator(2, "Music", List.of())));
            store.publish(1);
            assertThat(hits(store, words, cache)).isEqualTo(Map.of("c-1", 1, "c-2", 0));

            store.put(
                    documents,
                    List.of(creator(1, "All about music", List.of()), creator(2, "", List.of("#ilovepadel"))));
            store.publish(2);
            assertThat(hits(store, words, cache)).isEqualTo(Map.of("c-1", 0, "c-2", 1));
        }
    }

    @Test
    void anAccentCountsHoweverItIsComposed() throws IOException {
        try (var store = IndexStore.create(folder.resolve("index"), "shape")) {
            store.put(
                    new CreatorDocuments(FitSamples.TREE),
                    List.of(
                            creator(1, "Cafe\u0301s in Vienna", List.of()),
                            creator(2, "Cafes", List.of("re\u0301sume\u0301"))));
            store.publish(1);
            assertThat(hits(store, CompiledBrief.words("cafés résumé"), new WordHits.Cache()))
                    .isEqualTo(Map.of("c-1", 1, "c-2", 1));
        }
    }

    @Test
    void moreWordsThanAByteCanCountAreAllCounted() throws IOException {
        var many = IntStream.range(1_000, 1_600).mapToObj(Integer::toString).collect(Collectors.toSet());
        try (var store = IndexStore.create(folder.resolve("index"), "shape")) {
            store.put(new CreatorDocuments(FitSamples.TREE), List.of(creator(1, String.join(" ", many), List.of("x"))));
            store.publish(1);
            assertThat(hits(store, many, new WordHits.Cache())).isEqualTo(Map.of("c-1", 600));
        }
    }

    @Test
    void wordsHaveFourLettersAndMore() {
        assertThat(CompiledBrief.words("Padel-rackets, made by HAND: 100 % vegan! 日本酒 日本酒蔵"))
                .containsExactlyInAnyOrder("padel", "rackets", "made", "hand", "vegan", "日本酒蔵");
    }
}
