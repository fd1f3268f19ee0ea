package io.closeknit.index;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.BriefQuestion.Belief;
import io.closeknit.index.BriefQuestion.Target;
import io.closeknit.index.Filters.Choice;
import io.closeknit.niche.NicheTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hundred briefs that are measured, always the same: 50 broad ones that most creators pass, 50 selective ones whose
 * filters leave a few. One to three niches, audience, brand with competitor and category, half of them with a budget,
 * weights as people move them. No text: words are looked up in Lucene, which the other engines have not.
 */
final class BenchmarkBriefs {
    /** @param broad whether most creators pass its filters */
    record Brief(int number, boolean broad, BriefQuestion question, Filters filters) {
        RankQuery query(int limit, boolean facets) {
            return new RankQuery(question, filters, null, null, RankQuery.Sort.FIT, null, limit, facets, false);
        }
    }

    private BenchmarkBriefs() {}

    static List<Brief> hundred(BenchmarkCatalogue catalogue, NicheTree tree) {
        var briefs = new ArrayList<Brief>();
        for (var number = 0; number < 100; number++) {
            briefs.add(brief(number, catalogue, tree));
        }
        return briefs;
    }

    private static Brief brief(int number, BenchmarkCatalogue catalogue, NicheTree tree) {
        var random = new SplittableRandom(0xB51EF5L + 7919L * number);
        var broad = number % 2 == 1;
        var niches = new TreeMap<Integer, Double>();
        for (var count = 1 + random.nextInt(3); count > 0; count--) {
            niches.put(catalogue.popularNiche(random).id(), 0.3 + 0.7 * random.nextDouble());
        }
        var countries = new TreeSet<Integer>();
        for (var count = 1 + random.nextInt(3); count > 0; count--) {
            countries.add(Codes.country(catalogue.populousCountry(random)));
        }
        var ages = 0;
        var youngest = 1 + random.nextInt(3);
        for (var age = youngest; age < youngest + 1 + random.nextInt(2); age++) {
            ages |= 1 << age;
        }
        var interests =
                random.nextInt(4) == 0 ? Set.of(catalogue.popularNiche(random).id()) : Set.<Integer>of();
        var target =
                new Target(countries, ages, random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(2), List.of(), interests);
        var belief = new Belief(
                Set.of(Codes.brand(BenchmarkCatalogue.brand(random.nextInt(BenchmarkCatalogue.BRANDS)))),
                Set.of(Codes.brand(BenchmarkCatalogue.brand(random.nextInt(BenchmarkCatalogue.BRANDS)))),
                catalogue.popularNiche(random).id(),
                List.of(),
                90);
        var weights = Criterion.defaultWeights();
        for (var i = 0; i < weights.length; i++) {
            weights[i] *= 0.3 + 1.4 * random.nextDouble();
        }
        var filters = broad ? broad(random) : selective(catalogue, random);
        var question = new BriefQuestion(
                filters.accountsOn(),
                Map.copyOf(niches),
                List.of(),
                target,
                belief,
                new int[BriefQuestion.DELIVERABLES],
                random.nextBoolean(),
                weights);
        return new Brief(number, broad, question, filters);
    }

    private static int platform(Platform platform) {
        return 1 << platform.ordinal();
    }

    private static Filters broad(SplittableRandom random) {
        var all = platform(Platform.INSTAGRAM)
                | platform(Platform.TIKTOK)
                | platform(Platform.YOUTUBE)
                | platform(Platform.TWITCH);
        var platforms = random.nextInt(3) == 0 ? 0 : all & ~platform(Platform.values()[random.nextInt(2, 4)]);
        return filters(
                platforms,
                random.nextBoolean() ? 1_000L : 3_000L,
                random.nextBoolean() ? null : 300_000L,
                Choice.any(),
                null,
                null);
    }

    private static Filters selective(BenchmarkCatalogue catalogue, SplittableRandom random) {
        var least = (long) (3_000 * Math.exp(2.3 * random.nextDouble()));
        return filters(
                platform(Platform.values()[random.nextInt(4)]),
                least,
                4 * least,
                new Choice<>(Set.of(Codes.country(catalogue.populousCountry(random))), Set.of()),
                20.0 + 0.03 * least,
                30);
    }

    private static Filters filters(
            int platforms,
            Long followersMin,
            Long followersMax,
            Choice<Integer> countries,
            Double priceMax,
            Integer lastPostWithinDays) {
        return new Filters(
                platforms,
                Choice.any(),
                followersMin,
                followersMax,
                Choice.any(),
                Choice.any(),
                countries,
                Choice.any(),
                null,
                null,
                null,
                null,
                Choice.any(),
                priceMax,
                lastPostWithinDays,
                Map.of(),
                null,
                Set.of(),
                false);
    }
}
