package io.closeknit.realdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * How well rankings find the creators whom brands really work with. The same arithmetic as tools/ranking_quality.py, which
 * a test holds it against; besides, candidates may differ from brand to brand, and two rankings are compared brand by brand.
 */
final class PairQuality {
    private static final int DRAWS = 2_000;

    /** Of one brand: ties are ranked against the ranking. */
    record OfBrand(double auc, double weight, double recall10, double ndcg10) {}

    /** @param low and high 95 % interval over brands */
    record Interval(double low, double high) {}

    private PairQuality() {}

    /**
     * @param scores of one brand's candidates; whoever is missing is no candidate
     * @param right who really works with it, at least one of them a candidate
     */
    static OfBrand measure(Map<String, Double> scores, Set<String> right) {
        var found = scores.entrySet().stream()
                .filter(score -> right.contains(score.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sorted()
                .toArray();
        var wrong = scores.entrySet().stream()
                .filter(score -> !right.contains(score.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sorted()
                .toArray();
        if (found.length == 0 || wrong.length == 0) {
            throw new IllegalArgumentException("Nothing to find, or nobody to find it among");
        }
        var auc = 0.0;
        var inTen = 0;
        var gain = 0.0;
        var ideal = 0.0;
        for (var i = 0; i < found.length; i++) {
            var score = found[found.length - 1 - i];
            var below = below(wrong, score);
            auc += (below + belowOrEqual(wrong, score)) / 2.0 / wrong.length;
            var rank = i + 1 + wrong.length - below;
            if (rank <= 10) {
                inTen++;
                gain += 1 / (Math.log(rank + 1.0) / Math.log(2));
            }
            if (i < 10) {
                ideal += 1 / (Math.log(i + 2.0) / Math.log(2));
            }
        }
        return new OfBrand(
                auc / found.length, (double) found.length * wrong.length, (double) inTen / found.length, gain / ideal);
    }

    private static int below(double[] sorted, double value) {
        var at = 0;
        while (at < sorted.length && sorted[at] < value) {
            at++;
        }
        return at;
    }

    private static int belowOrEqual(double[] sorted, double value) {
        var at = below(sorted, value);
        while (at < sorted.length && sorted[at] == value) {
            at++;
        }
        return at;
    }

    /** Over brands, each weighing as many pairs as it compares. */
    static double auc(Collection<OfBrand> brands) {
        var weight = brands.stream().mapToDouble(OfBrand::weight).sum();
        return brands.stream()
                        .mapToDouble(brand -> brand.auc() * brand.weight())
                        .sum()
                / weight;
    }

    static double mean(Collection<OfBrand> brands, ToDoubleFunction<OfBrand> figure) {
        return brands.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** How the mean varies with the brands that happened to be looked at: the bootstrap, with a fixed seed. */
    static Interval interval(List<Double> byBrand) {
        var dice = new Random(1);
        var means = new double[DRAWS];
        Arrays.setAll(means, _ -> {
            var sum = 0.0;
            for (var i = 0; i < byBrand.size(); i++) {
                sum += byBrand.get(dice.nextInt(byBrand.size()));
            }
            return sum / byBrand.size();
        });
        Arrays.sort(means);
        return new Interval(means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40]);
    }

    /** The cosine of the tags, weighed by the root of their share and by how rare they are: what a ranking has to beat. */
    static final class TagCosine {
        private final Map<String, Map<String, Double>> creators;
        private final Map<String, Integer> with = new HashMap<>();

        /** @param creators the shares of their tags */
        TagCosine(Map<String, Map<String, Double>> creators) {
            this.creators = creators;
            creators.values().forEach(tags -> tags.keySet().forEach(tag -> with.merge(tag, 1, Integer::sum)));
        }

        Map<String, Double> scores(Map<String, Double> brand, Collection<String> candidates) {
            var wanted = vector(brand);
            var scores = new HashMap<String, Double>();
            for (var candidate : candidates) {
                var sum = 0.0;
                for (var tag :
                        vector(creators.getOrDefault(candidate, Map.of())).entrySet()) {
                    sum += tag.getValue() * wanted.getOrDefault(tag.getKey(), 0.0);
                }
                scores.put(candidate, sum);
            }
            return scores;
        }

        private Map<String, Double> vector(Map<String, Double> shares) {
            var vector = new HashMap<String, Double>();
            var squares = new ArrayList<Double>();
            shares.forEach((tag, share) -> {
                var idf = Math.log((creators.size() + 1.0) / (with.getOrDefault(tag, 0) + 1.0)) + 1;
                vector.put(tag, Math.sqrt(share) * idf);
                squares.add(share * idf * idf);
            });
            var length =
                    Math.sqrt(squares.stream().mapToDouble(Double::doubleValue).sum());
            vector.replaceAll((_, value) -> length == 0 ? 0 : value / length);
            return vector;
        }
    }
}
