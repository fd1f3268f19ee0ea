package io.closeknit.matching;

import io.closeknit.index.Criterion;
import io.closeknit.index.WholeRanking;
import io.closeknit.index.WholeRanking.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How sure the first ten of a ranking are, where nobody can say a weight to the point: the share of draws of random weights
 * around the chosen ones in which each is among the first ten. The definition is in docs/fit.md.
 *
 * @param draws how many were drawn
 * @param candidates creators who were scored under every draw
 * @param total creators in the ranking
 * @param open draws in which somebody who was not scored could have been among the first ten; 0: the shares are exact
 * @param first the first ten as ranked, in their order
 * @param others who are not among them but often would be, most often first
 */
record Robustness(int draws, int candidates, int total, int open, List<Member> first, List<Member> others) {
    static final int DRAWS = 1_000;
    static final int FIRST = 10;

    /** The concentration: about how many votes the chosen weights stand for. A weight of 25 of 100 varies by 6 or so. */
    static final double CONCENTRATION = 50;

    /** Creators who are scored under every draw, at most. */
    static final int CANDIDATES = 20_000;

    /** The same question gets the same answer. */
    static final long SEED = 20_260_101;

    /** Of those who are not among the first ten, who is named: this share of the draws at least, so many at most. */
    private static final double OFTEN = 0.10;

    private static final int NAMED = 5;

    /** Candidates between two looks at whether any further one can matter. */
    private static final int STRIDE = 128;

    /** Beyond what adding eight products can lose. */
    private static final double ROUNDING = 1e-9;

    /** @param rank as ranked, counted from 1 @param share of the draws, in [0, 1] */
    record Member(int rank, String slug, String name, double share) {}

    /** @param head at most {@link #CANDIDATES} creators, best first */
    static Robustness of(WholeRanking.Head head) {
        return of(head, DRAWS, SEED);
    }

    static Robustness of(WholeRanking.Head head, int draws, long seed) {
        var creators = head.creators();
        var count = creators.size();
        var values = new double[count][];
        var chosen = new double[count];
        for (var i = 0; i < count; i++) {
            values[i] = creators.get(i).value();
            chosen[i] = score(head.weights(), values[i]);
        }
        var hits = new int[count];
        var top = new Top(Math.min(FIRST, count), ties(creators));
        var dice = new Random(seed);
        var open = 0;
        for (var draw = 0; draw < draws; draw++) {
            var weights = draw(head.weights(), dice);
            top.clear();
            var reachable = true;
            for (var i = 0; i < count && reachable; i++) {
                top.offer(i, score(weights, values[i]));
                // The candidates come best first: where nobody from here on can get in, the rest is not scored.
                if (i % STRIDE == STRIDE - 1) {
                    reachable = isReachable(head.weights(), weights, chosen[i], top);
                }
            }
            for (var place = 0; place < top.size; place++) {
                hits[top.who[place]]++;
            }
            if (head.total() > count && reachable && isReachable(head.weights(), weights, chosen[count - 1], top)) {
                open++;
            }
        }
        var share = new double[count];
        for (var i = 0; i < count; i++) {
            share[i] = draws == 0 ? 0 : (double) hits[i] / draws;
        }
        return new Robustness(draws, count, head.total(), open, first(creators, share), others(creators, share));
    }

    /** By candidate, the place among equals: ties go to fewer followers, then to the slug. */
    private static int[] ties(List<Values> creators) {
        var order = IntStream.range(0, creators.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(i -> creators.get(i).followers())
                        .thenComparing(i -> creators.get(i).slug()))
                .mapToInt(Integer::intValue)
                .toArray();
        var ties = new int[order.length];
        for (var place = 0; place < order.length; place++) {
            ties[order[place]] = place;
        }
        return ties;
    }

    private static List<Member> first(List<Values> creators, double[] share) {
        return IntStream.range(0, Math.min(FIRST, creators.size()))
                .mapToObj(i -> member(creators, share, i))
                .toList();
    }

    private static List<Member> others(List<Values> creators, double[] share) {
        return IntStream.range(Math.min(FIRST, creators.size()), creators.size())
                .filter(i -> share[i] >= OFTEN)
                .mapToObj(i -> member(creators, share, i))
                .sorted(Comparator.comparingDouble(Member::share).reversed().thenComparing(Member::rank))
                .limit(NAMED)
                .toList();
    }

    private static Member member(List<Values> creators, double[] share, int i) {
        return new Member(i + 1, creators.get(i).slug(), creators.get(i).name(), share[i]);
    }

    /** Rounded as the order of a ranking is. */
    private static double score(double[] weights, double[] value) {
        var sum = 0.0;
        for (var i = 0; i < Criterion.COUNT; i++) {
            sum += weights[i] * value[i];
        }
        return Math.rint(sum * 100 * 1e9) / 1e9;
    }

    /** Whether somebody with at most this score under the chosen weights could be among the first of the draw. */
    private static boolean isReachable(double[] chosen, double[] drawn, double score, Top top) {
        return top.size < top.who.length || bound(chosen, drawn, score) >= top.score[top.size - 1] - ROUNDING;
    }

    /**
     * The most that anybody could score under a draw: values in [0, 1] that give no more than a score under the chosen
     * weights, put where the draw pays most for them.
     */
    private static double bound(double[] chosen, double[] drawn, double score) {
        var left = score / 100;
        var byGain = IntStream.range(0, Criterion.COUNT)
                .filter(i -> chosen[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -drawn[i] / chosen[i]))
                .toList();
        var most = 0.0;
        for (var i : byGain) {
            var part = Math.min(1, left / chosen[i]);
            most += part * drawn[i];
            left -= part * chosen[i];
            if (left <= 0) {
                break;
            }
        }
        return 100 * most;
    }

    /** The best of a draw, best first. */
    private static final class Top {
        private final int[] who;
        private final double[] score;
        private final int[] ties;
        private int size;

        /** @param ties by candidate, the place among equals */
        Top(int most, int[] ties) {
            who = new int[most];
            score = new double[most];
            this.ties = ties;
        }

        void clear() {
            size = 0;
        }

        void offer(int candidate, double points) {
            if (size == who.length && !isBefore(candidate, points, size - 1)) {
                return;
            }
            var at = size < who.length ? size++ : size - 1;
            while (at > 0 && isBefore(candidate, points, at - 1)) {
                score[at] = score[at - 1];
                who[at] = who[at - 1];
                at--;
            }
            score[at] = points;
            who[at] = candidate;
        }

        private boolean isBefore(int candidate, double points, int place) {
            return points > score[place] || points == score[place] && ties[candidate] < ties[who[place]];
        }
    }

    // ---- random weights

    /** A draw from the Dirichlet distribution with the mean {@code chosen}; what weighs 0 keeps 0. */
    static double[] draw(double[] chosen, Random dice) {
        var drawn = new double[chosen.length];
        var sum = 0.0;
        for (var i = 0; i < chosen.length; i++) {
            drawn[i] = chosen[i] > 0 ? gamma(CONCENTRATION * chosen[i], dice) : 0;
            sum += drawn[i];
        }
        if (!(sum > 0)) {
            return chosen.clone();
        }
        for (var i = 0; i < drawn.length; i++) {
            drawn[i] /= sum;
        }
        return drawn;
    }

    /** Marsaglia and Tsang (2000), A simple method for generating gamma variables; below a shape of 1 by its section 6. */
    private static double gamma(double shape, Random dice) {
        if (shape < 1) {
            return gamma(shape + 1, dice) * Math.pow(1 - dice.nextDouble(), 1 / shape);
        }
        var d = shape - 1.0 / 3;
        var c = 1 / Math.sqrt(9 * d);
        while (true) {
            var x = dice.nextGaussian();
            var v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            if (Math.log(1 - dice.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    /** Whether the shares hold for the whole ranking, not only for who was scored. */
    public boolean exact() {
        return open == 0;
    }

    /** The least sure of the first ten; 1 where nobody is ranked. */
    public double least() {
        return first.stream().mapToDouble(Member::share).min().orElse(1);
    }

    /** How many of the first ten are there in nine of ten draws. */
    public int sure() {
        return (int) first.stream().filter(member -> member.share() >= 0.9).count();
    }
}
