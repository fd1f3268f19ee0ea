package io.closeknit.index;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;

/**
 * Facets that were counted lately. They depend on filters and words, not on weights, order or page: who moves a slider or
 * turns a page gets them from here as long as the snapshot is the same. Safe to share between threads.
 */
final class KeptFacets {
    private static final int MOST = 128;

    /**
     * What facets depend on. The reader stands for the snapshot; of the question only the platforms choose who is meant.
     */
    private record Key(
            IndexReader.CacheKey snapshot,
            long statisticsVersion,
            long treeVersion,
            int platforms,
            Filters filters,
            @Nullable String words,
            boolean sideways) {}

    private final Map<Key, Map<String, Map<String, Integer>>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Map<String, Map<String, Integer>>> eldest) {
            return size() > MOST;
        }
    };

    /** Null where they are to be counted. */
    @Nullable
    Map<String, Map<String, Integer>> get(RankingEngine.Request request) {
        var key = key(request);
        if (key == null) {
            return null;
        }
        synchronized (kept) {
            return kept.get(key);
        }
    }

    void put(RankingEngine.Request request, Map<String, Map<String, Integer>> facets) {
        var key = key(request);
        if (key != null) {
            synchronized (kept) {
                kept.put(key, facets);
            }
        }
    }

    private static @Nullable Key key(RankingEngine.Request request) {
        var snapshot = request.reader().getReaderCacheHelper();
        var query = request.query();
        if (snapshot == null || query.slug() != null) {
            return null;
        }
        return new Key(
                snapshot.getKey(),
                request.brief().statistics().version(),
                request.brief().tree().version(),
                query.question().platforms(),
                query.filters(),
                query.words(),
                query.sideways());
    }
}
