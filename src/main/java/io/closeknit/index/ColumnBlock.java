package io.closeknit.index;

import io.closeknit.database.GiveWay;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;

/**
 * The columns of one segment of the index, as one statistics version and one taxonomy see it. A segment never changes but
 * for deletes, which are not in it. Immutable.
 */
final class ColumnBlock {
    /** Creators in a chunk, whose sums fit into the processor's second cache. */
    static final int CHUNK = 16_384;

    /** Creators after which people go first, a fraction of a millisecond. */
    private static final int WITHOUT_REST = 32;

    private final List<ColumnChunk> chunks;
    private final long statisticsVersion;
    private final NicheTree tree;

    private ColumnBlock(List<ColumnChunk> chunks, long statisticsVersion, NicheTree tree) {
        this.chunks = chunks;
        this.statisticsVersion = statisticsVersion;
        this.tree = tree;
    }

    /** @param giveWay for whom it rests, where it is made in the background */
    static ColumnBlock of(LeafReader segment, NicheTree tree, Statistics statistics, Tiers tiers, GiveWay giveWay)
            throws IOException {
        var rows = DocValues.getBinary(segment, IndexFields.ROW);
        var row = new CreatorRow();
        var chunks = new ArrayList<ColumnChunk>();
        for (var base = 0; base < segment.maxDoc(); base += CHUNK) {
            var creators = Math.min(CHUNK, segment.maxDoc() - base);
            var builder = new ColumnChunkBuilder(base, creators, tree, tiers, statistics);
            for (var creator = 0; creator < creators; creator++) {
                if (creator % WITHOUT_REST == 0) {
                    giveWay.rest();
                }
                if (rows.advanceExact(base + creator)) {
                    var bytes = rows.binaryValue();
                    row.read(bytes.bytes, bytes.offset, bytes.length);
                    builder.add(creator, row);
                } else {
                    builder.addOdd(creator);
                }
            }
            chunks.add(builder.build());
        }
        return new ColumnBlock(List.copyOf(chunks), statistics.version(), tree);
    }

    /** Whether it is what these statistics and this taxonomy see. */
    boolean serves(Statistics statistics, NicheTree now) {
        return statisticsVersion == statistics.version() && tree.version() == now.version();
    }

    List<ColumnChunk> chunks() {
        return chunks;
    }

    /** Bytes in memory. */
    long bytes() {
        return chunks.stream().mapToLong(ColumnChunk::bytes).sum();
    }
}
