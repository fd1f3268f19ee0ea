package io.closeknit.niche;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the taxonomy in memory. A change made here shows at once after its commit, one made on another node within
 * {@link #TRUSTED}: then the version is compared, which reads one row.
 */
@Component
class CachedNicheDirectory implements NicheDirectory {
    private static final Duration TRUSTED = Duration.ofSeconds(1);
    private static final Object CHANGED_HERE = CachedNicheDirectory.class;

    private final NicheStore store;
    private final AtomicLong commits = new AtomicLong();
    private volatile @Nullable Snapshot snapshot;

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
        return seen.commits == commits.get() && System.nanoTime() - seen.checkedAt < TRUSTED.toNanos();
    }

    private synchronized NicheTree refresh() {
        var seen = snapshot;
        if (seen != null && isFresh(seen)) {
            return seen.tree; // another thread was faster
        }
        var commitsBefore = commits.get();
        var now = System.nanoTime();
        // A caller whose transaction sees the past must not bring an older tree back, hence no '!='.
        var tree = seen != null && store.version() <= seen.tree.version() ? seen.tree : store.load();
        snapshot = new Snapshot(tree, commitsBefore, now);
        return tree;
    }

    /** Called in the transaction of a change: its own reads see it from now on, everybody else's after the commit. */
    void changedInThisTransaction() {
        if (TransactionSynchronizationManager.hasResource(CHANGED_HERE)) {
            return;
        }
        TransactionSynchronizationManager.bindResource(CHANGED_HERE, Boolean.TRUE);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public int getOrder() {
                return Ordered.HIGHEST_PRECEDENCE; // before any listener that reads the tree after the commit
            }

            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResource(CHANGED_HERE);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(CHANGED_HERE, Boolean.TRUE);
            }

            @Override
            public void beforeCompletion() {
                TransactionSynchronizationManager.unbindResourceIfPossible(CHANGED_HERE);
            }

            @Override
            public void afterCommit() {
                commits.incrementAndGet();
            }
        });
    }

    /**
     * @param commits how many changes of this node were committed when it was read
     * @param checkedAt when its version was last compared, in the nanoseconds of the JVM
     */
    private record Snapshot(NicheTree tree, long commits, long checkedAt) {}
}
