package io.closeknit.index;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A brief in numbers: what is asked of a creator, by the codes of {@link Codes} and the ids of niches.
 *
 * @param platforms bit by ordinal of {@code CreatorDocument.Platform}; 0 means all
 * @param niches importance by niche id, at least 0; empty: not asked (the brand's niche stands in before it comes here)
 * @param likeCreators the weights by niche id, summing to 1, of each past partner who has niches
 * @param target the people to reach
 * @param belief what would show that she believes in the brand
 * @param deliverables pieces by ordinal of {@code CreatorDocument.Deliverable}; all 0: none named
 * @param budget whether the brief has one
 * @param weights by ordinal of {@link Criterion}
 */
public record BriefQuestion(
        int platforms,
        Map<Integer, Double> niches,
        List<Map<Integer, Double>> likeCreators,
        Target target,
        Belief belief,
        int[] deliverables,
        boolean budget,
        double[] weights) {

    /** Asks nothing: what is left is quality. */
    public static BriefQuestion nothing(double[] weights) {
        return new BriefQuestion(
                0, Map.of(), List.of(), Target.ANYBODY, Belief.NOTHING, new int[DELIVERABLES], false, weights);
    }

    static final int DELIVERABLES = io.closeknit.catalogue.CreatorDocument.Deliverable.values().length;

    /** @return the same question with other weights */
    public BriefQuestion withWeights(double[] other) {
        return new BriefQuestion(platforms, niches, likeCreators, target, belief, deliverables, budget, other);
    }

    /**
     * @param ages bit by index in {@link Codes#AGES}
     * @param genders bit by index in {@link Codes#GENDERS}
     * @param interests niche ids
     */
    public record Target(Set<Integer> countries, int ages, int genders, List<Long> languages, Set<Integer> interests) {
        /** No dimension is asked. */
        public static final Target ANYBODY = new Target(Set.of(), 0, 0, List.of(), Set.of());
    }

    /**
     * @param brand hashes of the brand's names
     * @param competitors hashes of the competitors' names
     * @param category niche id of the brand, -1 where it has none
     * @param words the distinct words of product, message and values, lower case, four letters and more
     * @param windowDays how long paid work for a competitor counts
     */
    public record Belief(Set<Long> brand, Set<Long> competitors, int category, List<String> words, int windowDays) {
        /** Nothing is asked. */
        public static final Belief NOTHING = new Belief(Set.of(), Set.of(), -1, List.of(), 90);

        boolean isAsked() {
            return !brand.isEmpty() || !competitors.isEmpty() || category >= 0 || !words.isEmpty();
        }
    }
}
