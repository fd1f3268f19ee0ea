package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Audience;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.EngagementBasis;
import io.closeknit.catalogue.CreatorDocument.Kind;
import io.closeknit.catalogue.CreatorDocument.Mention;
import io.closeknit.catalogue.CreatorDocument.Money;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Invented creators for measurements. A creator depends on her number, the shape and the niches alone: whoever asks gets the
 * same one, in whatever order. Each has one account; the distributions (few large accounts, few popular niches and
 * countries, a third without prices, a seventh without audience) are chosen to look like the catalogues that we have seen.
 */
final class BenchmarkCatalogue {
    /** Grows when the creators change: an index of other creators is made anew. */
    static final int VERSION = 2;

    /** 'Today' of every score. */
    static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

    /** Niches that a creator has at least and at most; the mean is in the name. */
    enum Shape {
        FIVE("5", 3, 7),
        FORTY("40", 20, 60);

        final String key;
        final int least;
        final int most;

        Shape(String key, int least, int most) {
            this.key = key;
            this.least = least;
            this.most = most;
        }

        static Shape of(String key) {
            return Arrays.stream(values())
                    .filter(shape -> shape.key.equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("bench.shapes: '" + key + "' is neither 5 nor 40"));
        }
    }

    static final List<String> COUNTRIES = List.of(
            "US", "DE", "FR", "GB", "IT", "ES", "BR", "IN", "PL", "NL", "HR", "AT", "CH", "SE", "NO", "DK", "FI", "CZ",
            "HU", "RO", "BG", "GR", "PT", "IE", "BE", "SI", "RS", "BA", "TR", "UA", "CA", "MX", "AR", "CL", "CO", "PE",
            "AU", "NZ", "JP", "KR");

    private static final List<Platform> PLATFORMS =
            List.of(Platform.INSTAGRAM, Platform.TIKTOK, Platform.YOUTUBE, Platform.TWITCH);

    private static final List<String> WORDS = List.of(
            "coffee",
            "mornings",
            "mountain",
            "trails",
            "kitchen",
            "stories",
            "family",
            "honest",
            "reviews",
            "travel",
            "slow",
            "living",
            "garden",
            "vintage",
            "running",
            "photos",
            "music",
            "gaming",
            "books",
            "sea");

    /** A brand of this many is named by a mention. */
    static final int BRANDS = 200;

    private final Shape shape;
    private final List<Niche> niches;
    private final double[] popular;
    private final double[] populous = zipf(COUNTRIES.size());

    BenchmarkCatalogue(Shape shape, NicheTree tree) {
        this.shape = shape;
        niches = tree.all().stream()
                .sorted((a, b) -> Long.compare(Codes.hash(a.slug()), Codes.hash(b.slug())))
                .toList();
        popular = zipf(niches.size());
    }

    /** 30 topics, 8 below each, 2 below each of those; every tenth is related to one elsewhere. */
    static NicheTree tree() {
        var niches = new ArrayList<Niche>();
        for (var top = 0; top < 30; top++) {
            var topId = niches.size();
            niches.add(niche(topId, null));
            for (var middle = 0; middle < 8; middle++) {
                var middleId = niches.size();
                niches.add(niche(middleId, topId));
                niches.add(niche(middleId + 1, middleId));
                niches.add(niche(middleId + 2, middleId));
            }
        }
        return new NicheTree(1, niches);
    }

    private static Niche niche(int id, Integer parent) {
        var related =
                id % 10 == 7 ? List.of(new Niche.Related(slug((id * 7 + 3) % 750), 0.4)) : List.<Niche.Related>of();
        return new Niche(id, slug(id), slug(id), parent, null, null, List.of(), List.of(), related, 1);
    }

    private static String slug(int id) {
        return "niche-" + id;
    }

    /** Cumulative shares, the first largest. */
    private static double[] zipf(int count) {
        var shares = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++) {
            sum += 1 / (i + 2.0);
            shares[i] = sum;
        }
        for (var i = 0; i < count; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private static int pick(double[] cumulative, SplittableRandom random) {
        var found = Arrays.binarySearch(cumulative, random.nextDouble());
        return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    }

    Niche popularNiche(SplittableRandom random) {
        return niches.get(pick(popular, random));
    }

    String populousCountry(SplittableRandom random) {
        return COUNTRIES.get(pick(populous, random));
    }

    static String slug(long number) {
        return "creator-%08d".formatted(number);
    }

    static String brand(int number) {
        return "Brand " + number;
    }

    /** @param number from 1; also her id */
    CatalogueCreator creator(long number) {
        return creator(number, 0);
    }

    /** @param version another one is the same creator with other followers */
    CatalogueCreator creator(long number, int version) {
        var random = new SplittableRandom(number * 0x9E3779B97F4A7C15L ^ VERSION * 31L + shape.ordinal());
        var when = TODAY.minusDays(1 + random.nextInt(60)).atStartOfDay().toInstant(ZoneOffset.UTC);
        return new CatalogueCreator(number, false, version + 1L, when, when, document(number, version, when, random));
    }

    private CreatorDocument document(long number, int version, Instant when, SplittableRandom random) {
        var country = populousCountry(random);
        var platform =
                PLATFORMS.get(random.nextDouble() < 0.42 ? 0 : random.nextDouble() < 0.57 ? 1 : random.nextInt(2, 4));
        var followers = Math.clamp((long) Math.exp(9.4 + 1.35 * random.nextGaussian()), 300, 8_000_000) + version;
        var slug = slug(number);
        return new CreatorDocument(
                slug,
                "Creator " + number,
                Kind.PERSON,
                random.nextDouble() < 0.6 ? bio(random) : null,
                country,
                null,
                List.of(country.equals("DE") || country.equals("AT") ? "de" : "en"),
                random.nextDouble() < 0.4 ? slug + "@example.com" : null,
                null,
                tags(random),
                List.of(),
                List.of(account(slug, platform, followers, country, when, random)),
                List.of(),
                random.nextDouble() < 0.7 ? mentions(random) : null,
                random.nextDouble() < 0.67 ? List.of(rate(platform, followers, random)) : List.of());
    }

    private static String bio(SplittableRandom random) {
        var bio = new StringBuilder();
        for (var i = 0; i < 6; i++) {
            bio.append(i == 0 ? "" : " ").append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return bio.toString();
    }

    private List<NicheWeight> tags(SplittableRandom random) {
        var weights = new TreeMap<String, Double>();
        var count = random.nextInt(shape.least, shape.most + 1);
        while (weights.size() < count) {
            weights.putIfAbsent(popularNiche(random).slug(), share(0.02 + exponential(random)));
        }
        return weights.entrySet().stream()
                .map(entry -> new NicheWeight(entry.getKey(), entry.getValue(), null))
                .toList();
    }

    private AccountDocument account(
            String slug, Platform platform, long followers, String country, Instant when, SplittableRandom random) {
        var rate = share(Math.clamp(0.03 * Math.exp(0.7 * random.nextGaussian()), 0.0005, 0.6));
        var likes = Math.rint(followers * rate * 0.95);
        return new AccountDocument(
                platform,
                slug,
                null,
                followers,
                null,
                null,
                share(0.5 + 4 * random.nextDouble()),
                rate,
                EngagementBasis.FOLLOWERS,
                null,
                random.nextInt(5, 60),
                likes,
                Math.rint(likes * 0.03 * Math.exp(0.6 * random.nextGaussian())),
                null,
                null,
                null,
                null,
                random.nextDouble() < 0.5 ? share(random.nextDouble()) : null,
                random.nextDouble() < 0.8 ? share(Math.clamp(0.8 + 0.12 * random.nextGaussian(), 0.1, 1)) : null,
                share(0.05 * random.nextGaussian()),
                when.minusSeconds(86_400L * random.nextInt(60)),
                random.nextDouble() < 0.86 ? audience(country, random) : null,
                when,
                "benchmark");
    }

    private Audience audience(String country, SplittableRandom random) {
        var countries = new TreeMap<String, Double>();
        countries.put(country, 4 * (0.05 + exponential(random)));
        while (countries.size() < 4) {
            countries.merge(populousCountry(random), 0.05 + exponential(random), Double::sum);
        }
        var ages = new TreeMap<String, Double>();
        var typical = new double[] {0.1, 0.34, 0.3, 0.14, 0.07, 0.04, 0.01};
        for (var age = 0; age < typical.length; age++) {
            ages.put(Codes.AGES.get(age), typical[age] * Math.exp(0.7 * random.nextGaussian()));
        }
        var female = 1 / (1 + Math.exp(1.2 * random.nextGaussian()));
        var interests = new TreeMap<String, Double>();
        while (interests.size() < 5) {
            interests.merge(popularNiche(random).slug(), 0.1 + exponential(random), Double::sum);
        }
        return new Audience(
                normalised(countries, 0.9),
                normalised(ages, 1),
                Map.of("female", share(female), "male", share(1 - female)),
                null,
                normalised(interests, 0.8),
                null);
    }

    /** Rounded down to a basis point, so that no map sums to more than 1. */
    private static Map<String, Double> normalised(TreeMap<String, Double> amounts, double to) {
        var sum = amounts.values().stream().mapToDouble(Double::doubleValue).sum();
        amounts.replaceAll((_, amount) -> Math.floor(amount / sum * to * 10_000) / 10_000);
        return amounts;
    }

    private List<Mention> mentions(SplittableRandom random) {
        var mentions = new ArrayList<Mention>();
        for (var count = random.nextInt(4); count > 0; count--) {
            mentions.add(new Mention(
                    brand(random.nextInt(BRANDS)),
                    popularNiche(random).slug(),
                    random.nextBoolean(),
                    TODAY.minusDays(random.nextInt(2, 600)),
                    null,
                    null));
        }
        return mentions;
    }

    private static Rate rate(Platform platform, long followers, SplittableRandom random) {
        var price = Math.max(5, 0.02 * Math.pow(followers, 0.92) * Math.exp(0.5 * random.nextGaussian()));
        return new Rate(platform, Deliverable.POST, new Money(BigDecimal.valueOf(Math.round(price)), "EUR"));
    }

    private static double share(double value) {
        return Math.rint(value * 10_000) / 10_000;
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
