package io.closeknit.index;

import static io.closeknit.index.FitSamples.account;
import static io.closeknit.index.FitSamples.audience;
import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.FitSamples.Brief;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudiencesTests {
    private static final int ALL = -1;

    private static Audiences asking(Brief brief) {
        return new Audiences(brief.target(), FitSamples.TREE);
    }

    private static double share(Brief brief, CreatorRow row) {
        var audiences = asking(brief);
        return audiences.product(audiences.measure(row, ALL, new Audiences.Means()));
    }

    private static double high(Brief brief, CreatorRow row) {
        var audiences = asking(brief);
        return audiences.highProduct(audiences.measure(row, ALL, new Audiences.Means()));
    }

    @Test
    void countriesAreSummed() {
        assertThat(share(brief().countries("HR", "SI"), audience("'countries': {'HR': 0.58, 'SI': 0.12, 'DE': 0.3}")))
                .isCloseTo(0.70, within(1e-12));
    }

    @ParameterizedTest(name = "of {0} the share of Slovenia is {1} to {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'HR': 0.58, 'SI': 0.12} | 0.12 | 0.12", // it is named: what is missing is elsewhere
                "{'HR': 0.58, 'DE': 0.1}  | 0    | 0.32", // all that is missing could be hers
                "{'HR': 0.85, 'DE': 0.1}  | 0    | 0", // 0.95: nothing to speak of is missing
                "{'HR': 1.01}             | 0    | 0"
            })
    void aCountryThatIsNotInAnIncompleteMapMayBeTheRest(String map, double low, double high) {
        var row = audience("'countries': " + map);
        assertThat(share(brief().countries("SI"), row)).isCloseTo(low, within(1e-12));
        assertThat(high(brief().countries("SI"), row)).isCloseTo(high, within(1e-12));
    }

    @Test
    void agesAreSummedByBand() {
        var row = audience("'ages': {'18-24': 0.4, '25-34': 0.35, '35-44': 0.1}");
        assertThat(share(brief().ages("18-24", "25-34"), row)).isCloseTo(0.75, within(1e-12));
        assertThat(high(brief().ages("18-24", "65+"), row)).isCloseTo(0.55, within(1e-12));
    }

    @ParameterizedTest(name = "{1} of {0} is {2} to {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'female': 0.7, 'male': 0.3}  | male   | 0.3  | 0.3",
                "{'female': 0.7}               | male   | 0.3  | 0.3", // 1 minus what is given
                "{'female': 0.7, 'other': 0.1} | male   | 0.2  | 0.2",
                "{'male': 0.64}                | female | 0.36 | 0.36",
                "{'female': 0.7}               | other  | 0    | 0", // female and male are all, then
                "{'other': 0.1}                | female | 0    | 0.9",
                "{'female': 0.7, 'male': 0.1}  | other  | 0    | 0.2"
            })
    void theOneOfFemaleAndMaleThatIsNotGivenIsTheRest(String map, String wanted, double low, double high) {
        var row = audience("'genders': " + map);
        assertThat(share(brief().genders(wanted), row)).isCloseTo(low, within(1e-12));
        assertThat(high(brief().genders(wanted), row)).isCloseTo(high, within(1e-12));
    }

    @Test
    void aLanguageCoversItsRegionsAndCountsOnce() {
        var row = audience("'languages': {'en-GB': 0.3, 'en': 0.2, 'de': 0.4}");
        assertThat(share(brief().languages("en"), row)).isCloseTo(0.5, within(1e-12));
        assertThat(share(brief().languages("en", "en-GB"), row)).isCloseTo(0.5, within(1e-12));
        assertThat(share(brief().languages("en-GB"), row)).isCloseTo(0.3, within(1e-12));
        assertThat(high(brief().languages("de", "hr"), row)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void anInterestCoversWhatLiesBelowIt() {
        var row = audience("'interests': {'trail-running': 0.3, 'running': 0.1, 'vegan': 0.2, 'sports': 0.05}");
        assertThat(share(brief().interests("running"), row)).isCloseTo(0.4, within(1e-12));
        assertThat(share(brief().interests("sports", "food"), row)).isCloseTo(0.65, within(1e-12));
        assertThat(high(brief().interests("running", "pets"), row)).isCloseTo(0.4 + 0.35, within(1e-12));
    }

    @Test
    void whatIsNotInTheTaxonomyIsSomethingElse() {
        // 0.6 + 0.38 is the whole audience: nothing is left that could be pets.
        var row = audience("'interests': {'running': 0.6, 'a word that nobody knows': 0.38}");
        assertThat(high(brief().interests("pets"), row)).isZero();
    }

    // ---- women of 25 to 34

    private static Brief youngWomen() {
        return brief().genders("female").ages("25-34");
    }

    @Test
    void agesByGenderAreOneJointFigure() {
        var row = audience("'ages': {'25-34': 0.5}, 'genders': {'female': 0.5},"
                + " 'agesByGender': {'female': {'25-34': 0.41, '18-24': 0.2}, 'male': {'25-34': 0.02}}");
        assertThat(share(youngWomen(), row)).isCloseTo(0.41, within(1e-12));
    }

    @Test
    void theProductOfTheMarginsServesWhereTheyAreNotKnownJointly() {
        var row = audience("'ages': {'25-34': 0.5, '18-24': 0.5}, 'genders': {'female': 0.6, 'male': 0.4}");
        assertThat(share(youngWomen(), row)).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void aJointMapWithoutAWantedCellIsTheWholeOrSaysNothing() {
        // Complete: no woman of 25 to 34 there.
        assertThat(share(youngWomen(), audience("'agesByGender': {'male': {'25-34': 0.5, '18-24': 0.45}}")))
                .isZero();
        // Incomplete, 0.8: the margins. From the joint map: of 25 to 34 0.5; women 0.1 of 0.8, men 0.7.
        var partly = audience("'agesByGender': {'male': {'25-34': 0.5, '18-24': 0.2}, 'female': {'18-24': 0.1}}");
        assertThat(share(youngWomen(), partly)).isCloseTo(0.5 * 0.1, within(1e-12));
    }

    @Test
    void aMissingMarginIsSummedFromTheJointMap() {
        var row = audience("'agesByGender': {'female': {'18-24': 0.2, '25-34': 0.4}, 'male': {'18-24': 0.3}}");
        assertThat(share(brief().ages("18-24"), row)).isCloseTo(0.5, within(1e-12));
        assertThat(share(brief().genders("female"), row)).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void croatiaAndSloveniaWithWomenOf25To34() {
        // CASES 16: s of the countries is HR + SI; women 25-34 jointly, else as a product.
        var asked = youngWomen().countries("HR", "SI");
        var countries = "'countries': {'HR': 0.5, 'SI': 0.2, 'AT': 0.3}";
        var jointly = audience(countries + ", 'agesByGender': {'female': {'25-34': 0.4}}");
        var margins =
                audience(countries + ", 'ages': {'25-34': 0.6, '35-44': 0.4}, 'genders': {'female': 0.8, 'male': 0.2}");

        assertThat(share(asked, jointly)).isCloseTo(0.7 * 0.4, within(1e-12));
        assertThat(share(asked, margins)).isCloseTo(0.7 * 0.48, within(1e-12));
        // S* = 0.80 · 0.45 · 0.85 = 0.306
        assertThat(asking(asked).best()).isCloseTo(0.306, within(1e-12));
        assertThat(asking(asked).value(0.28)).isCloseTo(Math.sqrt(0.28 / 0.306), within(1e-12));
        assertThat(asking(asked).value(0.336)).as("more than the best").isEqualTo(1);
    }

    // ---- together

    @Test
    void countryAndLanguageAreOneDimensionTheSmallerOfTheTwo() {
        var asked = brief().countries("HR").languages("hr");
        var row = audience("'countries': {'HR': 0.6, 'DE': 0.4}, 'languages': {'hr': 0.4, 'de': 0.6}");

        assertThat(share(asked, row)).isCloseTo(0.4, within(1e-12));
        // One dimension: no root. S* 0.80, not 0.80 · 0.90
        assertThat(asking(asked).best()).isEqualTo(0.80);
        assertThat(asking(asked).value(0.4)).isEqualTo(0.5);
        assertThat(share(asked, audience("'countries': {'HR': 0.6}")))
                .as("languages not known")
                .isNaN();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"country, 0.80", "language, 0.90", "interest, 0.60", "oneGender, 0.85", "twoGenders, 1"})
    void aSingleDimensionHasNoRoot(String dimension, double best) {
        var asked = asking(
                switch (dimension) {
                    case "country" -> brief().countries("HR");
                    case "language" -> brief().languages("hr");
                    case "interest" -> brief().interests("running");
                    case "oneGender" -> brief().genders("female");
                    default -> brief().genders("female", "male");
                });
        assertThat(asked.best()).isEqualTo(best);
        assertThat(asked.value(0.3)).isCloseTo(0.3 / best, within(1e-12));
    }

    @Test
    void theMoreAgeBandsTheMoreAnAudienceCanReach() {
        assertThat(asking(brief().ages("18-24")).best()).isEqualTo(0.45);
        assertThat(asking(brief().ages("18-24", "25-34")).best()).isEqualTo(0.70);
        assertThat(asking(brief().ages("18-24", "25-34", "35-44")).best()).isEqualTo(0.85);
        assertThat(asking(brief().ages("13-17", "18-24", "25-34", "35-44")).best())
                .isEqualTo(1);
    }

    @Test
    void accountsCountByTheirFollowersWhereTheFigureIsKnown() {
        var row = row("""
                {'accounts': [
                  {'platform': 'instagram', 'handle': 'a', 'followers': 30000, 'audience': {'countries': {'HR': 0.8, 'DE': 0.2}}},
                  {'platform': 'tiktok', 'handle': 'b', 'followers': 10000, 'audience': {'countries': {'HR': 0.4, 'DE': 0.6}}},
                  {'platform': 'youtube', 'handle': 'c', 'followers': 500000},
                  {'platform': 'blog', 'handle': 'd', 'audience': {'countries': {'HR': 0.1, 'DE': 0.9}}}]}
                """);
        // (30,000 · 0.8 + 10,000 · 0.4) / 40,000; the blog has no followers, YouTube no audience
        assertThat(share(brief().countries("HR"), row)).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void accountsWithoutFollowersCountEquallyWhereNoneHasThem() {
        var row = row("""
                {'accounts': [
                  {'platform': 'x', 'handle': 'a', 'followers': 0, 'audience': {'countries': {'HR': 0.8, 'DE': 0.2}}},
                  {'platform': 'blog', 'handle': 'b', 'audience': {'countries': {'HR': 0.2, 'DE': 0.8}}}]}
                """);
        assertThat(share(brief().countries("HR"), row)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void onlyTheBriefsPlatformsAreLookedAt() {
        var row = row("""
                {'accounts': [
                  {'platform': 'instagram', 'handle': 'a', 'followers': 30000, 'audience': {'countries': {'HR': 0.8, 'DE': 0.2}}},
                  {'platform': 'tiktok', 'handle': 'b', 'followers': 10000, 'audience': {'countries': {'HR': 0.4, 'DE': 0.6}}}]}
                """);
        var audiences = asking(brief().countries("HR"));
        var tiktok = 1 << 1;
        assertThat(audiences.product(audiences.measure(row, tiktok, new Audiences.Means())))
                .isCloseTo(0.4, within(1e-12));
    }

    @Test
    void whatIsNotKnownIsNotANumber() {
        assertThat(share(brief().countries("HR").ages("18-24"), audience("'countries': {'HR': 0.5}")))
                .isNaN();
        assertThat(share(brief().interests("running"), row(account("")))).isNaN();
        assertThat(share(brief(), row(account("")))).as("nothing is asked").isOne();
    }

    @Test
    void moreThan64LanguagesOrInterestsAreRefused() {
        var target = new BriefQuestion.Target(
                Set.of(), 0, 0, LongStream.range(0, 65).boxed().toList(), Set.of());
        assertThatIllegalArgumentException().isThrownBy(() -> new Audiences(target, FitSamples.TREE));
    }
}
