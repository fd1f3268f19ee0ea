package io.closeknit.index;

import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.id;
import static io.closeknit.index.FitSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.index.Filters.Choice;
import io.closeknit.index.Filters.Dimension;
import io.closeknit.index.Filters.MinimumShare;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTests {
    private static final int ALL_PLATFORMS = 0;

    /** Filters nothing but by the one component. */
    private static Filters only(String component, Object value) {
        return with(Filters.NONE, component, value);
    }

    private static Filters with(Filters filters, String component, Object value) {
        try {
            var components = Filters.class.getRecordComponents();
            var values = new Object[components.length];
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var found = false;
            for (var i = 0; i < components.length; i++) {
                found |= components[i].getName().equals(component);
                values[i] = components[i].getName().equals(component)
                        ? value
                        : components[i].getAccessor().invoke(filters);
            }
            assertThat(found).as("component " + component).isTrue();
            return Filters.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Choice<Integer> oneOf(Integer... wanted) {
        return new Choice<>(Set.of(wanted), Set.of());
    }

    private static Choice<Integer> noneOf(Integer... unwanted) {
        return new Choice<>(Set.of(), Set.of(unwanted));
    }

    /** PASS, FAIL or UNKNOWN. */
    private static String verdict(Filters filters, CreatorRow row) {
        var filter = new RowFilter(filters, ALL_PLATFORMS, FitSamples.TREE, FitSamples.TIERS, FitSamples.statistics());
        var verdicts = new RowFilter.Verdicts();
        filter.ask(row, row.accountCount == 0 ? -1 : 0, new Audiences.Means(), verdicts);
        assertThat(verdicts.pass()).isEqualTo(verdicts.failures == 0 && verdicts.unknowns == 0);
        return verdicts.failures != 0 ? "FAIL" : verdicts.unknowns != 0 ? "UNKNOWN" : "PASS";
    }

    private static final CreatorRow HER = row("""
            {'country': 'HR', 'languages': ['hr', 'en-GB'], 'email': 'her@example.org',
             'niches': [{'niche': 'trail-running', 'weight': 2}, {'niche': 'vegan', 'weight': 1}],
             'accounts': [{'platform': 'instagram', 'handle': 'her', 'followers': 20000, 'engagementRate': 0.03,
                           'growth90d': 0.7, 'authenticity': 0.7, 'postsPerWeek': 7,
                           'lastPostAt': '2026-06-20T10:00:00Z', 'observedAt': '2026-06-30T10:00:00Z',
                           'audience': {'countries': {'HR': 0.55, 'SI': 0.3, 'DE': 0.15}, 'ages': {'25-34': 0.6, '35-44': 0.4},
                                        'genders': {'female': 0.7}, 'languages': {'hr': 0.8, 'en': 0.2},
                                        'interests': {'trail-running': 0.4, 'food': 0.6}}},
                          {'platform': 'youtube', 'handle': 'her', 'followers': 3, 'authenticity': 0.7}],
             'mentions': [{'brand': 'Acme', 'paid': true, 'on': '2026-05-01'}, {'brand': 'Fruit Co', 'paid': false},
                          {'brand': 'Perhaps', 'on': '2026-05-01'}],
             'rates': [{'platform': 'instagram', 'deliverable': 'post', 'price': {'amount': 500, 'currency': 'USD'}},
                       {'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 450, 'currency': 'EUR'}}]}
            """);

    /** An account and nothing else. */
    private static final CreatorRow NOBODY = row("{'accounts': [{'platform': 'x', 'handle': 'nobody'}]}");

    private static void hersIs(String verdict, Filters filters) {
        assertThat(verdict(filters, HER)).isEqualTo(verdict);
    }

    private static void unknownOfNobody(Filters filters) {
        assertThat(verdict(filters, NOBODY)).isEqualTo("UNKNOWN");
        assertThat(verdict(with(filters, "keepUnknown", true), NOBODY)).isEqualTo("PASS");
    }

    @Test
    void noFilterLetsEverybodyIn() {
        hersIs("PASS", Filters.NONE);
        assertThat(verdict(Filters.NONE, NOBODY)).isEqualTo("PASS");
    }

    @Test
    void anAccountOnOneOfThePlatforms() {
        hersIs("PASS", only("accountsOn", 1 << 2));
        hersIs("FAIL", only("accountsOn", 1 << 1));
    }

    @Test
    void thePlatformIsThatOfTheMainAccount() {
        hersIs("PASS", only("platforms", oneOf(0, 1)));
        hersIs("FAIL", only("platforms", oneOf(2)));
        hersIs("FAIL", only("platforms", noneOf(0)));
        hersIs("PASS", only("platforms", noneOf(2)));
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource({"20000, 20000, PASS", "20001, , FAIL", ", 19999, FAIL", "20000, , PASS", ", 20000, PASS", "0, , PASS"})
    void followersAreWithinBothBounds(Long min, Long max, String verdict) {
        var filters = with(only("followersMin", min), "followersMax", max);
        hersIs(verdict, filters);
        unknownOfNobody(filters);
    }

    @Test
    void theTierIsThatOfTheMainAccount() {
        hersIs("PASS", only("tiers", oneOf(FitSamples.TIERS.byName("micro").orElseThrow())));
        hersIs("FAIL", only("tiers", oneOf(FitSamples.TIERS.byName("nano").orElseThrow())));
        unknownOfNobody(only("tiers", oneOf(1)));
    }

    @Test
    void aNicheCoversWhatLiesBelowIt() {
        hersIs("PASS", only("niches", oneOf(id("sports"))));
        hersIs("PASS", only("niches", oneOf(id("pets"), id("vegan"))));
        hersIs("FAIL", only("niches", oneOf(id("road-running"))));
        hersIs("FAIL", only("niches", noneOf(id("food"))));
        hersIs("PASS", only("niches", noneOf(id("pets"))));
        hersIs("FAIL", only("niches", new Choice<>(Set.of(id("running")), Set.of(id("vegan")))));
        unknownOfNobody(only("niches", oneOf(id("sports"))));
    }

    @Test
    void aCreatorWhoseCountryIsNotKnownIsNotDroppedSilently() {
        // CASES 13
        hersIs("PASS", only("countries", oneOf(Codes.country("HR"), Codes.country("SI"))));
        hersIs("FAIL", only("countries", oneOf(Codes.country("SI"))));
        hersIs("FAIL", only("countries", noneOf(Codes.country("HR"))));
        unknownOfNobody(only("countries", oneOf(Codes.country("HR"))));
        unknownOfNobody(only("countries", noneOf(Codes.country("HR"))));
    }

    @Test
    void aLanguageCoversItsRegions() {
        hersIs("PASS", only("languages", new Choice<>(Set.of(Codes.language("en")), Set.of())));
        hersIs("FAIL", only("languages", new Choice<>(Set.of(Codes.language("en-US")), Set.of())));
        hersIs("FAIL", only("languages", new Choice<>(Set.of(), Set.of(Codes.language("hr")))));
        unknownOfNobody(only("languages", new Choice<>(Set.of(Codes.language("en")), Set.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engagementMin", "growthMin", "authenticityMin"})
    void whoHasTheLeastPasses(String figure) {
        var hers = figure.equals("engagementMin") ? 0.03 : 0.7;
        hersIs("PASS", only(figure, hers));
        hersIs("PASS", only(figure, hers - 0.01));
        hersIs("FAIL", only(figure, hers + 0.01));
        unknownOfNobody(only(figure, 0.0));
    }

    @Test
    void aRoundedMeanIsNotBelowItsBound() {
        // 3 · 0.7 / 3 is 0.6999999999999998 in doubles.
        var row = row("{'accounts': [{'platform': 'x', 'handle': 'h', 'followers': 3, 'authenticity': 0.7}]}");
        assertThat(verdict(only("authenticityMin", 0.7), row)).isEqualTo("PASS");
    }

    @Test
    void theShareOfSponsoredPostsIsThatOfTheWindow() {
        // 1 of 7 · 365 / 7 = 365 posts
        hersIs("PASS", only("sponsoredShareMax", 1.0 / 365));
        hersIs("FAIL", only("sponsoredShareMax", 0.0027));
        unknownOfNobody(only("sponsoredShareMax", 1.0));
    }

    @Test
    void onlyPaidWorkIsWorkForABrand() {
        hersIs("PASS", only("workedWith", new Choice<>(Set.of(Codes.brand("ACME")), Set.of())));
        hersIs("FAIL", only("workedWith", new Choice<>(Set.of(Codes.brand("Fruit Co")), Set.of())));
        hersIs("FAIL", only("workedWith", new Choice<>(Set.of(Codes.brand("Perhaps")), Set.of())));
        hersIs("FAIL", only("workedWith", new Choice<>(Set.of(), Set.of(Codes.brand("acme")))));
        hersIs("PASS", only("workedWith", new Choice<>(Set.of(), Set.of(Codes.brand("Fruit Co")))));
        unknownOfNobody(only("workedWith", new Choice<>(Set.of(), Set.of(Codes.brand("acme")))));
    }

    @Test
    void theCheapestRateCountsInEuros() {
        // 500 USD at 0.8 are 400 EUR, less than 450 EUR.
        hersIs("PASS", only("priceMaxEur", 400.0));
        hersIs("FAIL", only("priceMaxEur", 399.0));
        unknownOfNobody(only("priceMaxEur", 1e9));
    }

    @Test
    void theLastPostIsSoManyDaysAgoAtMost() {
        // 20 to 30 June
        hersIs("PASS", only("lastPostWithinDays", 10));
        hersIs("FAIL", only("lastPostWithinDays", 9));
        unknownOfNobody(only("lastPostWithinDays", 10_000));
    }

    private static Filters audience(Dimension dimension, FitSamples.Brief asked, double share) {
        return only("audience", Map.of(dimension, List.of(new MinimumShare(asked.target(), share))));
    }

    @Test
    void aShareOfTheAudienceInEachDimension() {
        hersIs("PASS", audience(Dimension.COUNTRY, brief().countries("HR"), 0.55));
        hersIs("FAIL", audience(Dimension.COUNTRY, brief().countries("HR"), 0.56));
        hersIs("PASS", audience(Dimension.AGE, brief().ages("25-34"), 0.6));
        hersIs("PASS", audience(Dimension.GENDER, brief().genders("male"), 0.3));
        hersIs("FAIL", audience(Dimension.GENDER, brief().genders("male"), 0.31));
        hersIs("PASS", audience(Dimension.LANGUAGE, brief().languages("hr"), 0.8));
        hersIs("PASS", audience(Dimension.INTEREST, brief().interests("sports"), 0.4));
        unknownOfNobody(audience(Dimension.COUNTRY, brief().countries("HR"), 0.0));
    }

    @Test
    void oneOfTheMinimaInADimensionSufficesAndAllDimensionsCount() {
        var either = List.of(
                new MinimumShare(brief().countries("HR").target(), 0.9),
                new MinimumShare(brief().countries("SI").target(), 0.3));
        hersIs("PASS", only("audience", Map.of(Dimension.COUNTRY, either)));
        hersIs(
                "FAIL",
                only(
                        "audience",
                        Map.of(
                                Dimension.COUNTRY,
                                either,
                                Dimension.AGE,
                                List.of(new MinimumShare(brief().ages("65+").target(), 0.1)))));
    }

    @Test
    void anAddressIsKnownOrNot() {
        hersIs("PASS", only("hasContact", true));
        hersIs("FAIL", only("hasContact", false));
        assertThat(verdict(only("hasContact", true), NOBODY)).isEqualTo("FAIL");
    }

    @Test
    void whoFailsOneFilterIsNotCountedAsUnknownForAnother() {
        var filters = with(only("countries", oneOf(Codes.country("HR"))), "hasContact", true);
        assertThat(verdict(filters, NOBODY)).isEqualTo("FAIL");
    }

    @Test
    void aFilterIsFoundByItsNameToLookPastIt() {
        var filters = with(only("countries", oneOf(Codes.country("SI"))), "tiers", oneOf(2));
        var filter = new RowFilter(filters, 0, FitSamples.TREE, FitSamples.TIERS, FitSamples.statistics());
        var verdicts = new RowFilter.Verdicts();
        filter.ask(HER, 0, new Audiences.Means(), verdicts);

        assertThat(verdicts.pass()).isFalse();
        assertThat(verdicts.passBut(filter.mask("country"))).isTrue();
        assertThat(verdicts.passBut(filter.mask("tier"))).isFalse();
        assertThat(filter.mask("platform")).isZero();
        assertThat(new HashSet<>(filter.names())).isEqualTo(Set.of("country", "tier"));
    }
}
