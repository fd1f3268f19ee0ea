package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.database.GiveWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Lucene index on disk and the snapshot of it that answers. One thread writes; any number read. The commit carries the
 * number of the last change that is in it, so that a killed node goes on where it was.
 */
final class IndexStore implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexStore.class);
    private static final String CHANGE = "change";
    private static final String SHAPE = "shape";

    /** What is written to memory before it becomes a segment, in MB. */
    private static final double BUFFER = 64;

    /** Likewise while a whole catalogue goes in: fewer segments, and less merging of them. */
    private static final double BULK_BUFFER =
            Math.clamp(Runtime.getRuntime().maxMemory() / 16.0 / (1 << 20), BUFFER, 256);

    private final Path folder;
    private final Warmer warmer;
    private final Directory directory;
    private final GiveWay giveWay;
    private final IndexWriter writer;
    private String shape;
    private long applied;
    private long committed;
    private volatile Snapshot current;

    private IndexStore(
            Path folder,
            Warmer warmer,
            Directory directory,
            GiveWay giveWay,
            IndexWriter writer,
            String shape,
            long applied)
            throws IOException {
        this.folder = folder;
        this.warmer = warmer;
        this.directory = directory;
        this.giveWay = giveWay;
        this.writer = writer;
        this.shape = shape;
        this.applied = applied;
        committed = applied;
        current = new Snapshot(DirectoryReader.open(writer), applied);
    }

    /** Makes a segment ready to answer, before it does; it may do so without. */
    interface Warmer {
        /** Nothing is made ready. */
        Warmer NONE = _ -> {};

        void warm(LeafReader segment) throws IOException;
    }

    /** What answers: one consistent catalogue version. Whoever holds it releases it. */
    static final class Snapshot implements AutoCloseable {
        private static final int PARTS = 4 * Runtime.getRuntime().availableProcessors();
        private static final int LEAST_IN_A_PART = 10_000;

        private final DirectoryReader reader;
        private final long catalogueVersion;
        private final int segments;

        private Snapshot(DirectoryReader reader, long catalogueVersion) {
            this.reader = reader;
            this.catalogueVersion = catalogueVersion;
            segments = reader.leaves().size();
        }

        DirectoryReader reader() {
            return reader;
        }

        /** The last change of the catalogue that is in it. */
        long catalogueVersion() {
            return catalogueVersion;
        }

        int creators() {
            return reader.numDocs();
        }

        /** Every row; the one that is handed over is reused. */
        void forEachRow(Consumer<CreatorRow> each) {
            rows().forEach(each);
        }

        /** The rows in parts about as large as each other, some for each core. */
        StatisticsCalculator.Rows rows() {
            var size = Math.max(LEAST_IN_A_PART, reader.maxDoc() / PARTS + 1);
            var parts = new ArrayList<StatisticsCalculator.Rows>();
            for (var leaf : reader.leaves()) {
                for (var first = 0; first < leaf.reader().maxDoc(); first += size) {
                    var from = first;
                    parts.add(each -> forEachRow(leaf.reader(), from, from + size, each));
                }
            }
            return new StatisticsCalculator.Rows() {
                @Override
                public void forEach(Consumer<CreatorRow> each) {
                    parts.forEach(part -> part.forEach(each));
                }

                @Override
                public List<StatisticsCalculator.Rows> parts() {
                    return parts;
                }
            };
        }

        private static void forEachRow(LeafReader segment, int from, int to, Consumer<CreatorRow> each) {
            var row = new CreatorRow();
            try {
                var rows = DocValues.getBinary(segment, IndexFields.ROW);
                Bits live = segment.getLiveDocs();
                for (var doc = rows.advance(from); doc < to; doc = rows.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        read(rows, row);
                        each.accept(row);
                    }
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("The index cannot be read", e);
            }
        }

        private static void read(BinaryDocValues rows, CreatorRow row) throws IOException {
            var bytes = rows.binaryValue();
            try {
                row.read(bytes.bytes, bytes.offset, bytes.length);
            } catch (RuntimeException e) {
                throw new CorruptIndexException("A row cannot be read", "document " + rows.docID(), e);
            }
        }

        @Override
        public void close() {
            try {
                reader.decRef();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("The index cannot be released", e);
            }
        }
    }

    /** Opens the index in the folder; nothing is made ready. */
    static @Nullable IndexStore open(Path folder) throws IOException {
        return open(folder, Warmer.NONE);
    }

    /**
     * Opens the index in the folder. Nothing stays open where that fails.
     *
     * @return null where there is none, or none that we committed
     * @throws IOException where it is damaged, like {@link IllegalArgumentException}
     */
    static @Nullable IndexStore open(Path folder, Warmer warmer) throws IOException {
        return open(folder, warmer, new GiveWay());
    }

    /** Likewise. @param giveWay for whom writing rests where it is done in the background, as merging always is */
    static @Nullable IndexStore open(Path folder, Warmer warmer, GiveWay giveWay) throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        var directory = new RestingDirectory(FSDirectory.open(folder), giveWay);
        try {
            var data = DirectoryReader.indexExists(directory)
                    ? DirectoryReader.listCommits(directory).getLast().getUserData()
                    : Map.<String, String>of();
            var change = data.get(CHANGE);
            var shape = data.get(SHAPE);
            if (change == null || shape == null) {
                directory.close();
                return null;
            }
            return open(
                    folder,
                    warmer,
                    directory,
                    giveWay,
                    IndexWriterConfig.OpenMode.APPEND,
                    shape,
                    Long.parseLong(change));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Makes an empty index in the folder. @param shape see {@link #shape()} */
    static IndexStore create(Path folder, String shape) throws IOException {
        return create(folder, shape, Warmer.NONE);
    }

    /** Likewise, with segments that are made ready. */
    static IndexStore create(Path folder, String shape, Warmer warmer) throws IOException {
        return create(folder, shape, warmer, new GiveWay());
    }

    /** Likewise. @param giveWay as for opening */
    static IndexStore create(Path folder, String shape, Warmer warmer, GiveWay giveWay) throws IOException {
        var directory = new RestingDirectory(FSDirectory.open(Files.createDirectories(folder)), giveWay);
        try {
            return open(folder, warmer, directory, giveWay, IndexWriterConfig.OpenMode.CREATE, shape, 0);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static IndexStore open(
            Path folder,
            Warmer warmer,
            Directory directory,
            GiveWay giveWay,
            IndexWriterConfig.OpenMode mode,
            String shape,
            long applied)
            throws IOException {
        var writer = new IndexWriter(directory, config(mode, warmer, giveWay));
        try {
            return new IndexStore(folder, warmer, directory, giveWay, writer, shape, applied);
        } catch (IOException | RuntimeException e) {
            writer.rollback(); // or its lock would be held for ever
            throw e;
        }
    }

    private static IndexWriterConfig config(IndexWriterConfig.OpenMode mode, Warmer warmer, GiveWay giveWay) {
        return new IndexWriterConfig(CreatorDocuments.ANALYZER)
                .setOpenMode(mode)
                .setRAMBufferSizeMB(mode == IndexWriterConfig.OpenMode.CREATE ? BULK_BUFFER : BUFFER)
                .setMergedSegmentWarmer(warmer::warm)
                .setMergeScheduler(new RestingDirectory.Merges(giveWay))
                .setCommitOnClose(false);
    }

    Path folder() {
        return folder;
    }

    /** What of the code and the taxonomy the rows were made with: where it differs, the index is to be rebuilt. */
    String shape() {
        return shape;
    }

    void shape(String now) {
        shape = now;
    }

    /** Whether it can still be written to: Lucene closes a writer for good after a full disk and the like. */
    boolean isWritable() {
        return writer.isOpen();
    }

    /** The last change of the catalogue that is in the index. */
    long applied() {
        return applied;
    }

    /**
     * Takes creators in, in place of what the index had of them. One that can't be indexed is left out and logged: she
     * must not keep all others from being found.
     */
    void put(CreatorDocuments documents, Collection<CatalogueCreator> creators) throws IOException {
        for (var creator : creators) {
            giveWay.rest();
            var id = new Term(IndexFields.ID, Long.toString(creator.id()));
            try {
                writer.updateDocument(id, documents.of(creator));
            } catch (RuntimeException e) {
                if (!writer.isOpen()) {
                    throw e;
                }
                log.error("Creator {} cannot be indexed and is left out of every ranking", creator.id(), e);
                writer.deleteDocuments(id);
            }
        }
    }

    /** Takes creators in that the index does not have: like {@link #put}, but any number of threads may do it at once. */
    void add(CreatorDocuments documents, Collection<CatalogueCreator> creators) throws IOException {
        for (var creator : creators) {
            try {
                writer.addDocument(documents.of(creator));
            } catch (RuntimeException e) {
                if (!writer.isOpen()) {
                    throw e;
                }
                log.error("Creator {} cannot be indexed and is left out of every ranking", creator.id(), e);
            }
        }
    }

    /** Takes creators out. */
    void remove(Collection<Long> ids) throws IOException {
        for (var id : ids) {
            writer.deleteDocuments(new Term(IndexFields.ID, Long.toString(id)));
        }
    }

    /** Lets the readers see what was put and removed. @param change the last one of the catalogue that is in it now */
    void publish(long change) throws IOException {
        var old = current;
        var changed = DirectoryReader.openIfChanged(old.reader, writer);
        if (changed == null) {
            old.reader.incRef();
            changed = old.reader;
        }
        for (var leaf : changed.leaves()) {
            warmer.warm(leaf.reader());
        }
        current = new Snapshot(changed, change);
        applied = change;
        writer.getConfig().setRAMBufferSizeMB(BUFFER); // what comes now comes bit by bit
        old.close();
    }

    /** Makes what was published durable. Does nothing where nothing changed. */
    void commit() throws IOException {
        if (committed == applied && !writer.hasUncommittedChanges()) {
            return;
        }
        Map<String, String> data = new HashMap<>();
        data.put(CHANGE, Long.toString(applied));
        data.put(SHAPE, shape);
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
        committed = applied;
    }

    /** The snapshot that answers now, to be closed; null where another one is just taking its place. */
    @Nullable
    Snapshot tryAcquire() {
        var snapshot = current;
        return snapshot.reader.tryIncRef() ? snapshot : null;
    }

    int creators() {
        return current.creators();
    }

    /** The parts that the index consists of; the reader is not asked, who may be closed just now. */
    int segments() {
        return current.segments;
    }

    /** The bytes on disk. */
    long bytes() throws IOException {
        var sum = 0L;
        for (var file : directory.listAll()) {
            sum += directory.fileLength(file);
        }
        return sum;
    }

    /** Closes without a commit. Who holds a snapshot can go on reading from it. */
    @Override
    public void close() throws IOException {
        try (directory) {
            try {
                current.close();
            } finally {
                writer.rollback();
            }
        }
    }
}
