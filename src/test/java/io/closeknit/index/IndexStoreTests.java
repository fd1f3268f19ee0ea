package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.database.GiveWay;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexStoreTests {
    @TempDir
    private Path root;

    private final CreatorDocuments documents = new CreatorDocuments(FitSamples.TREE);

    private Path folder() {
        return root.resolve("index");
    }

    private static CatalogueCreator creator(long id) {
        return FitSamples.stored(
                id,
                FitSamples.document(
                        "{'slug': 'c-" + id + "', 'bio': 'Hello', 'accounts': [{'platform': 'x', 'handle': 'h'}]}"));
    }

    private static List<String> slugs(IndexStore store) {
        try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            return slugs(snapshot);
        }
    }

    private static List<String> slugs(IndexStore.Snapshot snapshot) {
        var slugs = new ArrayList<String>();
        snapshot.forEachRow(row -> slugs.add(row.slug.toString()));
        return slugs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 299})
    void figuresAreTheSameHoweverTheRowsAreParted(int size) {
        var rows = Invented.rows(Invented.creators(300, new Random(7)));
        var parts = IntStream.iterate(0, from -> from < rows.size(), from -> from + size)
                .mapToObj(from -> rows.subList(from, Math.min(rows.size(), from + size)))
                .<StatisticsCalculator.Rows>map(part -> part::forEach)
                .toList();
        var parted = FitSamples.calculated(
                new StatisticsCalculator.Rows() {
                    @Override
                    public void forEach(Consumer<CreatorRow> each) {
                        throw new AssertionError("the parts are there to be shared out");
                    }

                    @Override
                    public List<StatisticsCalculator.Rows> parts() {
                        return parts;
                    }
                },
                5);
        assertThat(parted.creators()).isPositive();
        var whole = FitSamples.calculated(rows, 5);
        assertThat(parted)
                .usingRecursiveComparison()
                .ignoringFields("sample")
                .withEqualsForType((one, other) -> one.equals(other), Double.class)
                .isEqualTo(whole);
        assertThat(parted.sample().stream().map(CreatorRow::toBytes))
                .containsExactlyElementsOf(
                        whole.sample().stream().map(CreatorRow::toBytes).toList());
    }

    @Test
    void whatWasCommittedIsThereAgain() throws IOException {
        try (var store = IndexStore.create(folder(), "shape")) {
            store.put(documents, List.of(creator(1), creator(2)));
            store.publish(7);
            store.commit();
            store.put(documents, List.of(creator(3)));
            store.publish(8); // seen, but not committed: a killed node applies it again
            assertThat(slugs(store)).containsExactlyInAnyOrder("c-1", "c-2", "c-3");
        }
        try (var store = Objects.requireNonNull(IndexStore.open(folder()))) {
            assertThat(store.applied()).isEqualTo(7);
            assertThat(store.shape()).isEqualTo("shape");
            assertThat(slugs(store)).containsExactlyInAnyOrder("c-1", "c-2");
        }
    }

    @Test
    void whatIsWrittenAndMergedWhileSomebodyWaitsIsWhole() throws Exception {
        var way = new GiveWay();
        way.asked();
        CompletableFuture.runAsync(
                        () -> {
                            way.inBackground();
                            try (var store = IndexStore.create(folder(), "shape", IndexStore.Warmer.NONE, way)) {
                                for (var segment = 0; segment < 25; segment++) {
                                    store.put(documents, List.of(creator(2 * segment), creator(2 * segment + 1)));
                                    store.publish(segment + 1);
                                }
                                store.commit();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        Thread::startVirtualThread)
                .get();
        try (var store = Objects.requireNonNull(IndexStore.open(folder()))) {
            assertThat(store.applied()).isEqualTo(25);
            assertThat(slugs(store)).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void aCreatorIsReplacedAndRemoved() throws IOException {
        try (var store = IndexStore.create(folder(), "shape")) {
            store.put(documents, List.of(creator(1), creator(2)));
            store.publish(1);
            store.put(documents, List.of(creator(2)));
            store.remove(Set.of(1L, 99L));
            store.publish(2);
            assertThat(slugs(store)).containsExactly("c-2");
            assertThat(store.creators()).isOne();
        }
    }

    @Test
    void whoReadsKeepsWhatSheSees() throws IOException {
        var store = IndexStore.create(folder(), "shape");
        store.put(documents, List.of(creator(1)));
        store.publish(1);
        try (var before = Objects.requireNonNull(store.tryAcquire())) {
            store.put(documents, List.of(creator(2)));
            store.remove(Set.of(1L));
            store.publish(2);
            store.publish(3); // nothing changed: the same reader under the next number
            assertThat(slugs(before)).containsExactly("c-1");
            assertThat(before.catalogueVersion()).isOne();
            assertThat(slugs(store)).containsExactly("c-2");
            assertThat(store.applied()).isEqualTo(3);

            store.close();
            assertThat(slugs(before)).as("also when the store is gone").containsExactly("c-1");
            assertThat(store.tryAcquire()).as("nothing new").isNull();
        }
    }

    @Test
    void noReaderIsLeftOpen() throws IOException {
        var store = IndexStore.create(folder(), "shape");
        var readers = new ArrayList<org.apache.lucene.index.DirectoryReader>();
        for (var change = 1; change <= 20; change++) {
            store.put(documents, List.of(creator(change)));
            store.publish(change);
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                readers.add(snapshot.reader());
            }
        }
        store.close();
        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.getRefCount()).isZero());
    }

    @Test
    void aFolderWithoutACommitOfOursIsNoIndex() throws IOException {
        assertThat(IndexStore.open(folder())).isNull();
        IndexStore.create(folder(), "shape").close(); // nothing committed
        assertThat(IndexStore.open(folder())).isNull();
    }

    @Test
    void aTruncatedFileIsNoticedAndNothingStaysLocked() throws IOException {
        try (var store = IndexStore.create(folder(), "shape")) {
            store.put(documents, List.of(creator(1)));
            store.publish(1);
            store.commit();
        }
        try (var files = Files.list(folder())) {
            for (var file : files.filter(file -> !file.getFileName().toString().equals("write.lock"))
                    .toList()) {
                var name = file.getFileName().toString();
                if (name.startsWith("segments") || name.endsWith(".si")) {
                    continue; // without those there is no commit at all
                }
                try (var open = new RandomAccessFile(file.toFile(), "rw")) {
                    open.setLength(open.length() / 2);
                }
            }
        }
        assertThatThrownBy(() -> IndexStore.open(folder())).isInstanceOf(IOException.class);
        try (var store = IndexStore.create(folder(), "another")) { // would fail if the lock was held
            assertThat(store.creators()).isZero();
        }
    }

    @Test
    void aCreatorThatCannotBeIndexedKeepsNobodyElseOut() throws IOException {
        try (var store = IndexStore.create(folder(), "shape")) {
            store.put(documents, List.of(creator(1), creator(2)));
            store.publish(1);
            var broken = FitSamples.stored(
                    2, FitSamples.document("{'slug': 'c-2', 'accounts': [{'handle': 'no platform'}]}"));
            store.put(documents, List.of(broken, creator(3)));
            store.publish(2);
            assertThat(slugs(store))
                    .as("not with figures that are no longer true")
                    .containsExactlyInAnyOrder("c-1", "c-3");
        }
    }

    @Test
    void aRowOfManyMentionsFits() throws IOException {
        var mentions =
                "{'brand': 'Acme', 'paid': true, 'on': '2026-01-01', 'url': 'https://x.example/1'},".repeat(20_000);
        var document =
                FitSamples.document("{'slug': 'busy', 'accounts': [{'platform': 'x', 'handle': 'h'}], 'mentions': ["
                        + mentions.substring(0, mentions.length() - 1) + "]}");
        try (var store = IndexStore.create(folder(), "shape")) {
            store.put(documents, List.of(FitSamples.stored(1, document)));
            store.publish(1);
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                snapshot.forEachRow(row -> assertThat(row.mentionCount).isEqualTo(20_000));
            }
            assertThat(slugs(store)).containsExactly("busy");
        }
    }
}
