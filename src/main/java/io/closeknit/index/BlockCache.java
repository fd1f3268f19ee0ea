package io.closeknit.index;

import io.closeknit.database.GiveWay;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The blocks of all segments that are open. A block is made when its segment is new, before the segment answers, or when
 * new statistics are about to; it goes with the segment. Safe to share between threads.
 */
@Component
final class BlockCache {
    private static final Logger log = LoggerFactory.getLogger(BlockCache.class);

    /** A segment of so many is decoded by the query that finds it without a block. */
    private static final int AT_ONCE = 2_048;

    /** By segment; of one more statistics version than answers while these are being changed. */
    private final ConcurrentMap<IndexReader.CacheKey, List<ColumnBlock>> blocks = new ConcurrentHashMap<>();

    private final GiveWay giveWay;
    private volatile @Nullable View view;

    BlockCache(GiveWay giveWay) {
        this.giveWay = giveWay;
    }

    /** What blocks are made for. */
    record View(NicheTree tree, Statistics statistics, Tiers tiers) {
        boolean isSeenBy(ColumnBlock block) {
            return block.serves(statistics, tree);
        }
    }

    /** Blocks of new segments are made for this view from now on. */
    void view(View next) {
        view = next;
    }

    /** Makes the block of a segment that is about to answer. */
    void warm(LeafReader segment) throws IOException {
        var wanted = view;
        if (wanted != null && wanted.tiers().count() <= ColumnChunk.MOST_TIERS) {
            block(segment, wanted);
        }
    }

    /**
     * Makes all blocks that are missing for the view; the ones of other views go.
     *
     * @param awaited whether nothing answers before: made on all cores then, else on this thread, so that it can rest
     */
    void prepare(IndexReader reader, View wanted, boolean awaited) throws IOException {
        view = wanted;
        if (wanted.tiers().count() > ColumnChunk.MOST_TIERS) {
            return; // nobody has so many; the rows answer
        }
        var started = System.nanoTime();
        try {
            var leaves = reader.leaves();
            (awaited ? leaves.parallelStream() : leaves.stream()).forEach(leaf -> {
                try {
                    block(leaf.reader(), wanted);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        log.info("Columns of {} creators made in {} ms", reader.numDocs(), (System.nanoTime() - started) / 1_000_000);
    }

    /** Forgets what was made for other views. */
    void keepOnly(View wanted) {
        blocks.values().forEach(kept -> kept.removeIf(block -> !wanted.isSeenBy(block)));
    }

    /** The block of a segment for a brief; null where there is none and it is too large to be made in passing. */
    @Nullable
    ColumnBlock find(LeafReader segment, CompiledBrief brief) throws IOException {
        if (brief.tiers().count() > ColumnChunk.MOST_TIERS) {
            return null;
        }
        var wanted = new View(brief.tree(), brief.statistics(), brief.tiers());
        var found = kept(segment, wanted);
        return found != null || segment.maxDoc() > AT_ONCE ? found : block(segment, wanted);
    }

    private @Nullable ColumnBlock kept(LeafReader segment, View wanted) {
        var key = segment.getCoreCacheHelper();
        for (var block : key == null ? List.<ColumnBlock>of() : blocks.getOrDefault(key.getKey(), List.of())) {
            if (wanted.isSeenBy(block)) {
                return block;
            }
        }
        return null;
    }

    private ColumnBlock block(LeafReader segment, View wanted) throws IOException {
        var kept = kept(segment, wanted);
        if (kept != null) {
            return kept;
        }
        var made = ColumnBlock.of(segment, wanted.tree(), wanted.statistics(), wanted.tiers(), giveWay);
        var key = segment.getCoreCacheHelper();
        if (key != null) {
            blocks.computeIfAbsent(key.getKey(), _ -> {
                        key.addClosedListener(blocks::remove);
                        return new CopyOnWriteArrayList<>();
                    })
                    .add(made);
        }
        return made;
    }

    /** Bytes in memory. */
    long bytes() {
        return blocks.values().stream()
                .flatMap(List::stream)
                .mapToLong(ColumnBlock::bytes)
                .sum();
    }
}
