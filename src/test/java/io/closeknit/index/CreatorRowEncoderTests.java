package io.closeknit.index;

import static io.closeknit.index.FitSamples.account;
import static io.closeknit.index.FitSamples.id;
import static io.closeknit.index.FitSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreatorRowEncoderTests {
    private static CreatorRow niches(String niches) {
        return row("{'niches': [" + niches + "], 'accounts': [{'platform': 'blog', 'handle': 'her'}]}");
    }

    private static Map<Integer, Integer> weights(CreatorRow row) {
        var weights = new HashMap<Integer, Integer>();
        for (var i = 0; i < row.nicheCount; i++) {
            weights.put(row.niches[i], row.nicheWeight[i]);
        }
        return weights;
    }

    @Test
    void nicheWeightsAreSharesInBasisPoints() {
        // 3 + 1 + no weight, which counts 1: of 5 in all 60 %, 20 % and 20 %
        var row = niches("{'niche': 'padel', 'weight': 3}, {'niche': 'food', 'weight': 1}, {'niche': 'pets'}");

        assertThat(weights(row)).isEqualTo(Map.of(id("padel"), 6_000, id("food"), 2_000, id("pets"), 2_000));
        assertThat(row.niches[0]).as("the largest first").isEqualTo(id("padel"));
    }

    @Test
    void aNicheThatIsThereWeighsABasisPointAtLeastAndOneThatWeighsNothingIsNotThere() {
        var row = niches("{'niche': 'padel', 'weight': 1000000}, {'niche': 'food', 'weight': 1},"
                + " {'niche': 'pets', 'weight': 0}");

        assertThat(weights(row)).isEqualTo(Map.of(id("padel"), 10_000, id("food"), 1));
    }

    @Test
    void absurdWeightsAreStillShares() {
        // Their sum would be infinite.
        var row = niches("{'niche': 'padel', 'weight': 1.7e308}, {'niche': 'food', 'weight': 1.7e308}");

        assertThat(weights(row)).isEqualTo(Map.of(id("padel"), 5_000, id("food"), 5_000));
        assertThat(niches("{'niche': 'padel', 'weight': 0}, {'niche': 'food', 'weight': 0}").nicheCount)
                .isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'niche': 'padel', 'weight': 0.3}                            | 10000 | one niche with a weight is all",
                "{'niche': 'padel'}                                           | -1    | one without a weight says little",
                "{'niche': 'padel', 'weight': 1}, {'niche': 'cycling', 'weight': 1} | 10000 | both are sports",
                "{'niche': 'padel', 'weight': 1}, {'niche': 'vegan', 'weight': 1}   | 5000  | two even topics: 1/exp(ln 2)",
                // H = −0.75·ln 0.75 − 0.25·ln 0.25 = 0.562335; 1/exp(H) = 0.569877
                "{'niche': 'padel', 'weight': 3}, {'niche': 'vegan', 'weight': 1}   | 5699  | three to one",
                "                                                             | -1    | no niche"
            })
    void focusIsOneThroughTheNumberOfTopics(String niches, int focus, String why) {
        assertThat(niches(niches == null ? "" : niches).focus).as(why).isEqualTo(focus);
    }

    @Test
    void theRateIsDerivedWhereNoneWasSent() {
        // (380 + 20) / 20,000
        assertThat(row(account("'likes': 380, 'comments': 20")).accounts[0].engagementRate)
                .isEqualTo(0.02);
        var sent = row(account("'likes': 380, 'comments': 19, 'engagementRate': 0.5, 'engagementBasis': 'views'"));
        assertThat(sent.accounts[0].engagementRate).isEqualTo(0.5);
        assertThat(sent.accounts[0].basis).isEqualTo(1);
        assertThat(sent.accounts[0].commentsPerLike).isEqualTo(0.05);
        // What is derived is a share of the followers, whatever basis was named for the rate that was not sent.
        assertThat(row(account("'likes': 380, 'comments': 20, 'engagementBasis': 'views'")).accounts[0].basis)
                .isZero();
        assertThat(row(account("'likes': 0, 'comments': 20")).accounts[0].commentsPerLike)
                .isNaN();
        assertThat(row(account("'likes': 380")).accounts[0].engagementRate).isNaN();
        assertThat(row("{'accounts': [{'platform': 'x', 'handle': 'h', 'followers': 0, 'likes': 1, 'comments': 1}]}")
                        .accounts[0]
                        .engagementRate)
                .isNaN();
    }

    @Test
    void theAccountWithMostFollowersComesFirst() {
        var row = row("""
                {'accounts': [{'platform': 'x', 'handle': 'unknown'},
                              {'platform': 'youtube', 'handle': 'small', 'followers': 10},
                              {'platform': 'tiktok', 'handle': 'large', 'followers': 3000000000}]}
                """);

        assertThat(IntStream.range(0, 3).mapToObj(i -> row.accounts[i].handle.toString()))
                .containsExactly("large", "small", "unknown");
        assertThat(row.accounts[0].followers).isEqualTo(3_000_000_000L);
    }

    @Test
    void daysAreThoseOfUtc() {
        var row = row(account("'lastPostAt': '2026-03-01T23:30:00-05:00', 'observedAt': '2026-03-01T00:30:00+02:00'"));

        assertThat(LocalDate.ofEpochDay(row.accounts[0].lastPostDay)).isEqualTo("2026-03-02");
        assertThat(LocalDate.ofEpochDay(row.observedDay)).isEqualTo("2026-02-28");
    }

    @Test
    void anInterestThatIsNoNicheStillTakesItsPartOfTheWhole() {
        var account =
                row(account("'audience': {'interests': {'padel': 0.6, 'a word that nobody knows': 0.38}}")).accounts[0];

        assertThat(Arrays.stream(account.interestShare, 0, account.interestCount)
                        .sum())
                .isEqualTo(9_800);
    }

    // ---- credibility

    /** Observed on 30 June 2026, three posts a week: 3 · 365 / 7 = 156.4286 posts in the window. */
    private static CreatorRow posting(String mentions) {
        return row("""
                {'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000, 'postsPerWeek': 2,
                               'observedAt': '2026-06-30T12:00:00Z'},
                              {'platform': 'tiktok', 'handle': 'her', 'postsPerWeek': 1,
                               'observedAt': '2025-01-01T12:00:00Z'}],
                 'mentions': [%s]}
                """.formatted(mentions));
    }

    private static String paid(String brand, String niche, String on, String url) {
        return "{'brand': '%s', 'paid': true%s%s%s}"
                .formatted(
                        brand,
                        niche == null ? "" : ", 'niche': '" + niche + "'",
                        on == null ? "" : ", 'on': '" + on + "'",
                        url == null ? "" : ", 'url': '" + url + "'");
    }

    @Test
    void twelvePostsForOnePartnerCostLessThanTwelveForTwelve() {
        // s = (12 + 1) / (156.4286 + 20) = 0.073684; load = s / 0.15 = 0.491228; one brand: spread 0
        var one = posting(IntStream.range(0, 12)
                .mapToObj(i -> paid("Acme", "padel", "2026-05-01", null))
                .collect(joined()));
        assertThat(one.credibility).isEqualTo(8_035); // 1 − 0.491228 · 0.4 = 0.803509

        // H of 12 brands: ln 12 = 2.484907. Of 9 categories, three of them twice:
        // 3 · 2/12 · ln 6 + 6 · 1/12 · ln 12 = 2.138333. Mean 2.311620; spread = 1 − 1/exp(H) = 0.900899
        var nine = new String[] {
            "padel", "running", "hiking", "travel", "vegan", "food", "beauty", "fashion", "games", "music", "pets",
            "cars"
        };
        var twelve = posting(IntStream.range(0, 12)
                .mapToObj(i -> paid("Brand " + i, nine[i], "2026-05-01", null))
                .collect(joined()));
        // 1 − 0.491228 · (0.4 + 0.6 · 0.900899) = 0.537982
        assertThat(twelve.credibility).isEqualTo(5_380);
        assertThat(twelve.sponsoredPosts).isEqualTo(12);
        assertThat(twelve.windowPosts).isCloseTo(156.428571, within(1e-6));
    }

    private static java.util.stream.Collector<CharSequence, ?, String> joined() {
        return Collectors.joining(",");
    }

    @ParameterizedTest(name = "{0} is counted {1} times")
    @CsvSource({
        "2026-06-30, 1", // the last day of the window
        "2026-07-01, 0", // after it
        "2025-07-01, 1", // the first of the 365 days
        "2025-06-30, 0", // before it
        ", 1" // undated counts against her
    })
    void theWindowIsAYearUpToTheLastObservation(String on, int counted) {
        assertThat(posting(paid("Acme", null, on, null)).sponsoredPosts).isEqualTo(counted);
    }

    @Test
    void onlyPaidMentionsAreSponsoredAndTheSameAddressIsOnePost() {
        var row = posting("{'brand': 'A', 'paid': false, 'on': '2026-05-01'}, {'brand': 'A', 'on': '2026-05-01'},"
                + paid("A", null, "2026-05-01", "https://x.example/1") + ","
                + paid("B", null, "2026-05-01", "https://x.example/1") + ","
                + paid("A", null, "2026-05-02", null));

        assertThat(row.sponsoredPosts).isEqualTo(2);
        // s = 3 / 176.4286 = 0.017004, load 0.113360. Brands: A 1/2 + 1, B 1/2: shares 0.75 and 0.25, H = 0.562335,
        // spread = 1 − 0.569877 = 0.430123. No category: brands alone. 1 − 0.113360 · (0.4 + 0.6 · 0.430123) = 0.925401
        assertThat(row.credibility).isEqualTo(9_254);
    }

    @Test
    void lookedAndNoneFoundIsKnown() {
        // s = 1 / 176.4286 = 0.005668; load 0.037787; 1 − 0.037787 · 0.4 = 0.984885
        assertThat(posting("").credibility).isEqualTo(9_849);
    }

    @Test
    void morePaidPostsThanPostsFillTheLoad() {
        // 40 posts in the window, none of them posted by the rate: s = 41 / 60 is far above 0.15. Load 1, one brand.
        var row = row("{'accounts': [{'platform': 'x', 'handle': 'h', 'postsPerWeek': 0,"
                + " 'observedAt': '2026-06-30T12:00:00Z'}], 'mentions': ["
                + IntStream.range(0, 40)
                        .mapToObj(i -> paid("Acme", null, "2026-05-01", null))
                        .collect(joined())
                + "]}");
        assertThat(row.windowPosts).isEqualTo(40);
        assertThat(row.credibility).isEqualTo(6_000);
    }

    @Test
    void withoutALookOrAPostingRateItIsNotKnown() {
        assertThat(row(account("'postsPerWeek': 2, 'observedAt': '2026-06-30T12:00:00Z'")).credibility)
                .isEqualTo(-1);
        assertThat(row("{'mentions': [], 'accounts': [{'platform': 'x', 'handle': 'h',"
                                + " 'observedAt': '2026-06-30T12:00:00Z'}]}")
                        .credibility)
                .isEqualTo(-1);
    }

    @Test
    void allMentionsThatTheCatalogueTakesAreInTheRow() {
        var row = posting(IntStream.range(0, 20_000)
                .mapToObj(i -> "{'brand': 'brand " + i + "'}")
                .collect(joined()));

        assertThat(row.mentionCount).isEqualTo(20_000);
        assertThat(row.mentionBrand[19_999]).isEqualTo(Codes.brand("Brand 19999"));
        assertThat(row.mentionPaid[0]).as("not known").isEqualTo((byte) 2);
    }

    @Test
    void thousandsOfMoreThanARowHoldsAreCutNotBroken() {
        var row = posting(
                IntStream.range(0, 40_000).mapToObj(i -> "{'brand': 'b'}").collect(joined()));
        assertThat(row.mentionCount).isEqualTo(32_767);
        assertThat(row.accountCount).isEqualTo(2);
    }
}
