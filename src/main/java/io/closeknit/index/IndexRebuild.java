package io.closeknit.index;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole catalogue into a fresh index, on threads of its own, while whatever was there before goes on answering.
 * The threads take turns to claim the next ids, and each reads, packs and writes what it claimed. What changes meanwhile
 * is in the change log after {@link #version}, and is applied when this is over.
 */
final class IndexRebuild implements AutoCloseable {
    /** Creators read at a time. */
    private static final int BATCH = 2_000;

    private final CatalogueReader catalogue;
    private final IndexStore fresh;
    private final NicheTree tree;
    private final Clock clock;
    private final long version;
    private final long total;
    private final Instant started;
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch working;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    private long claimed = Long.MIN_VALUE;

    /** Starts. @param fresh an empty index, which stays the caller's */
    IndexRebuild(CatalogueReader catalogue, IndexStore fresh, NicheTree tree, int threads, Clock clock) {
        this.catalogue = catalogue;
        this.fresh = fresh;
        this.tree = tree;
        this.clock = clock;
        started = clock.instant();
        version = catalogue.version();
        total = catalogue.count().all();
        working = new CountDownLatch(threads);
        for (var i = 0; i < threads; i++) {
            this.threads.add(
                    Thread.ofPlatform().name("index-rebuild-" + i).daemon().start(this::work));
        }
    }

    IndexStore fresh() {
        return fresh;
    }

    /** What the rows are made with. */
    NicheTree tree() {
        return tree;
    }

    /** The catalogue's version when this began: changes after it may or may not be in. */
    long version() {
        return version;
    }

    /** @return whether it is over */
    boolean await(Duration atMost) throws InterruptedException {
        return working.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOver() {
        return working.getCount() == 0;
    }

    /** What went wrong, once it is over; null where nothing did. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    IndexProgress progress() {
        return IndexProgress.at(done.get(), total, started, clock.instant());
    }

    private void work() {
        try {
            var documents = new CreatorDocuments(tree);
            for (var ids = claim(); !ids.isEmpty(); ids = claim()) {
                fresh.add(documents, catalogue.range(ids.getFirst(), ids.getLast()));
                done.addAndGet(ids.size());
            }
        } catch (Throwable e) { // an error too: it decides over the index as a whole
            failure.compareAndSet(null, e);
        } finally {
            working.countDown();
        }
    }

    private synchronized List<Long> claim() {
        if (closed || failure.get() != null) {
            return List.of();
        }
        var ids = catalogue.ids(claimed, BATCH);
        if (!ids.isEmpty()) {
            claimed = ids.getLast();
        }
        return ids;
    }

    /** Stops where it is, and waits for the threads to let go of the index. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a rebuild of the index stopped", e);
        }
    }
}
