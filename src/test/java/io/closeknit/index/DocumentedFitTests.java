package io.closeknit.index;

import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.id;
import static io.closeknit.index.FitSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CreatorDocument.Deliverable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worked example and the constants in docs/fit.md are what the code calculates. */
class DocumentedFitTests {
    private static final Path PAGE = Path.of("docs", "fit.md");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static CompiledBrief example() {
        var df = new int[FitSamples.TREE.idLimit()];
        df[id("trail-running")] = 9;
        df[id("vegan")] = 99;
        var common = new double[FitSamples.TREE.idLimit()];
        common[id("trail-running")] = 0.3;
        common[id("vegan")] = 0.5;
        return brief().about("trail-running")
                .countries("HR", "SI")
                .genders("female")
                .ages("25-34")
                .brand("Acme")
                .category("trail-running")
                .pieces(Deliverable.REEL, 2)
                .pieces(Deliverable.STORY, 1)
                .compile(FitSamples.statistics(List.of(), 200, 999, df, new CommonTopics(0.7 * 999 / 1_099, common)));
    }

    private static CreatorRow ana() {
        var paid = new StringBuilder();
        for (var i = 0; i < 6; i++) {
            var niche = i < 4 ? "beauty" : "games";
            paid.append(
                    "{'brand': 'Brand %s', 'paid': true, 'niche': '%s', 'on': '2026-03-01'},".formatted(i / 2, niche));
        }
        return row("""
                {'niches': [{'niche': 'trail-running', 'weight': 0.7}, {'niche': 'vegan', 'weight': 0.3}],
                 'accounts': [{'platform': 'instagram', 'handle': 'ana', 'followers': 20000, 'engagementRate': 0.024,
                   'postsSampled': 12, 'replyRate': 0.4, 'authenticity': 0.9, 'postsPerWeek': 4,
                   'observedAt': '2026-06-28T09:00:00Z',
                   'audience': {'countries': {'HR': 0.58, 'SI': 0.12, 'DE': 0.3},
                                'agesByGender': {'female': {'25-34': 0.34, '18-24': 0.3}, 'male': {'25-34': 0.36}}}}],
                 'mentions': [%s {'brand': 'Peak Socks', 'paid': false, 'niche': 'trail-running', 'on': '2026-05-20'}],
                 'rates': [{'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 200, 'currency': 'EUR'}},
                           {'platform': 'instagram', 'deliverable': 'story', 'price': {'amount': 100, 'currency': 'USD'}}]}
                """.formatted(paid));
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void eachCriterionOfTheExampleHasTheValueThatIsPrinted(Criterion criterion) throws IOException {
        var compiled = example();
        var fit = compiled.evaluate(ana(), 0, new CompiledBrief.Scratch());
        var value = fit.value[criterion.ordinal()];

        assertThat(page())
                .contains(String.format(
                        Locale.ROOT,
                        "| %s | %.0f | %.4f | %.2f |",
                        criterion.key(),
                        criterion.defaultWeight(),
                        value,
                        compiled.points(criterion, value)));
    }

    @Test
    void theScoreAndItsEndsAreThosePrinted() throws IOException {
        var fit = example().evaluate(ana(), 0, new CompiledBrief.Scratch());

        assertThat(Integer.bitCount(fit.known)).isEqualTo(8);
        assertThat(page())
                .contains(String.format(
                        Locale.ROOT, "Score %.2f, between %.2f and %.2f", fit.score, fit.lowScore, fit.highScore));
    }

    @Test
    void theStepsOnTheWayAreThosePrinted() throws IOException {
        var compiled = example();
        var fit = compiled.evaluate(ana(), 0, new CompiledBrief.Scratch());
        var printed = Arrays.asList(
                String.format(
                        Locale.ROOT,
                        "idf of trail-running %.4f",
                        compiled.statistics().idf(id("trail-running"))),
                String.format(
                        Locale.ROOT, "idf of vegan %.4f", compiled.statistics().idf(id("vegan"))),
                String.format(Locale.ROOT, "S = %.4f", fit.audienceShare),
                String.format(Locale.ROOT, "S\\* = %.4f", compiled.audiences().best()),
                String.format(Locale.ROOT, "place among the peers is %.4f", fit.engagementPlace),
                String.format(Locale.ROOT, "E = %.2f people", fit.engagedTarget),
                String.format(Locale.ROOT, "c = %.4f EUR", fit.price / fit.engagedTarget));
        assertThat(page()).contains(printed);
    }

    @Test
    void thePrintedArithmeticHolds() {
        var value = example().evaluate(ana(), 0, new CompiledBrief.Scratch()).value;
        // The formulas of the page, written out; see there for each step.
        double trail = Math.log(1_000 / 10.0) + 1;
        double vegan = Math.log(1_000 / 100.0) + 1;
        var length = Math.sqrt(Math.pow(0.7, 1.5) * trail * trail + Math.pow(0.3, 1.5) * vegan * vegan);
        var served = Math.pow(0.7, 0.75) * trail / length;
        var overlap = Math.pow(served, 0.75);
        var common = 0.3 * served + 0.5 * Math.pow(0.3, 0.75) * vegan / length;
        var expected = 0.7 * 999 / 1_099 * 0.3 * common;
        assertThat(value[0]).isCloseTo((overlap - expected) / (1 - expected), within(1e-9));
        assertThat(value[1]).isCloseTo(Math.sqrt(0.7 * 0.34 / (0.8 * 0.45 * 0.85)), within(1e-9));
        // ln 20,000 between the centres √(5,000 · 10,000) and √(10,000 · 50,000)
        var low = Math.log(Math.sqrt(5_000.0 * 10_000));
        var high = Math.log(Math.sqrt(10_000.0 * 50_000));
        var part = (Math.log(20_000) - low) / (high - low);
        var inLower = 0.6 + 0.2 * ((12 * 2.4 + 10 * 1.435) / 22 - 1.62) / (3.54 - 1.62);
        var inUpper = 0.6 + 0.2 * ((12 * 2.4 + 10 * 0.975) / 22 - 1.11) / (2.61 - 1.11);
        var place = (1 - part) * inLower + part * inUpper;
        assertThat(value[2]).isCloseTo(0.6 * place + 0.25 * 0.5 + 0.15 * 0.4, within(1e-9));
        var load = 7 / (4 * 365 / 7.0 + 20) / 0.15;
        var entropy = (Math.log(3) - (2 / 3.0 * Math.log(2 / 3.0) + 1 / 3.0 * Math.log(1 / 3.0))) / 2;
        assertThat(value[3]).isCloseTo(1 - load * (0.4 + 0.6 * (1 - 1 / Math.exp(entropy))), within(0.5e-4));
        assertThat(value[4]).isEqualTo(0.8);
        assertThat(value[5]).isCloseTo(1 / Math.exp(-0.7 * Math.log(0.7) - 0.3 * Math.log(0.3)), within(0.5e-4));
        assertThat(value[6]).isCloseTo((0.9 - 0.5) / 0.45, within(1e-9));
        var engaged = 20_000 * 0.024 * 0.9 * 0.238;
        assertThat(value[7]).isCloseTo(1 - Math.log(160 / engaged / 0.1) / Math.log(1_000), within(1e-9));
    }

    @Test
    void thePublishedTablesAreThosePrinted() throws IOException {
        var page = page();
        for (var platform : List.of(0, 1, 2)) {
            for (var bin = 1; bin < Peers.BINS.length; bin++) {
                var curve = (PeerCurve.Published) PublishedEngagement.curve(platform, 0, bin);
                assertThat(curve).isNotNull();
                assertThat(page)
                        .contains(String.format(
                                Locale.ROOT,
                                "%.2f · %.2f · %.2f · %.2f",
                                curve.first() * 100,
                                curve.second() * 100,
                                curve.third() * 100,
                                curve.fourth() * 100));
            }
        }
    }
}
