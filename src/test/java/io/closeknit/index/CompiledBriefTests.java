package io.closeknit.index;

import static io.closeknit.index.FitSamples.account;
import static io.closeknit.index.FitSamples.audience;
import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.id;
import static io.closeknit.index.FitSamples.row;
import static io.closeknit.index.FitSamples.statistics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CreatorDocument.Deliverable;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.index.Evaluation.Belief;
import io.closeknit.index.FitSamples.Brief;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fit by hand. In {@link FitSamples#statistics()} every niche has an idf of 1 and the published tables serve. */
class CompiledBriefTests {
    private static CreatorRow publishing(String niches) {
        return row("{'niches': [" + niches + "], 'accounts': [{'platform': 'blog', 'handle': 'her'}]}");
    }

    private static CreatorRow publishing(Map<String, Double> niches) {
        return publishing(niches.entrySet().stream()
                .map(tag -> "{'niche': '" + tag.getKey() + "', 'weight': " + tag.getValue() + "}")
                .reduce((a, b) -> a + "," + b)
                .orElse(""));
    }

    @Nested
    class Relevance {
        private double relevance(Brief brief, CreatorRow row) {
            return brief.value(Criterion.RELEVANCE, row);
        }

        /** What a niche is worth that is all she publishes about: its nearness cubed, to the power of 3/4. */
        private static double alone(double prox) {
            return Math.pow(prox * prox * prox, 0.75);
        }

        @ParameterizedTest(name = "{0} serves trail-running by {1}: {2}")
        @CsvSource({
            "trail-running, 1, the niche itself",
            "ultra-trails, 0.9, below it",
            "running, 0.5, its parent",
            "road-running, 0.3, a sibling",
            "hiking, 0.6, related",
            "sports, 0, further above",
            "cycling, 0, a sibling of its parent",
            "vegan, 0, something else"
        })
        void howNearANicheIs(String niche, double prox, String why) {
            assertThat(relevance(brief().about("trail-running"), publishing(Map.of(niche, 1.0))))
                    .as(why)
                    .isCloseTo(alone(prox), within(1e-12));
        }

        @Test
        void whatLiesBelowServesAtAnyDepth() {
            assertThat(relevance(brief().about("sports"), publishing(Map.of("ultra-trails", 1.0))))
                    .isCloseTo(0.788943, within(1e-6)); // 0.9^2.25
        }

        @Test
        void topLevelNichesAreNobodysSiblings() {
            assertThat(relevance(brief().about("food"), publishing(Map.of("pets", 1.0))))
                    .isZero();
        }

        @Test
        void theRelationHoldsBothWays() {
            assertThat(relevance(brief().about("hiking"), publishing(Map.of("trail-running", 1.0))))
                    .isCloseTo(0.316840, within(1e-6)); // 0.6^2.25
        }

        @Test
        void aDilutedCreatorIsLessRelevantByWhatTheRestWeighs() {
            // ĉ of padel: 0.36^¾ / √(0.36^1.5 + 0.64^1.5) = 0.464758 / √(0.216 + 0.512) = 0.544705; to the power of ¾
            assertThat(relevance(brief().about("padel"), publishing(Map.of("padel", 0.36, "music", 0.64))))
                    .isCloseTo(0.634046, within(1e-4));
        }

        @Test
        void theRareOneOfTwoSaysMore() {
            // 99 creators: of padel 1 has it, idf = ln(100/2) + 1 = 4.912023; of music 49, idf = ln(100/50) + 1 =
            // 1.693147.
            // The halves are bent alike: ĉ of padel = 4.912023 / √(4.912023² + 1.693147²) = 4.912023 / 5.195647 =
            // 0.945411;
            // to the power of ¾
            var df = new int[21];
            df[id("padel")] = 1;
            df[id("music")] = 49;
            var compiled = brief().about("padel").compile(statistics(List.of(), 200, 99, df));
            var row = publishing(Map.of("padel", 1.0, "music", 1.0));
            assertThat(compiled.evaluate(row, 0, new CompiledBrief.Scratch()).value[0])
                    .isCloseTo(0.958772, within(1e-6));
        }

        @Test
        void severalNichesMeanAnd() {
            // q̂ = (√0.8, √0.2), to the power of 5/4: 0.869824 and 0.365716. Who has both alike with the brief has
            // ĉ = (0.942809, 0.333333), to the power of ¾ 0.956793 and 0.438691, together 0.992677: that is 1.
            // Only padel: 0.869824 / 0.992677 = 0.876240
            var brief = brief().about("padel", 4).about("vegan", 1);
            assertThat(relevance(brief, publishing(Map.of("padel", 4.0, "vegan", 1.0))))
                    .isCloseTo(1, within(1e-12));
            assertThat(relevance(brief, publishing(Map.of("padel", 1.0)))).isCloseTo(0.876240, within(1e-6));
        }

        @Test
        void aNicheServesTheOneForWhichImportanceTimesNearnessIsLargest() {
            // road-running is a sibling of trail-running (0.3) and lies below running (0.9). Even importances:
            // q̂ = √0.5 each; √0.5 · 0.9³ > √0.5 · 0.3³, so it serves running alone: 0.5^⅝ · 0.9^2.25
            assertThat(relevance(
                            brief().about("trail-running").about("running"), publishing(Map.of("road-running", 1.0))))
                    .isCloseTo(0.511567, within(1e-6));
            // With 9,999 to 1: √0.9999 · 0.3³ = 0.026999 > √0.0001 · 0.9³ = 0.00729. 0.9999^⅝ = 0.999937, who has the
            // same shares reaches 0.999955, and 0.3^2.25 = 0.066607
            assertThat(relevance(
                            brief().about("trail-running", 9_999).about("running", 1),
                            publishing(Map.of("road-running", 1.0))))
                    .isCloseTo(0.066606, within(1e-6));
        }

        @Test
        void aTieGoesToTheSmallestSlug() {
            // Football is a sibling of cycling and of padel, asked for alike.
            var compiled = brief().about("padel").about("cycling").compile(statistics());
            var parts = compiled.relevanceParts(publishing(Map.of("football", 1.0)), new CompiledBrief.Scratch());

            assertThat(parts.getFirst().niche()).isEqualTo(id("cycling"));
            assertThat(parts.getFirst().part()).isCloseTo(Math.pow(0.5, 0.625) * alone(0.3), within(1e-12));
            assertThat(parts.getLast().by()).isEmpty();
        }

        @Test
        void whatServesTheSameNicheAddsUpAsLengths() {
            // Halves of ultra-trails (0.9³) and trail-running (1): A² = 0.5·0.9⁶ + 0.5·1 = 0.765721
            assertThat(relevance(
                            brief().about("trail-running"),
                            publishing(Map.of("ultra-trails", 1.0, "trail-running", 1.0))))
                    .isCloseTo(Math.pow(0.7657205, 0.375), within(1e-12));
        }

        @Test
        void pastPartnersCountHalf() {
            // u: padel 0.5; vegan and pets 0.25 each. q̂ = (√0.5, 0.5, 0.5), to the power of 5/4: 0.648420 and twice
            // 0.420448.
            // Who has the same shares has ĉ = (0.765367, 0.455090, 0.455090), to the power of ¾ 0.818281 and twice
            // 0.554081,
            // and reaches 0.996514
            var brief = brief().about("padel").likes(Map.of("vegan", 1.0)).likes(Map.of("pets", 1.0));
            assertThat(relevance(brief, publishing(Map.of("padel", 1.0)))).isCloseTo(0.650688, within(1e-6));
            assertThat(relevance(brief, publishing(Map.of("pets", 1.0)))).isCloseTo(0.421919, within(1e-6));
        }

        @Test
        void pastPartnersAloneAreEnough() {
            var brief = brief().likes(Map.of("vegan", 0.64, "pets", 0.36));
            // q̂ = (0.8, 0.6), to the power of 5/4: 0.756593 and 0.528067; the same shares reach 0.997858
            assertThat(relevance(brief, publishing(Map.of("vegan", 1.0)))).isCloseTo(0.758217, within(1e-6));
        }

        @Test
        void withoutANicheItIsNotKnownAndWithoutAnyInTheBriefNotAsked() {
            var unknown = brief().about("padel").evaluate(row(account("")));
            assertThat(unknown.isKnown(Criterion.RELEVANCE)).isFalse();
            assertThat(unknown.value[0]).isEqualTo(0.5);
            assertThat(unknown.low[0]).isEqualTo(0.1);
            assertThat(unknown.high[0]).isEqualTo(0.9);
            assertThat(brief().compile(statistics()).isAsked(Criterion.RELEVANCE))
                    .isFalse();
        }
    }

    @Nested
    class Bond {
        @Test
        void isABlendOfPlaceCommentsAndReplies() {
            // 22,361 followers, rate 2.61 % of 30 posts: placed at 0.7455 (see PeersTests); comments have no peers:
            // 0.5;
            // reply rate 0.8: 0.6 · 0.7455 + 0.25 · 0.5 + 0.15 · 0.8 = 0.6923; comments at 0.1 and 0.9: ∓ 0.1
            var row = row("""
                    {'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 22361, 'engagementRate': 0.0261,
                                   'postsSampled': 30, 'replyRate': 0.8, 'likes': 100, 'comments': 3}]}
                    """);
            var fit = brief().evaluate(row);
            var bond = Criterion.BOND.ordinal();
            assertThat(fit.isKnown(Criterion.BOND)).isTrue();
            assertThat(fit.value[bond]).isCloseTo(0.6923, within(1e-4));
            assertThat(fit.low[bond]).isCloseTo(0.5923, within(1e-4));
            assertThat(fit.high[bond]).isCloseTo(0.7923, within(1e-4));
        }

        @Test
        void isTheMeanOfTheAccountsByFollowers() {
            // YouTube by reach is not placed. Instagram at the median, TikTok far above: 20 · 4.19 % of 4,000 followers
            // …
            var median = brief().value(Criterion.BOND, row(account("'engagementRate': 0.00975, 'postsSampled': 0")));
            var both = brief().value(Criterion.BOND, row("""
                    {'accounts': [
                      {'platform': 'instagram', 'handle': 'a', 'followers': 20000, 'engagementRate': 0.00975, 'postsSampled': 0},
                      {'platform': 'instagram', 'handle': 'b', 'followers': 20000, 'engagementRate': 0.00975,
                       'postsSampled': 0, 'replyRate': 1},
                      {'platform': 'youtube', 'handle': 'c', 'followers': 999999, 'engagementRate': 0.1,
                       'engagementBasis': 'reach'}]}
                    """));
            // The second answers all: + 0.15 · 0.5 on half of the followers
            assertThat(both).isCloseTo(median + 0.0375, within(1e-9));
        }

        @Test
        void isNotKnownWithoutARateThatCanBePlaced() {
            assertThat(brief().evaluate(row(account("'replyRate': 1"))).isKnown(Criterion.BOND))
                    .isFalse();
        }
    }

    @Nested
    class Believing {
        private static final String TODAY = "'on': '2026-06-30'";

        private Evaluation evaluate(String mentions) {
            return brief().brand("Acme", "Rival", "Enemy")
                    .category("running")
                    .evaluate(row("{'accounts': [{'platform': 'x', 'handle': 'h'}], 'mentions': [" + mentions + "]}"));
        }

        private double belief(String mentions) {
            return evaluate(mentions).value[Criterion.BELIEF.ordinal()];
        }

        private static String mention(String brand, boolean paid, String rest) {
            return "{'brand': '" + brand + "', 'paid': " + paid + (rest.isEmpty() ? "" : ", " + rest) + "}";
        }

        @Test
        void theStrongestEvidenceCounts() {
            var category = "'niche': 'trail-running', " + TODAY;
            var paidTwice = mention("Other", true, category) + "," + mention("Third", true, category);
            var unpaidCategory = mention("Other", false, category);
            var paidBrand = mention("ACME", true, TODAY);
            var unpaidBrand = mention("@acme", false, TODAY);
            var competitor = mention("rival", true, TODAY);

            var sum = "";
            var expected =
                    Map.of(paidTwice, 0.65, unpaidCategory, 0.8, paidBrand, 0.9, unpaidBrand, 1.0, competitor, 0.0);
            for (var mention : List.of(paidTwice, unpaidCategory, paidBrand, unpaidBrand, competitor)) {
                assertThat(belief(mention)).isEqualTo(expected.get(mention));
                sum = sum.isEmpty() ? mention : mention + "," + sum;
                assertThat(belief(sum)).as("with all that is weaker").isEqualTo(expected.get(mention));
            }
            assertThat(evaluate(competitor).isKnown(Criterion.BELIEF)).isTrue();
            assertThat(evaluate(competitor).belief).isEqualTo(Belief.COMPETITOR);
        }

        @ParameterizedTest(name = "{0}: {1} ({2})")
        @CsvSource(
                delimiter = '|',
                value = {
                    "{'brand': 'Rival', 'paid': true, 'on': '2026-04-02'} | 0   | 89 days ago, inside 90",
                    "{'brand': 'Rival', 'paid': true, 'on': '2026-04-01'} | 0.5 | 90 days ago",
                    "{'brand': 'Rival', 'paid': true}                     | 0   | undated counts against her",
                    "{'brand': 'Rival', 'paid': true, 'on': '2026-07-01'} | 0.5 | tomorrow",
                    "{'brand': 'Rival', 'paid': false, 'on': '2026-06-01', 'niche': 'running'} | 0.5 | no evidence for the category",
                    "{'brand': 'Rival', 'on': '2026-06-01'}               | 0.5 | paid or not is not known",
                    "{'brand': 'Acme', 'paid': false, 'on': '2025-07-01'} | 1   | within 12 months",
                    "{'brand': 'Acme', 'paid': false, 'on': '2025-06-30'} | 0.5 | a year ago to the day",
                    "{'brand': 'Acme', 'paid': false}                     | 0.5 | undated counts never in her favour",
                    "{'brand': 'Acme', 'on': '2026-06-01'}                | 0.5 | paid or not is not known",
                    "{'brand': 'Other', 'paid': false, 'on': '2026-06-01', 'niche': 'sports'} | 0.8 | its top-level parent",
                    "{'brand': 'Other', 'paid': false, 'on': '2026-06-01', 'niche': 'cycling'} | 0.5 | a sibling",
                    "{'brand': 'Other', 'paid': true, 'on': '2026-06-01', 'niche': 'running'} | 0.5 | one paid post is too few"
                })
        void whatIsEvidence(String mention, double value, String why) {
            assertThat(belief(mention)).as(why).isEqualTo(value);
        }

        @Test
        void twoPaidMentionsInOnePostAreOnePost() {
            var one = "'niche': 'running', 'url': 'https://x.example/1', " + TODAY;
            assertThat(belief(mention("B", true, one) + "," + mention("C", true, one)))
                    .isEqualTo(0.5);
            var two = "'niche': 'running', 'url': 'https://x.example/2', " + TODAY;
            assertThat(belief(mention("B", true, one) + "," + mention("B", true, two)))
                    .isEqualTo(0.65);
        }

        @Test
        void theParentOfACategoryCountsOnlyAtTheTop() {
            // trail-running's parent, running, is no top-level niche: it may mean anything.
            var brief = brief().category("trail-running");
            var row = row("{'accounts': [{'platform': 'x', 'handle': 'h'}], 'mentions': ["
                    + mention("Other", false, "'niche': 'running', " + TODAY) + "]}");
            assertThat(brief.evaluate(row).belief).isEqualTo(Belief.NONE);
        }

        @Test
        void withoutEvidenceTheWordsMoveItALittle() {
            var compiled =
                    brief().text("Padel rackets, made by hand").compile(statistics()); // padel, rackets, made, hand
            var fit = compiled.evaluate(row(account("")), 2, new CompiledBrief.Scratch());
            var belief = Criterion.BELIEF.ordinal();
            assertThat(fit.value[belief]).isCloseTo(0.55, within(1e-12)); // 0.5 + 0.1 · 2/4
            assertThat(fit.low[belief]).isEqualTo(0.2);
            assertThat(fit.high[belief]).isEqualTo(0.8);
            assertThat(fit.isKnown(Criterion.BELIEF)).isFalse();
        }

        @Test
        void aLongerWindowEndsAtTwelveMonths() {
            var row = row("{'accounts': [{'platform': 'x', 'handle': 'h'}], 'mentions': ["
                    + mention("Rival", true, "'on': '2025-06-30'") + "]}");
            assertThat(brief().brand("Acme", "Rival").window(3_000).evaluate(row).belief)
                    .isEqualTo(Belief.NONE);
        }
    }

    @Nested
    class Value {
        /** 20,000 followers, 0.5 % engaged, 90 % real: 90 engaged people. */
        private static final String ENGAGED = "'engagementRate': 0.005, 'authenticity': 0.9";

        private CreatorRow priced(String rates) {
            return row("{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000, " + ENGAGED
                    + "}], 'rates': [" + rates + "]}");
        }

        private static String rate(String platform, String deliverable, double amount, String currency) {
            return "{'platform': '%s', 'deliverable': '%s', 'price': {'amount': %s, 'currency': '%s'}}"
                    .formatted(platform, deliverable, amount, currency);
        }

        private static String rate(String deliverable, double euros) {
            return rate("instagram", deliverable, euros, "EUR");
        }

        private double value(Brief brief, CreatorRow row) {
            return brief.value(Criterion.VALUE, row);
        }

        @ParameterizedTest(name = "{0} EUR per engaged person: {1}")
        @CsvSource({"0, 1", "0.1, 1", "1, 0.666667", "10, 0.333333", "3.162278, 0.5", "100, 0", "1000, 0"})
        void theCostCountsByItsLogarithm(double cost, double value) {
            assertThat(CompiledBrief.valueOfCost(cost)).isCloseTo(value, within(1e-6));
        }

        @Test
        void thePriceOfAPieceIsTheMeanByTheBriefsCounts() {
            // 3 stories of 60 and a reel of 180: 360 / 4 = 90 EUR for 90 people, 1 EUR each
            var row = priced(rate("story", 60) + "," + rate("reel", 180) + "," + rate("post", 1));
            assertThat(value(brief().pieces(Deliverable.STORY, 3).pieces(Deliverable.REEL, 1), row))
                    .isCloseTo(2 / 3.0, within(1e-9));
        }

        @Test
        void anUnpricedPieceMakesItUnknown() {
            var fit = brief().pieces(Deliverable.STORY, 3)
                    .pieces(Deliverable.REEL, 1)
                    .evaluate(priced(rate("story", 60)));
            assertThat(fit.isKnown(Criterion.VALUE)).isFalse();
        }

        @Test
        void withABudgetAndNoPiecesTheCheapestRateCounts() {
            // 112.50 USD at 0.8 are 90 EUR.
            var row = priced(rate("story", 95) + "," + rate("instagram", "reel", 112.5, "USD"));
            assertThat(value(brief().budget(), row)).isCloseTo(2 / 3.0, within(1e-9));
        }

        @Test
        void aCurrencyWithoutARateIsNoPrice() {
            assertThat(brief().budget()
                            .evaluate(priced(rate("instagram", "reel", 1, "XAU")))
                            .isKnown(Criterion.VALUE))
                    .isFalse();
        }

        @Test
        void theCheapestAccountCounts() {
            var row = row("{'accounts': ["
                    + "{'platform': 'instagram', 'handle': 'a', 'followers': 20000, " + ENGAGED + "},"
                    + "{'platform': 'tiktok', 'handle': 'b', 'followers': 2000, " + ENGAGED + "}],"
                    + "'rates': [" + rate("instagram", "reel", 900, "EUR") + "," + rate("tiktok", "reel", 9, "EUR")
                    + "]}");
            // Instagram 10 EUR each, TikTok 9 EUR for 9 people: 1 EUR each
            var fit = brief().budget().evaluate(row);
            assertThat(fit.value[Criterion.VALUE.ordinal()]).isCloseTo(2 / 3.0, within(1e-9));
            assertThat(fit.valueAccount).isEqualTo(1);
            assertThat(value(brief().budget().on(Platform.INSTAGRAM), row)).isCloseTo(1 / 3.0, within(1e-9));
        }

        @Test
        void whereNobodyOfTheTargetIsEngagedItIsWorthNothing() {
            var row = row("{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000, " + ENGAGED
                    + ", 'audience': {'countries': {'DE': 1}}}], 'rates': [" + rate("reel", 90) + "]}");
            var fit = brief().budget().countries("HR").evaluate(row);
            assertThat(fit.isKnown(Criterion.VALUE)).isTrue();
            assertThat(fit.value[Criterion.VALUE.ordinal()]).isZero();
            assertThat(value(brief().budget().countries("DE"), row)).isCloseTo(2 / 3.0, within(1e-9));
        }

        @Test
        void whatAnAudienceMapLeavesOpenMayMakeHerCheaper() {
            // Half of the audience is known, none of it Croatian: at best 45 of 90 people for 90 EUR, 2 EUR each.
            var row = row("{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000, " + ENGAGED
                    + ", 'audience': {'countries': {'DE': 0.5}}}], 'rates': [" + rate("reel", 90) + "]}");
            var fit = brief().budget().countries("HR").evaluate(row);
            assertThat(fit.value[Criterion.VALUE.ordinal()]).isZero();
            // 1 − ln 20 / ln 1000
            assertThat(fit.high[Criterion.VALUE.ordinal()]).isCloseTo(0.566323, within(1e-6));
        }

        @Test
        void anAbsurdRateIsHeldToBeTheCap() {
            // 20 · 2.61 % = 52.2 % of 20,000, all of them real: 10,440 people for 104,400 EUR
            var row = row("{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000,"
                    + "'engagementRate': 95, 'authenticity': 1}], 'rates': [" + rate("reel", 104_400) + "]}");
            assertThat(value(brief().budget(), row)).isCloseTo(1 / 3.0, within(1e-9));
        }

        @Test
        void aRatePerViewCountsTheViews() {
            var figures =
                    "{'accounts': [{'platform': 'tiktok', 'handle': 'h', 'followers': 20000, %s 'authenticity': 1,"
                            + "'engagementRate': 0.1, 'engagementBasis': 'views'}], 'rates': ["
                            + rate("tiktok", "video", 100, "EUR") + "]}";
            // 10 % of 1,000 views: 100 people for 100 EUR. Views not known: not known.
            assertThat(value(brief().budget(), row(figures.formatted("'views': 1000,"))))
                    .isCloseTo(2 / 3.0, within(1e-9));
            assertThat(brief().budget().evaluate(row(figures.formatted(""))).isKnown(Criterion.VALUE))
                    .isFalse();
        }

        @Test
        void withoutAuthenticityItIsNotKnown() {
            var row = row("{'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000,"
                    + "'engagementRate': 0.01}], 'rates': [" + rate("reel", 90) + "]}");
            assertThat(brief().budget().evaluate(row).isKnown(Criterion.VALUE)).isFalse();
        }
    }

    @Nested
    class Authenticity {
        @ParameterizedTest(name = "{0} real followers are worth {1}")
        @CsvSource({"0, 0", "0.5, 0", "0.59, 0.2", "0.725, 0.5", "0.95, 1", "1, 1"})
        void countsBetweenAHalfAnd95PerCent(double real, double value) {
            assertThat(brief().value(Criterion.AUTHENTICITY, row(account("'authenticity': " + real))))
                    .isCloseTo(value, within(1e-9));
        }
    }

    @Nested
    class AudienceUnknown {
        /** So many creators of a country and a platform with a share of Croatians and of those of 18 to 24. */
        private List<CreatorRow> sample(int count, String country, String platform, double croatians, double young) {
            var rows = new ArrayList<CreatorRow>();
            for (var i = 0; i < count; i++) {
                rows.add(row("{'country': '" + country + "', 'accounts': [{'platform': '" + platform
                        + "', 'handle': 'h', 'followers': 20000, 'audience': {'countries': {'HR': " + croatians
                        + ", 'DE': " + (1 - croatians) + "}, 'ages': {'18-24': " + young + ", '65+': " + (1 - young)
                        + "}}}]}"));
            }
            return rows;
        }

        private Evaluation evaluate(Brief brief, CreatorRow row, List<CreatorRow> sample) {
            return brief.compile(statistics(sample, 30, 0, new int[0])).evaluate(row, 0, new CompiledBrief.Scratch());
        }

        private static final int AUDIENCE = Criterion.AUDIENCE.ordinal();

        @Test
        void hasOneStandInForTheWholeWhereNothingIsKnown() {
            var sample = sample(30, "DE", "instagram", 0.2, 0.3);
            var fit = evaluate(brief().countries("HR").ages("18-24"), row(account("")), sample);
            // S = 0.2 · 0.3 = 0.06; S* = 0.80 · 0.45 = 0.36; √(0.06 / 0.36) = 0.408248
            assertThat(fit.value[AUDIENCE]).isCloseTo(0.408248, within(1e-6));
            assertThat(fit.isKnown(Criterion.AUDIENCE)).isFalse();
            assertThat(fit.audienceShare).isNaN();
        }

        @Test
        void hasOneForEachDimensionThatIsMissing() {
            var sample = sample(30, "DE", "instagram", 0.2, 0.3);
            var fit = evaluate(
                    brief().countries("HR").ages("18-24"), audience("'countries': {'HR': 0.8, 'DE': 0.2}"), sample);
            // S = 0.8 · 0.3 = 0.24; √(0.24 / 0.36) = 0.816497
            assertThat(fit.value[AUDIENCE]).isCloseTo(0.816497, within(1e-6));
            assertThat(fit.isKnown(Criterion.AUDIENCE)).isFalse();
            assertThat(fit.audienceShare).isNaN();
            assertThat(fit.dimensions[Audiences.COUNTRIES]).isEqualTo(0.8);
        }

        @Test
        void herOwnCountryComesBeforeAllOtherLevels() {
            var sample = sample(30, "DE", "instagram", 0.1, 0.3);
            sample.addAll(sample(20, "HR", "tiktok", 0.6, 0.3));
            var croatian = row(
                    "{'country': 'HR', 'accounts': [{'platform': 'instagram', 'handle': 'h', 'followers': 20000}]}");
            // 0.6 / 0.80: one dimension, no root
            assertThat(evaluate(brief().countries("HR"), croatian, sample).value[AUDIENCE])
                    .isCloseTo(0.75, within(1e-9));
            assertThat(evaluate(brief().countries("HR"), row(account("")), sample).value[AUDIENCE])
                    .isCloseTo(0.125, within(1e-9));
        }

        @Test
        void isHalfWhereNothingComparableIsKnown() {
            var fit = evaluate(brief().countries("HR"), row(account("")), sample(19, "DE", "instagram", 0.2, 0.3));
            assertThat(fit.value[AUDIENCE]).isEqualTo(0.5);
            assertThat(fit.low[AUDIENCE]).isEqualTo(0.1);
            assertThat(fit.high[AUDIENCE]).isEqualTo(0.9);
        }
    }

    @Nested
    class Weighing {
        @Test
        void thePointsAreWeighedValuesAndAddUp() {
            // Relevance 1 and authenticity 0.5 known; weights 3 and 1: 75 · 1 + 25 · 0.5 = 87.5
            var row = row("{'niches': [{'niche': 'padel', 'weight': 1}], 'accounts': ["
                    + "{'platform': 'instagram', 'handle': 'h', 'followers': 20000, 'authenticity': 0.725}]}");
            var fit = brief().about("padel").weights(3, 0, 0, 0, 0, 0, 1).evaluate(row);
            assertThat(fit.score).isCloseTo(87.5, within(1e-9));
        }

        @Test
        void whatIsNotAskedWeighsNothing() {
            var compiled = brief().compile(statistics());
            for (var criterion : List.of(Criterion.RELEVANCE, Criterion.AUDIENCE, Criterion.BELIEF, Criterion.VALUE)) {
                assertThat(compiled.isAsked(criterion)).isFalse();
                assertThat(compiled.weight(criterion)).isZero();
            }
            // What is left: bond 15, credibility 10, focus 5, authenticity 5; of 35
            assertThat(compiled.points(Criterion.BOND, 1)).isCloseTo(100 * 15 / 35.0, within(1e-12));
        }

        @Test
        void nothingToWeighIsSaidNotDividedBy() {
            // CASES 14
            assertThatExceptionOfType(NothingToWeighException.class)
                    .isThrownBy(() -> brief().weights(0).compile(statistics()));
            // All the weight on what is not asked is nothing, too.
            assertThatExceptionOfType(NothingToWeighException.class)
                    .isThrownBy(() -> brief().only(Criterion.RELEVANCE).compile(statistics()));
        }

        @Test
        void oneWeightOnlyMakesTheScoreThatValue() {
            // CASES 14
            var fit = brief().only(Criterion.AUTHENTICITY).evaluate(row(account("'authenticity': 0.725")));
            assertThat(fit.score).isCloseTo(50, within(1e-9));
        }

        @Test
        void otherWeightsChangeNoValue() {
            var row = row(account("'authenticity': 0.725, 'engagementRate': 0.02"));
            var compiled = brief().about("padel").compile(statistics());
            var again = compiled.withWeights(new double[] {0, 0, 0, 0, 0, 0, 2, 0});
            var before = compiled.evaluate(row, 0, new CompiledBrief.Scratch());
            var after = again.evaluate(row, 0, new CompiledBrief.Scratch());
            assertThat(after.value).isEqualTo(before.value);
            assertThat(after.score).isCloseTo(50, within(1e-9));
        }
    }

    /** A brief that asks everything, and a creator of whom all is known at some value. */
    @Nested
    class WholeScores {
        private Brief everything() {
            return brief().about("padel").countries("HR").brand("Acme").budget();
        }

        /**
         * All eight criteria at about 0.85: relevance √0.7225; audience 0.68 / 0.80; authenticity (0.8825 − 0.5) / 0.45;
         * focus of 1/exp(H); the rest nearby.
         */
        private CreatorRow allAt085(String slug, long followers, String niche) {
            return row("""
                    {'slug': '%s', 'niches': [{'niche': '%s', 'weight': 0.96}, {'niche': 'music', 'weight': 0.04}],
                     'accounts': [{'platform': 'instagram', 'handle': 'h', 'followers': %s, 'engagementRate': 0.0522,
                       'postsSampled': 90, 'replyRate': 0.9, 'authenticity': 0.8825, 'postsPerWeek': 7,
                       'observedAt': '2026-06-30T00:00:00Z', 'audience': {'countries': {'HR': 0.68, 'DE': 0.32}}}],
                     'mentions': [{'brand': 'Acme', 'paid': true, 'on': '2026-06-01'}],
                     'rates': [{'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 180, 'currency': 'EUR'}}]}
                    """.formatted(slug, niche, followers));
        }

        @Test
        void aCreatorOfWhomTwoCriteriaAreKnownComesAfterOneOfWhomAllAre() {
            // CASES 7. Known are relevance (0.7825^1.5 / (0.7825^1.5 + 0.2175^1.5))^⅜ = 0.95 and audience 0.76 / 0.80 =
            // 0.95, the two
            // that weigh most.
            var two = row("""
                    {'niches': [{'niche': 'padel', 'weight': 0.7825}, {'niche': 'music', 'weight': 0.2175}],
                     'accounts': [{'platform': 'instagram', 'handle': 'h', 'followers': 20000,
                       'audience': {'countries': {'HR': 0.76, 'DE': 0.24}}}]}
                    """);
            // Focus comes with the niches; without a known focus she is even further behind, so let it be not known.
            two.focus = -1;
            var unknown = everything().evaluate(two);
            assertThat(unknown.value[0]).isCloseTo(0.95, within(1e-4));
            assertThat(unknown.value[1]).isCloseTo(0.95, within(1e-9));
            assertThat(Integer.bitCount(unknown.known)).isEqualTo(2);

            // All eight at 0.85 by definition of the score: 85, and no interval.
            var compiled = everything().compile(statistics());
            var eight = Criterion.ALL.stream()
                    .mapToDouble(criterion -> compiled.points(criterion, 0.85))
                    .sum();
            assertThat(eight).isCloseTo(85, within(1e-9));

            // 50 · 0.95 + 50 · 0.5 = 72.5; the low end 50 · 0.95 + 40 · 0.1 + 10 · 0.2 (belief) = 53.5
            assertThat(unknown.score).isCloseTo(72.5, within(0.01)).isLessThan(eight);
            assertThat(unknown.lowScore).isCloseTo(53.5, within(0.01)).isLessThan(eight);
        }

        @Test
        void aCelebrityInTheWrongNicheComesAfterASmallCreatorOfTheRightOne() {
            // CASES 10: equal figures otherwise, no filter, default weights
            var celebrity = everything().evaluate(allAt085("star", 500_000_000, "football"));
            var scoreOfStar = celebrity.score;
            var small = everything().evaluate(allAt085("small", 20_000, "padel"));
            assertThat(small.known).isEqualTo(255);
            assertThat(small.score).isGreaterThan(scoreOfStar + 10);
        }

        @Test
        void everyPartIsWithinItsInterval() {
            var fit = everything().evaluate(allAt085("small", 20_000, "padel"));
            IntStream.range(0, Criterion.COUNT)
                    .forEach(i -> assertThat(fit.value[i]).isBetween(fit.low[i], fit.high[i]));
            assertThat(fit.value[Criterion.RELEVANCE.ordinal()]).isCloseTo(0.996829, within(1e-6)); // 0.96 of padel
            assertThat(fit.value[Criterion.AUDIENCE.ordinal()]).isCloseTo(0.85, within(1e-9));
            assertThat(fit.value[Criterion.AUTHENTICITY.ordinal()]).isCloseTo(0.85, within(1e-3));
            assertThat(fit.value[Criterion.BELIEF.ordinal()]).isEqualTo(0.9);
        }

        @Test
        void credibilityThatWasSeenOverAYearAgoIsNotKnown() {
            var row = allAt085("old", 20_000, "padel");
            row.observedDay = (int) FitSamples.TODAY.minusDays(365).toEpochDay();
            assertThat(everything().evaluate(row).isKnown(Criterion.CREDIBILITY))
                    .isTrue();
            row.observedDay--;
            assertThat(everything().evaluate(row).isKnown(Criterion.CREDIBILITY))
                    .isFalse();
        }
    }
}
