package io.closeknit.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks through columns instead of rows: filters, counts and screens chunk by chunk, and reads the rows of those alone who
 * could be among the first. Segments without a block are read row by row.
 */
final class BlockEngine implements RankingEngine {
    private static final Set<RankQuery.Sort> SORTS =
            EnumSet.of(RankQuery.Sort.FIT, RankQuery.Sort.LOW, RankQuery.Sort.QUALITY, RankQuery.Sort.FOLLOWERS);

    private final BlockCache blocks;
    private final RowEngine rows;
    private final @Nullable Executor helpers;
    private final int threads;

    /**
     * @param helpers work beside the calling thread; null: nobody
     * @param threads at most, with the calling one
     */
    BlockEngine(BlockCache blocks, @Nullable Executor helpers, int threads) {
        this.blocks = blocks;
        this.helpers = helpers;
        this.threads = helpers == null ? 1 : threads;
        rows = new RowEngine(threads > 1 ? helpers : null);
    }

    /** A part of the work: a chunk, or a whole segment where it has no block. */
    private record Part(
            LeafReaderContext leaf,
            @Nullable ColumnChunk chunk,
            @Nullable FixedBitSet narrowed) {}

    @Override
    public Ranker.Result rank(Request request) throws IOException {
        if (request.query().slug() != null || !SORTS.contains(request.query().sort())) {
            return rows.rank(request);
        }
        var parts = parts(request);
        if (parts.stream().allMatch(part -> part.chunk() == null)) {
            return rows.rank(request);
        }
        var ranker = new Ranker(request);
        var plan = new ChunkPlan(request);
        var next = new AtomicInteger();
        var others = new ArrayList<CompletableFuture<Ranker.Slice>>();
        for (var i = 1; helpers != null && i < Math.min(threads, parts.size()); i++) {
            others.add(CompletableFuture.supplyAsync(() -> work(plan, ranker, parts, next), helpers));
        }
        var slices = new ArrayList<Ranker.Slice>();
        try {
            slices.add(work(plan, ranker, parts, next));
            others.forEach(other -> slices.add(other.join()));
        } catch (CompletionException e) {
            next.set(parts.size());
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (RuntimeException e) {
            next.set(parts.size()); // nobody begins another part
            throw e;
        }
        return ranker.reduce(slices);
    }

    private List<Part> parts(Request request) throws IOException {
        var all = request.narrowed() instanceof MatchAllDocsQuery;
        var searcher = new IndexSearcher(request.reader());
        var weight = all
                ? null
                : searcher.createWeight(searcher.rewrite(request.narrowed()), ScoreMode.COMPLETE_NO_SCORES, 1);
        var parts = new ArrayList<Part>();
        for (var leaf : request.reader().leaves()) {
            var narrowed = weight == null ? null : found(weight, leaf);
            if (narrowed != null && narrowed.length() == 0) {
                continue;
            }
            var block = blocks.find(leaf.reader(), request.brief());
            if (block == null) {
                parts.add(new Part(leaf, null, narrowed));
            } else {
                block.chunks().forEach(chunk -> parts.add(new Part(leaf, chunk, narrowed)));
            }
        }
        return parts;
    }

    /** The documents of a segment that a query finds; of no length where there are none. */
    private static FixedBitSet found(Weight weight, LeafReaderContext leaf) throws IOException {
        var scorer = weight.scorer(leaf);
        if (scorer == null) {
            return new FixedBitSet(0);
        }
        var found = new FixedBitSet(leaf.reader().maxDoc());
        var docs = scorer.iterator();
        docs.nextDoc();
        docs.intoBitSet(leaf.reader().maxDoc(), found, 0);
        return found;
    }

    private static Ranker.Slice work(ChunkPlan plan, Ranker ranker, List<Part> parts, AtomicInteger next) {
        var slice = ranker.newCollector();
        var worker = plan.worker(slice);
        try {
            for (var i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                plan.turn().check();
                var part = parts.get(i);
                if (part.chunk() == null) {
                    readRows(part, plan.hits(part.leaf()), slice);
                } else {
                    worker.work(part.leaf(), part.chunk(), part.narrowed());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The index cannot be read", e);
        }
        return slice;
    }

    private static void readRows(Part part, char[] hits, Ranker.Slice slice) throws IOException {
        var reader = part.leaf().reader();
        var live = reader.getLiveDocs();
        var rows = new RowReader(reader);
        for (var doc = 0; doc < reader.maxDoc(); doc++) {
            var wanted = (live == null || live.get(doc))
                    && (part.narrowed() == null || part.narrowed().get(doc));
            var row = wanted ? rows.of(doc) : null;
            if (row != null) {
                slice.collect(row, part.leaf().docBase + doc, hits.length == 0 ? 0 : hits[doc]);
            }
        }
    }
}
