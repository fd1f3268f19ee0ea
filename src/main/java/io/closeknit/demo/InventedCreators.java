package io.closeknit.demo;

import static java.time.temporal.ChronoUnit.DAYS;

import io.closeknit.demo.Lists.Brand;
import io.closeknit.demo.Lists.Country;
import io.closeknit.demo.Lists.Topic;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The demo catalogue: creators that do not exist, in the JSON of the API. The same seed and day give the same creators
 * in the same order; the figures are as old as that day makes them. Sizes, engagement, prices, bought followers and
 * sponsored shares follow the published figures that are named beside them, with their spread; each optional figure is
 * missing for some, as in life.
 */
final class InventedCreators {
    static final long SEED = 20_251_123;
    static final int COUNT = 2_000;

    /** Bounds of the size bins of {@link #ENGAGEMENT}. */
    private static final long[] BINS = {5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000};
    /**
     * Median engagement by followers, for 1–5K, 5–10K, 10–50K, 50–100K, 100–500K, 500K–1M and above: for Instagram,
     * TikTok and YouTube the middle of the 'average' bands of Modash's calculators; for the others, where nothing
     * comparable is published, our guess.
     */
    private static final Map<String, double[]> ENGAGEMENT = Map.of(
            "instagram", new double[] {0.039, 0.0143, 0.0097, 0.0088, 0.01, 0.01, 0.0115},
            "tiktok", new double[] {0.02, 0.0119, 0.009, 0.0074, 0.0085, 0.0115, 0.012},
            "youtube", new double[] {0.0175, 0.007, 0.0043, 0.0028, 0.0023, 0.002, 0.0016},
            "twitch", new double[] {0.021, 0.012, 0.008, 0.006, 0.005, 0.004, 0.004},
            "x", new double[] {0.012, 0.007, 0.0045, 0.0035, 0.003, 0.003, 0.003},
            "blog", new double[] {0.01, 0.006, 0.004, 0.003, 0.002, 0.002, 0.002});
    /** Median engagement per view: TikTok by influencertools.tech; the others guessed from it. */
    private static final Map<String, Double> ENGAGEMENT_PER_VIEW =
            Map.of("tiktok", 0.07, "youtube", 0.035, "instagram", 0.05, "twitch", 0.03, "x", 0.02, "blog", 0.012);

    private static final Map<String, Double> COMMENTS_PER_LIKE =
            Map.of("instagram", 0.035, "tiktok", 0.015, "youtube", 0.09, "twitch", 0.4, "x", 0.12, "blog", 0.3);
    private static final Map<String, Double> POSTS_PER_WEEK =
            Map.of("instagram", 3.2, "tiktok", 4.5, "youtube", 1.1, "twitch", 3.5, "x", 9.0, "blog", 0.8);
    /** What is booked on a platform, with the price relative to an Instagram post. */
    private static final Map<String, Map<String, Double>> DELIVERABLES = Map.of(
            "instagram", ordered("post", 1.0, "story", 0.45, "reel", 1.4),
            "tiktok", ordered("video", 0.7),
            "youtube", ordered("video", 2.2, "short", 0.8),
            "twitch", ordered("stream", 1.6),
            "x", ordered("post", 0.4),
            "blog", ordered("article", 2.6));
    /** Units of the currency for a euro, roughly; for prices that look right, not for accounting. */
    private static final Map<String, Double> PER_EURO =
            Map.of("EUR", 1.0, "GBP", 0.86, "USD", 1.08, "CHF", 0.95, "PLN", 4.3);

    private static final List<String> TITLES =
            List.of("The %s Corner", "%s Diaries", "Daily %s", "%s Collective", "The %s Post", "Simply %s");
    private static final List<String> MAIL_DOMAINS = List.of("example.com", "example.org", "example.net");

    private final Lists lists;
    private final InventedAudience audiences;
    private final LocalDate today;
    private final Map<Topic, Double> topics = new LinkedHashMap<>();
    private final Map<Country, Double> countries = new LinkedHashMap<>();
    private final Map<String, List<Brand>> brandsByNiche;
    private final Set<String> handles = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private InventedCreators(LocalDate today) {
        this.lists = Lists.load();
        this.audiences = new InventedAudience(lists.countries());
        this.today = today;
        lists.topics().forEach(topic -> topics.put(topic, topic.popularity()));
        lists.countries().forEach(country -> countries.put(country, country.weight()));
        brandsByNiche = lists.brands().stream().collect(Collectors.groupingBy(Brand::niche));
    }

    /**
     * All of them, the named ones of {@link Cast} first.
     *
     * @param today the day that the figures are fresh on
     */
    static Stream<ObjectNode> on(LocalDate today) {
        var invented = new InventedCreators(today);
        var cast = Cast.on(today);
        for (var creator : cast) {
            invented.names.add(creator.get("name").asString());
            creator.get("accounts")
                    .forEach(account -> invented.handles.add(account.get("platform")
                                    .asString() + " " + account.get("handle").asString()));
        }
        var dice = new Dice(SEED);
        return Stream.concat(
                cast.stream(),
                Stream.generate(() -> invented.next(dice.split())).limit(COUNT - cast.size()));
    }

    private ObjectNode next(Dice dice) {
        return new One(dice).invent();
    }

    /** The creator being invented; what several of her figures depend on is thrown first. */
    private final class One {
        private final Dice dice;
        private final Country country;
        private final Topic topic;
        private final boolean woman;
        private final boolean page;
        private final boolean inEnglish;
        private final String city;
        private final List<Topic> others;
        /** How close she is to her people, standard normal: moves engagement, comments and replies together. */
        private final double closeness;

        private final double authenticity;

        One(Dice dice) {
            this.dice = dice;
            country = dice.weighted(countries);
            topic = dice.weighted(topics);
            woman = dice.chance(0.15 + 0.75 * topic.female());
            page = dice.chance(0.08);
            inEnglish = country.language().equals("en") || dice.chance(0.28);
            city = dice.pick(country.cities());
            others = otherTopics();
            closeness = dice.normal();
            // Mean about 0.85; one in ten has bought followers (Heepsy: over half of all have 10 % suspicious ones).
            authenticity = dice.chance(0.1) ? dice.between(0.38, 0.72) : dice.normal(0.89, 0.05, 0.7, 0.99);
        }

        /** Mostly what is near the topic, now and then something else altogether. */
        private List<Topic> otherTopics() {
            var near = new LinkedHashMap<Topic, Double>();
            for (var other : lists.topics()) {
                if (other != topic
                        && (topic.also().contains(other.niche()) || other.also().contains(topic.niche()))) {
                    near.put(other, 1.0);
                }
            }
            var count = dice.weighted(counts(4, 4, 2, 1));
            var chosen = new LinkedHashSet<Topic>();
            for (var i = 0; i < count; i++) {
                var other = near.isEmpty() || dice.chance(0.2) ? dice.weighted(topics) : dice.weighted(near);
                if (other != topic) {
                    chosen.add(other);
                }
            }
            return List.copyOf(chosen);
        }

        ObjectNode invent() {
            var name = name();
            var sketch = new Sketch(name);
            if (dice.chance(0.03)) {
                // Somebody of whom little more than the name is known.
                var platform = dice.weighted(topic.platforms());
                var account = sketch.account(platform, handle(platform, name));
                if (dice.chance(0.7)) {
                    account.put("followers", followers());
                }
                return sketch.json();
            }
            describe(sketch, name);
            niches(sketch);
            var accounts = accounts(sketch, name);
            mentions(sketch, accounts);
            rates(sketch, accounts);
            return sketch.json();
        }

        private String name() {
            for (var attempt = 0; ; attempt++) {
                var name = page ? pageName() : personName();
                if (attempt >= 20) {
                    name = name + " " + dice.pick(country.cities());
                }
                if (names.add(name)) {
                    return name;
                }
            }
        }

        private String personName() {
            var from = Objects.requireNonNull(lists.names().get(country.language()));
            return dice.pick(woman ? from.female() : from.male()) + " " + dice.pick(from.family());
        }

        private String pageName() {
            var word = topic.word(inEnglish ? "en" : country.language());
            var title = inEnglish ? dice.pick(TITLES).formatted(capital(word)) : capital(word) + " " + city;
            return dice.chance(0.3) ? title + " " + capital(dice.pick(topic.handleWords())) : title;
        }

        private void describe(Sketch sketch, String name) {
            if (!dice.chance(0.06)) {
                sketch.put("kind", page ? "page" : "person");
            }
            if (!dice.chance(0.12)) {
                sketch.put("bio", bio(name));
            }
            if (!dice.chance(0.08)) {
                sketch.put("country", country.code());
                if (!dice.chance(0.2)) {
                    sketch.put("city", city);
                }
            }
            if (!dice.chance(0.1)) {
                sketch.languages(country.language());
                if (inEnglish && !country.language().equals("en")) {
                    sketch.languages("en");
                }
            }
            var plain = ascii(name).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
            if (dice.chance(0.72)) {
                sketch.put(
                        "email",
                        dice.chance(0.6)
                                ? plain.replace('-', '.') + "@" + dice.pick(MAIL_DOMAINS)
                                : "hello@" + plain + ".example");
            }
            if (dice.chance(0.4)) {
                sketch.put("website", "https://" + plain + ".example");
            }
        }

        private String bio(String name) {
            var language = inEnglish && dice.chance(0.8) ? "en" : country.language();
            var word = topic.word(language);
            var second = others.isEmpty() ? city : others.getFirst().word(language);
            return dice.pick(Objects.requireNonNull(lists.bios().get(language)))
                    .replace("{Topic}", capital(word))
                    .replace("{topic}", word)
                    .replace("{second}", second)
                    .replace("{city}", city)
                    .replace("{first}", page ? "Team" : name.substring(0, name.indexOf(' ')))
                    .replace("{year}", String.valueOf(today.getYear() - dice.whole(1, 8)));
        }

        private void niches(Sketch sketch) {
            if (dice.chance(0.04)) {
                return;
            }
            var weights = new LinkedHashMap<String, Double>();
            weights.put(topic.niche(), dice.between(0.4, 0.9));
            for (var other : others) {
                weights.putIfAbsent(other.niche(), dice.between(0.1, 0.35));
            }
            for (var more = dice.weighted(counts(3, 4, 3, 2, 1)); more > 0; more--) {
                weights.putIfAbsent(dice.pick(topic.also()), dice.between(0.05, 0.25));
            }
            var weighted = !dice.chance(0.12);
            weights.forEach((niche, weight) -> sketch.niche(niche, weighted ? weight : null));

            var tags = new LinkedHashSet<>(
                    topic.hashtags().subList(0, dice.whole(1, topic.hashtags().size())));
            others.forEach(other -> tags.add(dice.pick(other.hashtags())));
            if (!dice.chance(0.15)) {
                tags.forEach(tag -> sketch.hashtag(tag, dice.chance(0.8) ? dice.between(0.05, 0.6) : null));
            }
        }

        private List<Kept> accounts(Sketch sketch, String name) {
            var platforms = new LinkedHashSet<String>();
            platforms.add(dice.weighted(topic.platforms()));
            if (dice.chance(0.42)) {
                platforms.add(dice.weighted(topic.platforms()));
            }
            if (dice.chance(0.14)) {
                platforms.add(dice.chance(0.4) ? "x" : dice.weighted(topic.platforms()));
            }
            var handle = handle(platforms.getFirst(), name);
            var size = (double) followers();
            var observed = observedAt();
            var kept = new ArrayList<Kept>();
            for (var platform : platforms) {
                var own = kept.isEmpty() ? handle : dice.chance(0.7) ? taken(platform, handle) : handle(platform, name);
                kept.add(account(sketch, platform, own, Math.max(120, (long) size), observed));
                size *= dice.around(0.35, 0.7);
                if (dice.chance(0.15)) {
                    observed = observedAt();
                }
            }
            return kept;
        }

        /** Nano and micro most, some mid-sized, few large. */
        private long followers() {
            var large = dice.chance(0.07);
            return Math.round(
                    Math.clamp(large ? dice.around(170_000, 1.05) : dice.around(8_500, 1.15), 350, 4_800_000));
        }

        /** Within the last weeks mostly, for some much longer ago. */
        private Instant observedAt() {
            var ago = dice.chance(0.85)
                    ? dice.whole(0, 40)
                    : dice.chance(0.9) ? dice.whole(41, 300) : dice.whole(370, 500);
            return today.minusDays(ago).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private Kept account(Sketch sketch, String platform, String handle, long followers, Instant observed) {
            var account = sketch.account(platform, handle);
            if (!dice.chance(0.1)) {
                account.put("url", "https://" + platform + ".example/" + handle);
            }
            var followersKnown = !dice.chance(platform.equals("blog") ? 0.3 : 0.01);
            if (followersKnown) {
                account.put("followers", followers);
            }
            if (dice.chance(0.7) && !platform.equals("blog")) {
                account.put("following", Math.round(Math.min(dice.around(480, 0.8), 7_500)));
            }
            var perWeek = Math.clamp(dice.around(of(POSTS_PER_WEEK, platform), 0.55), 0.1, 28);
            if (!dice.chance(0.15)) {
                account.put("posts", Math.round(perWeek * dice.whole(40, 330)));
            }
            var perWeekKnown = !dice.chance(0.14);
            if (perWeekKnown) {
                account.share("postsPerWeek", Math.round(perWeek * 10) / 10.0);
            }
            var rate = engagement(account, platform, followers);
            if (!dice.chance(0.22)) {
                account.share(
                        "replyRate",
                        dice.normal(0.5 - 0.06 * Math.log10(followers / 8_000.0) + 0.16 * closeness, 0.14, 0, 1));
            }
            if (!dice.chance(0.15)) {
                account.share("authenticity", Math.clamp(authenticity + 0.015 * dice.normal(), 0.3, 0.995));
            }
            var growth = dice.normal(0.03 + 0.02 * closeness, 0.06, -0.25, 0.6);
            if (!dice.chance(0.18)) {
                account.share("growth90d", growth);
            }
            if (!dice.chance(0.12)) {
                var idle = dice.chance(0.05) ? dice.whole(95, 360) : -Math.log(1 - dice.between(0, 0.99)) * 6 / perWeek;
                account.at("lastPostAt", observed.minusSeconds(60L * Math.round(idle * 24 * 60)));
            }
            if (!dice.chance(0.14)) {
                var niches = Stream.concat(
                                others.stream().map(Topic::niche),
                                topic.also().stream().limit(2))
                        .distinct()
                        .limit(4)
                        .toList();
                account.audience(audiences.invent(topic, niches, country, inEnglish, woman, dice.split()));
            }
            account.at("observedAt", observed);
            if (dice.chance(0.75)) {
                history(sketch, platform, LocalDate.ofInstant(observed, ZoneOffset.UTC), followers, growth, rate);
            }
            return new Kept(platform, handle, followers, perWeek, observed);
        }

        /** The rate, and the reactions that make it up. @return the rate, null where it is not known */
        private @Nullable Double engagement(Sketch.Account account, String platform, long followers) {
            var perView = dice.chance(
                    switch (platform) {
                        case "tiktok", "youtube", "blog" -> 0.25;
                        case "twitch" -> 0.5;
                        default -> 0.04;
                    });
            var perReach = !perView && platform.equals("instagram") && dice.chance(0.03);
            // Who does not exist does not react.
            var alive = Math.min(1, Math.max(0.12, (authenticity - 0.3) / 0.5));
            var seen = followers * dice.around(platform.equals("tiktok") ? 0.55 : 0.28, 0.5) * alive;
            var rate = perView || perReach
                    ? of(ENGAGEMENT_PER_VIEW, platform) * Math.exp(0.35 * closeness + 0.35 * dice.normal())
                    : median(platform, followers) * alive * Math.exp(0.55 * closeness + 0.5 * dice.normal());
            rate = Math.min(rate, 0.6);
            var reactions = rate * (perView || perReach ? seen : followers);
            var perLike = of(COMMENTS_PER_LIKE, platform) * Math.exp(0.45 * closeness + 0.4 * dice.normal());
            var known = !dice.chance(0.12);
            if (known) {
                account.share("engagementRate", rate);
                if (perView || perReach) {
                    account.put("engagementBasis", perView ? "views" : "reach");
                } else if (dice.chance(0.6)) {
                    account.put("engagementBasis", "followers");
                }
                if (!dice.chance(0.2)) {
                    account.put("engagementStatistic", dice.chance(0.7) ? "median" : "mean");
                }
                if (!dice.chance(0.18)) {
                    account.put("postsSampled", dice.chance(0.6) ? 30 : dice.whole(4, 29));
                }
            }
            if (!dice.chance(0.12)) {
                account.put("likes", Math.round(reactions / (1 + perLike)));
            }
            if (!dice.chance(0.14)) {
                account.put("comments", Math.round(reactions * perLike / (1 + perLike)));
            }
            if (dice.chance(0.3)) {
                account.put("shares", Math.round(reactions * dice.between(0.01, 0.08)));
            }
            if (platform.equals("instagram") && dice.chance(0.3)) {
                account.put("saves", Math.round(reactions * dice.between(0.02, 0.1)));
            }
            if (perView || (!platform.equals("instagram") && dice.chance(0.75))) {
                account.put("views", Math.round(seen));
            }
            if (perReach || dice.chance(0.2)) {
                account.put("reach", Math.round(seen * (perReach ? 1 : dice.between(0.9, 1.4))));
            }
            return known ? rate : null;
        }

        private void history(
                Sketch sketch,
                String platform,
                LocalDate observed,
                long followers,
                double growth,
                @Nullable Double rate) {
            var months = dice.whole(6, 12);
            var first = observed.withDayOfMonth(1);
            for (var back = months; back >= 0; back--) {
                var on = first.minusMonths(back);
                if (!on.isBefore(observed)) {
                    continue;
                }
                var quarters = DAYS.between(on, observed) / 90.0;
                var then = followers / Math.pow(1 + growth, quarters) * (1 + 0.004 * dice.normal());
                sketch.history(
                        platform,
                        on,
                        Math.max(50, Math.round(then)),
                        rate == null || dice.chance(0.1) ? null : Math.min(0.9, rate * dice.around(1, 0.08)));
            }
        }

        /**
         * Over the two years before she was last looked at. Sponsored posts: 2 % of all in the mean, one in ten creators
         * above 5 % (Wearisma 2018), here with a somewhat heavier tail as it is today.
         */
        private void mentions(Sketch sketch, List<Kept> accounts) {
            if (dice.chance(0.18)) {
                return; // nobody looked
            }
            sketch.lookedForMentions();
            if (dice.chance(0.17)) {
                return;
            }
            var until = LocalDate.ofInstant(accounts.getFirst().observed(), ZoneOffset.UTC);
            var postsInTwoYears =
                    accounts.stream().mapToDouble(Kept::postsPerWeek).sum() * 104;
            var sponsored = (int) Math.min(70, Math.round(postsInTwoYears * Math.min(0.35, dice.around(0.018, 1.0))));
            var brands = partners(sponsored);
            for (var i = 0; i < sponsored; i++) {
                mention(sketch, dice.pick(brands), dice.chance(0.09) ? null : Boolean.TRUE, until, dice.pick(accounts));
            }
            var ownBrands = brandsOf(topic.niche());
            if (!ownBrands.isEmpty()) {
                for (var unpaid = dice.weighted(counts(5, 4, 2, 1)); unpaid > 0; unpaid--) {
                    mention(
                            sketch,
                            dice.pick(ownBrands),
                            dice.chance(0.2) ? null : Boolean.FALSE,
                            until,
                            dice.pick(accounts));
                }
            }
        }

        /** Loyal to one or two, faithful to a category, or open to everybody who pays. */
        private List<Brand> partners(int sponsored) {
            var near = new ArrayList<>(brandsOf(topic.niche()));
            others.forEach(other -> near.addAll(brandsOf(other.niche())));
            topic.also().forEach(niche -> near.addAll(brandsOf(niche)));
            var kind = dice.between(0, 1);
            var openToAll = kind > 0.85 || near.isEmpty();
            var from = openToAll ? lists.brands() : near;
            var count = openToAll ? Math.max(6, sponsored * 2 / 3) : kind < 0.3 ? dice.whole(1, 2) : dice.whole(3, 7);
            var chosen = new ArrayList<Brand>();
            for (var i = 0; i < count; i++) {
                chosen.add(dice.pick(from));
            }
            return chosen;
        }

        private void mention(Sketch sketch, Brand brand, @Nullable Boolean paid, LocalDate until, Kept where) {
            var on = dice.chance(0.05) ? null : until.minusDays(dice.below(730));
            var url = dice.chance(0.8)
                    ? "https://" + where.platform() + ".example/" + where.handle() + "/p/"
                            + Integer.toString(dice.whole(1 << 25, 1 << 30), 36)
                    : null;
            sketch.mention(
                    brand.name(),
                    dice.chance(0.1) ? null : brand.niche(),
                    paid,
                    on,
                    dice.chance(0.9) ? where.platform() : null,
                    url);
        }

        /**
         * Around {@code 0.06 · followers^0.8} euros for an Instagram post: 15 at 1K, 95 at 10K, 600 at 100K, within the
         * bands of WordOnTheBlock 2023; the other deliverables relative to it.
         */
        private void rates(Sketch sketch, List<Kept> accounts) {
            if (dice.chance(0.3)) {
                return;
            }
            var currency = dice.chance(0.06) ? "USD" : country.currency();
            var demands = dice.around(1.0, 0.4);
            for (var account : accounts) {
                if (account != accounts.getFirst() && dice.chance(0.3)) {
                    continue;
                }
                var post = 0.06 * Math.pow(account.followers(), 0.8) * demands * of(PER_EURO, currency);
                of(DELIVERABLES, account.platform()).forEach((deliverable, factor) -> {
                    if (!dice.chance(0.15)) {
                        sketch.rate(
                                account.platform(), deliverable, price(post * factor * dice.around(1, 0.12)), currency);
                    }
                });
            }
        }

        private String handle(String platform, String name) {
            var parts = ascii(name).split("[^a-z0-9]+");
            var first = parts[0];
            var last = parts[parts.length - 1];
            var word = dice.pick(topic.handleWords());
            return taken(
                    platform,
                    switch (dice.below(7)) {
                        case 0 -> first + "." + word;
                        case 1 -> word + ".by." + first;
                        case 2 -> first + "_" + last;
                        case 3 -> "the." + word + "." + last;
                        case 4 -> last + word;
                        case 5 -> word + "_" + ascii(city).replaceAll("[^a-z0-9]", "") + "_" + first;
                        default -> first + last + "." + word;
                    });
        }

        /** The handle in the platform's letters, with a number where somebody has it. */
        private String taken(String platform, String wanted) {
            var plain = platform.equals("twitch") || platform.equals("x") ? wanted.replace('.', '_') : wanted;
            if (platform.equals("x") && plain.length() > 12) {
                plain = plain.substring(0, 12);
            }
            var handle = plain;
            for (var number = 2; !handles.add(platform + " " + handle); number++) {
                handle = plain + number;
            }
            return handle;
        }

        private Map<Integer, Double> counts(double... weights) {
            var counts = new LinkedHashMap<Integer, Double>();
            for (var i = 0; i < weights.length; i++) {
                counts.put(i, weights[i]);
            }
            return counts;
        }
    }

    /** What later figures need of an account. */
    private record Kept(String platform, String handle, long followers, double postsPerWeek, Instant observed) {}

    private List<Brand> brandsOf(String niche) {
        return brandsByNiche.getOrDefault(niche, List.of());
    }

    private static double median(String platform, long followers) {
        var bin = 0;
        while (bin < BINS.length && followers >= BINS[bin]) {
            bin++;
        }
        return of(ENGAGEMENT, platform)[bin];
    }

    private static <T> T of(Map<String, T> figures, String key) {
        return Objects.requireNonNull(figures.get(key), key);
    }

    /** As people quote: whole fives, from a hundred on whole tens. */
    private static long price(double amount) {
        return amount < 100 ? Math.max(5, Math.round(amount / 5) * 5) : Math.round(amount / 10) * 10;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Lower case without accents, as in handles and addresses. */
    private static String ascii(String words) {
        var plain = words.toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ø", "o");
        return Normalizer.normalize(plain, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    }

    private static Map<String, Double> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Double>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Double) pairs[i + 1]);
        }
        return map;
    }
}
