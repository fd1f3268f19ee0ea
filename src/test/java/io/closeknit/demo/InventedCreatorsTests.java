package io.closeknit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class InventedCreatorsTests {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final List<ObjectNode> CREATORS = InventedCreators.on(TODAY).toList();

    @Test
    void areTheSameEveryTime() {
        assertThat(InventedCreators.on(TODAY).map(ObjectNode::toString))
                .containsExactlyElementsOf(
                        CREATORS.stream().map(ObjectNode::toString).toList());
    }

    @Test
    void areTheSamePeopleOnAnyDayWithFiguresOfThatDay() {
        var later = InventedCreators.on(TODAY.plusYears(1)).toList();
        assertThat(later.stream().map(creator -> creator.get("name")))
                .containsExactlyElementsOf(
                        CREATORS.stream().map(creator -> creator.get("name")).toList());
        assertThat(accounts(later)
                        .filter(account -> account.has("observedAt"))
                        .map(account -> observed(account).getYear()))
                .contains(2027);
    }

    @Test
    void areTwoThousandOnFivePlatformsAndMoreInADozenCountries() {
        assertThat(CREATORS).hasSize(InventedCreators.COUNT);
        assertThat(accounts(CREATORS).map(account -> text(account, "platform")))
                .contains("instagram", "tiktok", "youtube", "twitch", "blog", "x");
        var countries = counts(
                CREATORS.stream().filter(creator -> creator.has("country")).map(creator -> text(creator, "country")));
        assertThat(countries).hasSizeGreaterThanOrEqualTo(12);
        assertThat(countries.values()).allMatch(count -> count >= 40);
    }

    @Test
    void noAccountAndNoNameComesTwice() {
        assertThat(accounts(CREATORS)
                        .map(account -> text(account, "platform") + " "
                                + text(account, "handle").toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(CREATORS.stream().map(creator -> text(creator, "name"))).doesNotHaveDuplicates();
    }

    @Test
    void areSmallMostly() {
        var followers = CREATORS.stream()
                .map(creator -> creator.get("accounts").get(0))
                .filter(account -> account.has("followers"))
                .mapToLong(account -> account.get("followers").asLong())
                .toArray();
        Map<String, double[]> bands = new LinkedHashMap<>();
        bands.put("nano", new double[] {1_000, 10_000, 0.4, 0.65});
        bands.put("micro", new double[] {10_000, 100_000, 0.28, 0.48});
        bands.put("mid", new double[] {100_000, 500_000, 0.02, 0.1});
        bands.put("macro and mega", new double[] {500_000, 1e9, 0.003, 0.03});
        bands.forEach((tier, band) ->
                assertThat(share(followers, band[0], band[1])).as(tier).isBetween(band[2], band[3]));
    }

    /** The middles of the 'average' bands of Modash's calculators, and our spread around them. */
    @ParameterizedTest
    @CsvSource({"instagram,1000,5000,0.039", "instagram,10000,50000,0.0097", "tiktok,1000,5000,0.02"})
    void engageAroundThePublishedMedian(String platform, long from, long to, double published) {
        var rates = accounts(CREATORS)
                .filter(account -> text(account, "platform").equals(platform))
                .filter(account -> account.has("engagementRate") && account.has("followers"))
                .filter(account -> !account.has("engagementBasis")
                        || text(account, "engagementBasis").equals("followers"))
                .filter(account -> account.get("followers").asLong() >= from
                        && account.get("followers").asLong() < to)
                .mapToDouble(account -> account.get("engagementRate").asDouble())
                .sorted()
                .toArray();
        assertThat(rates).hasSizeGreaterThan(50);
        assertThat(rates[rates.length / 2]).isBetween(published * 0.75, published * 1.3);
        assertThat(rates[rates.length * 9 / 10]).isGreaterThan(published * 1.8);
        assertThat(rates[rates.length / 10]).isLessThan(published * 0.6);
    }

    @Test
    void likesAndCommentsMakeUpTheRate() {
        accounts(CREATORS.subList(12, CREATORS.size()))
                .filter(account -> account.has("likes") && account.has("comments") && account.has("engagementRate"))
                .forEach(account -> {
                    var basis = account.has("engagementBasis") ? text(account, "engagementBasis") : "followers";
                    if (account.has(basis)) {
                        var reactions = account.get("likes").asDouble()
                                + account.get("comments").asDouble();
                        // Both counts are rounded to whole reactions, the rate to a basis point.
                        assertThat(reactions)
                                .as(account.toString())
                                .isCloseTo(
                                        account.get("engagementRate").asDouble()
                                                * account.get(basis).asDouble(),
                                        within(1.1 + account.get(basis).asDouble() * 0.00005));
                    }
                });
    }

    @Test
    void aTenthHaveBoughtFollowers() {
        var shares = accounts(CREATORS)
                .filter(account -> account.has("authenticity"))
                .mapToDouble(account -> account.get("authenticity").asDouble())
                .toArray();
        assertThat(java.util.Arrays.stream(shares).average().orElseThrow()).isBetween(0.82, 0.88);
        assertThat(share(shares, 0, 0.75)).isBetween(0.06, 0.14);
    }

    /** As in life; the bounds are for the share of creators, or of accounts, that lack the figure. */
    @ParameterizedTest
    @CsvSource({
        "bio,0.1,0.25",
        "country,0.05,0.2",
        "languages,0.08,0.2",
        "email,0.1,0.4",
        "niches,0.04,0.15",
        "hashtags,0.1,0.3",
        "mentions,0.15,0.3",
        "rates,0.2,0.45",
        "history,0.15,0.35"
    })
    void someFiguresOfTheCreatorAreMissing(String field, double from, double to) {
        assertThat(CREATORS.stream()
                        .mapToDouble(creator -> creator.has(field) ? 0 : 1)
                        .average()
                        .orElseThrow())
                .isBetween(from, to);
    }

    @ParameterizedTest
    @CsvSource({
        "engagementRate",
        "postsSampled",
        "likes",
        "comments",
        "replyRate",
        "authenticity",
        "growth90d",
        "postsPerWeek",
        "lastPostAt",
        "audience",
        "posts"
    })
    void someFiguresOfTheAccountAreMissing(String field) {
        assertThat(accounts(CREATORS)
                        .mapToDouble(account -> account.has(field) ? 0 : 1)
                        .average()
                        .orElseThrow())
                .isBetween(0.08, 0.35);
    }

    @Test
    void noShareMapPassesOne() {
        audiences().forEach(audience -> {
            for (var field : List.of("countries", "ages", "genders", "languages", "interests")) {
                if (audience.has(field)) {
                    assertThat(sum(audience.get(field)))
                            .as("%s of %s", field, audience)
                            .isBetween(0.2, 1 + 1e-9);
                }
            }
        });
    }

    @Test
    void agesAndGendersAreTheSumsOfTheJointMap() {
        var joint = audiences().filter(audience -> audience.has("agesByGender")).toList();
        assertThat(joint.size() / (double) audiences().count()).isBetween(0.4, 0.6);
        for (var audience : joint) {
            var ages = new TreeMap<String, Double>();
            audience.get("agesByGender").properties().forEach(gender -> {
                if (audience.has("genders")) {
                    assertThat(sum(gender.getValue()))
                            .isCloseTo(
                                    audience.get("genders").get(gender.getKey()).asDouble(), within(1e-9));
                }
                gender.getValue()
                        .properties()
                        .forEach(age -> ages.merge(age.getKey(), age.getValue().asDouble(), Double::sum));
            });
            if (audience.has("ages")) {
                ages.forEach((age, share) ->
                        assertThat(audience.get("ages").get(age).asDouble()).isCloseTo(share, within(1e-9)));
            }
        }
    }

    @Test
    void beautyIsWatchedByWomenAndGamesByMen() {
        assertThat(meanFemale("skin-care")).isGreaterThan(0.75);
        assertThat(meanFemale("pc-games")).isLessThan(0.35);
    }

    @Test
    void nothingWasSeenTomorrowNorMentionedAfterItWasLookedFor() {
        for (var creator : CREATORS) {
            for (var account : creator.get("accounts")) {
                if (account.has("observedAt")) {
                    assertThat(observed(account)).isBeforeOrEqualTo(TODAY);
                    if (account.has("lastPostAt")) {
                        assertThat(Instant.parse(text(account, "lastPostAt")))
                                .isBeforeOrEqualTo(Instant.parse(text(account, "observedAt")));
                    }
                }
            }
            if (creator.has("mentions")) {
                creator.get("mentions").forEach(mention -> {
                    if (mention.has("on")) {
                        assertThat(LocalDate.parse(text(mention, "on"))).isBetween(TODAY.minusDays(500 + 730), TODAY);
                    }
                });
            }
        }
    }

    @Test
    void someWereLookedAtAndHaveNoMentions() {
        assertThat(CREATORS.stream()
                        .filter(creator -> creator.path("mentions").isArray()
                                && creator.get("mentions").isEmpty()))
                .hasSizeGreaterThan(150);
    }

    @Test
    void fewAreHardlyKnownAtAll() {
        Predicate<ObjectNode> sparse = creator -> creator.size() == 2;
        assertThat(CREATORS.stream().filter(sparse)).hasSizeBetween(30, 100);
    }

    @Test
    void mailAndSitesLeadNowhereReal() {
        for (var creator : CREATORS) {
            if (creator.has("email")) {
                assertThat(text(creator, "email"))
                        .matches("[a-z0-9.-]+@([a-z0-9-]+\\.example|example\\.(com|org|net))");
            }
            if (creator.has("website")) {
                assertThat(text(creator, "website")).matches("https://[a-z0-9-]+\\.example");
            }
        }
        assertThat(accounts(CREATORS).filter(account -> account.has("url")).map(account -> text(account, "url")))
                .allMatch(url -> url.matches("https://[a-z]+\\.example/.+"));
    }

    /** Some that anybody would think of first; the lists are written by hand and hold no others by intent. */
    @Test
    void noRealBrandIsAmongThem() {
        var real = List.of(
                "nivea",
                "loreal",
                "dove",
                "nike",
                "adidas",
                "puma",
                "salomon",
                "hoka",
                "asics",
                "zara",
                "ikea",
                "apple",
                "samsung",
                "sony",
                "nintendo",
                "sephora",
                "garnier",
                "oatly",
                "alpro",
                "nestle",
                "hasbro",
                "ravensburger",
                "kosmos",
                "lego",
                "gopro",
                "canon",
                "nikon",
                "bosch",
                "dyson",
                "zalando",
                "asos",
                "shein",
                "gymshark");
        var brands = new HashSet<String>();
        Lists.load().brands().forEach(brand -> brands.add(brand.name().toLowerCase(Locale.ROOT)));
        assertThat(brands).hasSizeGreaterThanOrEqualTo(120);
        assertThat(brands)
                .allSatisfy(brand -> assertThat(List.of(brand.split("[^a-z]+"))).doesNotContainAnyElementsOf(real));
    }

    @Test
    void theCastIsThereByName() {
        assertThat(CREATORS.stream().map(creator -> text(creator, "name")))
                .contains(
                        Cast.CELEBRITY,
                        Cast.PROMOTES_EVERYTHING,
                        Cast.TINY_AND_DEVOTED,
                        Cast.FITS_SKINCARE,
                        Cast.FITS_TRAIL_SHOE,
                        Cast.TRAIL_PARTNER,
                        Cast.FITS_BOARD_GAME,
                        Cast.BOUGHT_FOLLOWERS,
                        Cast.WORKED_FOR_COMPETITOR,
                        Cast.LOVES_THE_BRAND,
                        Cast.LOYAL_TWIN,
                        Cast.FICKLE_TWIN);
        assertThat(named(Cast.CELEBRITY).get("accounts").get(0).get("followers").asLong())
                .isGreaterThan(3_000_000);
        assertThat(counts(named(Cast.PROMOTES_EVERYTHING)
                        .get("mentions")
                        .valueStream()
                        .map(mention -> text(mention, "brand"))))
                .hasSizeGreaterThan(30);
    }

    @Test
    void theTwinsDifferInTheirPartnersAlone() {
        var loyal = named(Cast.LOYAL_TWIN);
        var fickle = named(Cast.FICKLE_TWIN);
        for (var field : List.of("niches", "hashtags", "rates", "history", "country", "bio")) {
            assertThat(loyal.get(field)).isEqualTo(fickle.get(field));
        }
        var accounts = Stream.of(loyal, fickle)
                .map(twin -> ((ObjectNode) twin.get("accounts").get(0)).deepCopy())
                .peek(account -> account.remove(List.of("handle", "url")))
                .toList();
        assertThat(accounts.get(0)).isEqualTo(accounts.get(1));
        assertThat(loyal.get("mentions").valueStream().map(mention -> text(mention, "on")))
                .containsExactlyElementsOf(fickle.get("mentions")
                        .valueStream()
                        .map(mention -> text(mention, "on"))
                        .toList());
        assertThat(counts(loyal.get("mentions").valueStream().map(mention -> text(mention, "brand"))))
                .hasSize(1);
        assertThat(counts(fickle.get("mentions").valueStream().map(mention -> text(mention, "brand"))))
                .hasSize(12);
    }

    private static ObjectNode named(String name) {
        return CREATORS.stream()
                .filter(creator -> text(creator, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double meanFemale(String niche) {
        return CREATORS.stream()
                .filter(creator -> creator.has("niches")
                        && text(creator.get("niches").get(0), "niche").equals(niche))
                .flatMap(creator -> creator.get("accounts").valueStream())
                .filter(account -> account.path("audience").path("genders").has("female"))
                .mapToDouble(account ->
                        account.get("audience").get("genders").get("female").asDouble())
                .average()
                .orElseThrow();
    }

    private static Stream<JsonNode> audiences() {
        return accounts(CREATORS).filter(account -> account.has("audience")).map(account -> account.get("audience"));
    }

    private static Stream<JsonNode> accounts(List<ObjectNode> creators) {
        return creators.stream().flatMap(creator -> creator.get("accounts").valueStream());
    }

    private static double sum(JsonNode shares) {
        return shares.valueStream().mapToDouble(JsonNode::asDouble).sum();
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }

    private static LocalDate observed(JsonNode account) {
        return LocalDate.ofInstant(Instant.parse(text(account, "observedAt")), ZoneOffset.UTC);
    }

    private static Map<String, Long> counts(Stream<String> values) {
        var counts = new TreeMap<String, Long>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }

    private static double share(long[] values, double from, double to) {
        return java.util.Arrays.stream(values)
                        .filter(value -> value >= from && value < to)
                        .count()
                / (double) values.length;
    }

    private static double share(double[] values, double from, double to) {
        return java.util.Arrays.stream(values)
                        .filter(value -> value >= from && value < to)
                        .count()
                / (double) values.length;
    }
}
