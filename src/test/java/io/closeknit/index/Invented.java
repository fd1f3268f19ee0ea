package io.closeknit.index;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.FitSamples.Brief;
import io.closeknit.niche.Niche;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Creators and briefs that nobody would think of, for tests of what holds for all. */
final class Invented {
    static final List<String> NICHES =
            FitSamples.TREE.all().stream().map(Niche::slug).toList();
    static final List<String> TOPS =
            FitSamples.TREE.tops().stream().map(Niche::slug).toList();
    static final List<String> COUNTRIES = List.of("HR", "SI", "DE", "AT", "US");
    static final List<String> BRANDS = List.of("Acme", "Rival", "Other", "Third");

    static <T> T one(List<T> of, Random dice) {
        return of.get(dice.nextInt(of.size()));
    }

    static String share(Random dice) {
        return String.format(Locale.ROOT, "%.4f", dice.nextDouble());
    }

    /** Nothing in one of three cases. */
    static String perhaps(String field, String value, Random dice) {
        return dice.nextInt(3) == 0 ? "" : ", '" + field + "': " + value;
    }

    static String shares(List<String> keys, double upTo, Random dice) {
        var parts = dice.doubles(keys.size()).toArray();
        var sum = Arrays.stream(parts).sum() / (dice.nextBoolean() ? upTo : upTo * dice.nextDouble());
        return IntStream.range(0, keys.size())
                .filter(_ -> dice.nextInt(4) != 0)
                .mapToObj(i -> String.format(Locale.ROOT, "'%s': %.4f", keys.get(i), parts[i] / sum))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String account(int number, Random dice) {
        var platform = one(List.of("instagram", "tiktok", "youtube", "twitch"), dice);
        var audience = "{'x': 1}"
                .replace(
                        "'x': 1",
                        (perhaps("countries", shares(COUNTRIES, 1, dice), dice)
                                        + perhaps("ages", shares(Codes.AGES, 1, dice), dice)
                                        + perhaps("genders", shares(Codes.GENDERS, 1, dice), dice)
                                        + perhaps(
                                                "languages", shares(List.of("hr", "en", "en-GB", "de"), 1, dice), dice)
                                        + perhaps("interests", shares(NICHES, 1, dice), dice)
                                        + perhaps(
                                                "agesByGender",
                                                "{'female': " + shares(Codes.AGES, 0.5, dice) + ", 'male': "
                                                        + shares(Codes.AGES, 0.5, dice) + "}",
                                                dice))
                                .replaceFirst("^, ", ""));
        return "{'platform': '" + platform + "', 'handle': 'h" + number + "'"
                + perhaps("followers", Integer.toString((int) Math.exp(dice.nextDouble() * 16)), dice)
                + perhaps("engagementRate", Double.toString(Math.exp(-dice.nextDouble() * 8)), dice)
                + perhaps("engagementBasis", "'" + one(List.of("followers", "views", "reach"), dice) + "'", dice)
                + perhaps("postsSampled", Integer.toString(dice.nextInt(60)), dice)
                + perhaps("likes", Integer.toString(dice.nextInt(900)), dice)
                + perhaps("comments", Integer.toString(dice.nextInt(90)), dice)
                + perhaps("views", Integer.toString(dice.nextInt(9_000)), dice)
                + perhaps("replyRate", share(dice), dice)
                + perhaps("authenticity", share(dice), dice)
                + perhaps("postsPerWeek", Integer.toString(dice.nextInt(9)), dice)
                + perhaps("growth90d", Double.toString(dice.nextDouble() - 0.5), dice)
                + perhaps("lastPostAt", "'" + FitSamples.TODAY.minusDays(dice.nextInt(200)) + "T00:00:00Z'", dice)
                + perhaps("observedAt", "'" + FitSamples.TODAY.minusDays(dice.nextInt(500)) + "T00:00:00Z'", dice)
                + perhaps("audience", audience, dice)
                + "}";
    }

    static String creator(int number, Random dice) {
        var mentions = IntStream.range(0, dice.nextInt(6))
                .mapToObj(_ -> "{'brand': '" + one(BRANDS, dice) + "'"
                        + perhaps("paid", Boolean.toString(dice.nextBoolean()), dice)
                        + perhaps("niche", "'" + one(NICHES, dice) + "'", dice)
                        + perhaps("on", "'" + FitSamples.TODAY.minusDays(dice.nextInt(500)) + "'", dice)
                        + perhaps("url", "'https://x.example/" + dice.nextInt(3) + "'", dice)
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
        var niches = IntStream.range(0, dice.nextInt(5))
                .mapToObj(_ -> "{'niche': '" + one(NICHES, dice) + "'" + perhaps("weight", share(dice), dice) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        var accounts = IntStream.range(0, 1 + dice.nextInt(3))
                .mapToObj(i -> account(i, dice))
                .collect(Collectors.joining(",", "[", "]"));
        var rates = IntStream.range(0, dice.nextInt(4))
                .mapToObj(_ -> "{'platform': 'instagram', 'deliverable': '" + one(List.of("reel", "story"), dice)
                        + "', 'price': {'amount': " + dice.nextInt(900) + ", 'currency': '"
                        + one(List.of("EUR", "USD", "XAU"), dice) + "'}}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{'slug': 'creator-" + number + "', 'accounts': " + accounts
                + perhaps("country", "'" + one(COUNTRIES, dice) + "'", dice)
                + perhaps("bio", "'padel and rackets, " + dice.nextInt() + "'", dice)
                + perhaps("email", "'her@example.org'", dice)
                + perhaps("languages", "['" + one(List.of("hr", "en", "en-GB", "de"), dice) + "', 'sl']", dice)
                + perhaps("niches", niches, dice)
                + perhaps("mentions", mentions, dice)
                + perhaps("rates", rates, dice)
                + "}";
    }

    static List<CatalogueCreator> creators(int count, Random dice) {
        return IntStream.range(0, count)
                .mapToObj(i -> stored(i + 1L, creator(i, dice), dice))
                .toList();
    }

    static CatalogueCreator stored(long id, String json, Random dice) {
        return new CatalogueCreator(
                id,
                dice.nextInt(9) == 0,
                1,
                java.time.Instant.EPOCH,
                java.time.Instant.EPOCH,
                FitSamples.document(json));
    }

    static List<CreatorRow> rows(List<CatalogueCreator> creators) {
        var encoder = new CreatorRowEncoder(FitSamples.TREE);
        return creators.stream().map(encoder::encode).toList();
    }

    private static <T> Filters.Choice<T> choice(List<T> of, Random dice) {
        return switch (dice.nextInt(6)) {
            case 0 -> new Filters.Choice<>(Set.of(one(of, dice)), Set.of());
            case 1 -> new Filters.Choice<>(new HashSet<>(List.of(one(of, dice), one(of, dice))), Set.of());
            case 2 -> new Filters.Choice<>(Set.of(), Set.of(one(of, dice)));
            default -> Filters.Choice.any();
        };
    }

    private static <T> @Nullable T maybe(T value, Random dice) {
        return dice.nextInt(5) == 0 ? value : null;
    }

    /** Filters of all kinds, few at a time. */
    static Filters filters(Random dice) {
        if (dice.nextInt(4) == 0) {
            return Filters.NONE;
        }
        var niches = NICHES.stream().map(FitSamples::id).toList();
        var countries = COUNTRIES.stream().map(Codes::country).toList();
        var german = new BriefQuestion.Target(Set.of(Codes.country("DE")), 0, 0, List.of(), Set.of());
        return new Filters(
                dice.nextInt(3) == 0 ? 1 + dice.nextInt(63) : 0,
                choice(List.of(0, 1, 2), dice),
                maybe((long) dice.nextInt(20_000), dice),
                maybe((long) dice.nextInt(2_000_000), dice),
                choice(List.of(0, 1, 2, 3), dice),
                choice(niches, dice),
                choice(countries, dice),
                choice(List.of(Codes.language("en"), Codes.language("hr"), Codes.language("en-GB")), dice),
                maybe(dice.nextDouble() * 0.1, dice),
                maybe(dice.nextDouble() - 0.6, dice),
                maybe(dice.nextInt(10) * 0.1, dice),
                maybe(dice.nextDouble() * 0.3, dice),
                choice(BRANDS.stream().map(Codes::brand).toList(), dice),
                maybe(dice.nextDouble() * 900, dice),
                maybe(dice.nextInt(150), dice),
                dice.nextInt(5) == 0
                        ? Map.of(
                                Filters.Dimension.COUNTRY, List.of(new Filters.MinimumShare(german, dice.nextDouble())))
                        : Map.of(),
                maybe(dice.nextBoolean(), dice),
                dice.nextInt(5) == 0 ? Set.of("creator-3", "creator-17") : Set.of(),
                dice.nextBoolean());
    }

    static Brief brief(Random dice) {
        var brief = FitSamples.brief();
        IntStream.range(0, dice.nextInt(4)).forEach(_ -> brief.about(one(NICHES, dice), dice.nextDouble() + 0.01));
        if (dice.nextInt(3) == 0) {
            brief.likes(Map.of(one(NICHES, dice), 1.0));
        }
        if (dice.nextBoolean()) {
            brief.countries(one(COUNTRIES, dice), one(COUNTRIES, dice));
        }
        if (dice.nextBoolean()) {
            brief.ages(one(Codes.AGES, dice), one(Codes.AGES, dice));
        }
        if (dice.nextBoolean()) {
            brief.genders(one(Codes.GENDERS, dice));
        }
        if (dice.nextInt(3) == 0) {
            brief.languages("en");
        }
        if (dice.nextInt(3) == 0) {
            brief.interests(one(NICHES, dice));
        }
        if (dice.nextBoolean()) {
            brief.brand("Acme", "Rival").category(one(NICHES, dice)).text("padel rackets for everybody");
        }
        if (dice.nextBoolean()) {
            brief.budget().pieces(Deliverable.REEL, dice.nextInt(3));
        }
        if (dice.nextInt(3) == 0) {
            brief.on(Platform.INSTAGRAM, Platform.TIKTOK);
        }
        if (dice.nextInt(3) == 0) {
            brief.weights(dice.doubles(Criterion.COUNT).map(w -> w * 7 + 0.001).toArray());
        }
        return brief;
    }

    private Invented() {}
}
