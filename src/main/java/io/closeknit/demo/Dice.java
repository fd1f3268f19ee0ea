package io.closeknit.demo;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Chance with a seed: the same throws in the same order every time. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of their own: however often they are thrown, these here go on as if nothing had happened. */
    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number from 0 to below the limit. */
    int below(int limit) {
        return random.nextInt(limit);
    }

    /** A whole number, both bounds included. */
    int whole(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    /** Normally distributed, cut off at the bounds. */
    double normal(double mean, double deviation, double from, double to) {
        return Math.clamp(mean + deviation * random.nextGaussian(), from, to);
    }

    /** Standard normally distributed. */
    double normal() {
        return random.nextGaussian();
    }

    /** Log-normally distributed. @param sigma standard deviation of the logarithm */
    double around(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** One of the keys, each as likely as its weight says; the map must keep its order. */
    <T> T weighted(Map<T, Double> weights) {
        var left = random.nextDouble()
                * weights.values().stream().mapToDouble(Double::doubleValue).sum();
        T last = null;
        for (var entry : weights.entrySet()) {
            last = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                break;
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("Nothing to choose from");
        }
        return last;
    }
}
