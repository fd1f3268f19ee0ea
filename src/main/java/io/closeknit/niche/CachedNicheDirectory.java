package io.closeknit.niche;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the taxonomy in memory. A change made here shows at once after its commit, one made on another node within
 * {@link #TRUSTED}: then the version is compared, which reads one row, and until that is done the tree of before serves.
 */
@Component
class CachedNicheDirectory implements NicheDirectory {
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final Object CHANGED_HERE = CachedNicheDirectory.class;

    private final NicheStore store;
    /** The newest version that was committed here. */
    private final AtomicLong committed = new AtomicLong();

    private volatile @Nullable Snapshot snapshot;

    private final ReentrantLock refreshing = new ReentrantLock();

    CachedNicheDirectory(NicheStore store) {
        this.store = store;
    }

    @Override
    public NicheTree tree() {
        if (TransactionSynchronizationManager.hasResource(CHANGED_HERE)) {
            return store.load(); // this transaction's own view, for nobody else yet
        }
        var seen = snapshot;
        return seen != null && isFresh(seen) ? seen.tree : refresh();
    }

    /** The tree as it was last read, which may lack what was changed since; for what need not be the latest. */
    NicheTree lastRead() {
        var seen = snapshot;
        return seen == null ? refresh() : seen.tree;
    }

    private boolean isFresh(Snapshot seen) {
        return seen.tree.version() >= committed.get() && System.nanoTime() - seen.checkedAt < TRUSTED.toNanos();
    }

    /**
     * One thread at a time looks; nobody waits for it. Whoever waited could hold the connection that the one who looks is
     * waiting for.
     */
    private NicheTree refresh() {
        if (refreshing.tryLock()) {
            try {
                return refreshAlone();
            } finally {
                refreshing.unlock();
            }
        }
        var seen = snapshot;
        return seen != null && seen.tree.version() >= committed.get() ? seen.tree : store.load();
    }

    private NicheTree refreshAlone() {
        var seen = snapshot;
        if (seen != null && isFresh(seen)) {
            return seen.tree; // another thread was faster
        }
        var now = System.nanoTime();
        // The caller's transaction may see the past: that must not bring an older tree back, nor pass for the latest.
        var tree = seen != null && store.version() <= seen.tree.version() ? seen.tree : store.load();
        if (tree.version() >= committed.get()) {
            snapshot = new Snapshot(tree, now);
        }
        return tree;
    }

    /**
     * Called in the transaction of a change: its own reads see it from now on, everybody else's after the commit.
     *
     * @param version of the tree after the change
     */
    void changedInThisTransaction(long version) {
        if (!TransactionSynchronizationManager.hasResource(CHANGED_HERE)) {
            TransactionSynchronizationManager.bindResource(CHANGED_HERE, Boolean.TRUE);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public int getOrder() {
                return Ordered.HIGHEST_PRECEDENCE; // before any listener that reads the tree after the commit
            }

            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResourceIfPossible(CHANGED_HERE);
            }

            @Override
            public void resume() {
                if (!TransactionSynchronizationManager.hasResource(CHANGED_HERE)) {
                    TransactionSynchronizationManager.bindResource(CHANGED_HERE, Boolean.TRUE);
                }
            }

            @Override
            public void beforeCompletion() {
                TransactionSynchronizationManager.unbindResourceIfPossible(CHANGED_HERE);
            }

            @Override
            public void afterCommit() {
                committed.accumulateAndGet(version, Math::max);
            }
        });
    }

    /** @param checkedAt when its version was last compared, in the nanoseconds of the JVM */
    private record Snapshot(NicheTree tree, long checkedAt) {}
}
