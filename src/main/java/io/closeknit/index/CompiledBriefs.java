package io.closeknit.index;

import io.closeknit.index.BriefQuestion.Belief;
import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.niche.NicheTree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Briefs that were compiled lately. What takes time, the stand-ins from two thousand creators, does not depend on the
 * weights, so that a slider that moves finds everything here. Safe to share between threads.
 */
final class CompiledBriefs {
    /** Kept at most, of some tens of kilobytes each. */
    private static final int MOST = 256;

    /** All that a compiled brief depends on but the weights; the statistics by identity, since a sample may be younger. */
    private record Key(
            int platforms,
            Map<Integer, Double> niches,
            List<Map<Integer, Double>> likeCreators,
            Target target,
            Belief belief,
            List<Integer> deliverables,
            boolean budget,
            Identity statistics,
            Identity tree,
            Identity tiers) {

        static Key of(BriefQuestion question, NicheTree tree, Statistics statistics, Tiers tiers) {
            return new Key(
                    question.platforms(),
                    question.niches(),
                    question.likeCreators(),
                    question.target(),
                    question.belief(),
                    Arrays.stream(question.deliverables()).boxed().toList(),
                    question.budget(),
                    new Identity(statistics),
                    new Identity(tree),
                    new Identity(tiers));
        }
    }

    private record Identity(Object of) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity(Object same) && same == of;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(of);
        }
    }

    private final Map<Key, CompiledBrief> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompiledBrief> eldest) {
            return size() > MOST;
        }
    };

    /** @throws NothingToWeighException where every criterion that is asked weighs 0 */
    CompiledBrief of(BriefQuestion question, NicheTree tree, Statistics statistics, Tiers tiers) {
        var key = Key.of(question, tree, statistics, tiers);
        CompiledBrief found;
        synchronized (kept) {
            found = kept.get(key);
        }
        if (found != null) {
            return found.withWeights(question.weights());
        }
        var compiled = new CompiledBrief(question, tree, statistics, tiers);
        synchronized (kept) {
            kept.put(key, compiled);
        }
        return compiled;
    }
}
