package io.closeknit.index;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/** Reads every row that Lucene finds: the reference that the other engine is measured by. */
final class RowEngine implements RankingEngine {
    private final @Nullable Executor slices;

    /** @param slices works on slices of the index side by side; null: one thread, the caller's */
    RowEngine(@Nullable Executor slices) {
        this.slices = slices;
    }

    @Override
    public Ranker.Result rank(Request request) throws IOException {
        var searcher = new IndexSearcher(request.reader(), slices);
        searcher.setQueryCache(null); // the fit depends on what no cache knows
        try {
            return searcher.search(request.narrowed(), new Ranker(request));
        } catch (RuntimeException e) {
            // From a slice on another thread it comes wrapped.
            if (e.getCause() instanceof RankingOvertakenException overtaken) {
                throw overtaken;
            }
            throw e;
        }
    }
}
