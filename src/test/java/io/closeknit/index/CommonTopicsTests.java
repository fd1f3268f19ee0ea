package io.closeknit.index;

import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.calculated;
import static io.closeknit.index.FitSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.FitSamples.Brief;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What everybody is about is taken off the relevance; docs/fit.md, Relevance. */
class CommonTopicsTests {
    private static CreatorRow about(String... slugs) {
        var row = new CreatorRow();
        for (var slug : slugs) {
            row.addNiche(id(slug), CreatorRow.ONE / slugs.length);
        }
        row.slug.set(String.join("-", slugs));
        return row;
    }

    /** 80 creators of music alone and 20 of padel alone. */
    private static List<CreatorRow> catalogue() {
        var rows = new ArrayList<CreatorRow>();
        for (var i = 0; i < 100; i++) {
            rows.add(about(i < 80 ? "music" : "padel"));
        }
        return rows;
    }

    private static double relevance(Brief brief, Statistics statistics, CreatorRow row) {
        return brief.compile(statistics).evaluate(row, 0, new CompiledBrief.Scratch()).value[0];
    }

    @Test
    void theMeanOfTheVectorsIsWhatIsCommon() {
        var common = calculated(catalogue(), 20).commonTopics();

        // (0.8, 0.2) / √0.68
        assertThat(common.of(id("music"))).isEqualTo(0.970143);
        assertThat(common.of(id("padel"))).isEqualTo(0.242536);
        assertThat(common.of(id("vegan"))).isZero();
        assertThat(common.weight()).isCloseTo(0.7 * 100 / 200, within(1e-12));
    }

    @Test
    void anOverlapInWhatEverybodyIsAboutSaysLess() {
        // idf: music ln(101/81) + 1 = 1.220671, padel ln(101/21) + 1 = 2.570598, so q̂ = (0.428953, 0.903327).
        // q̂·ē = 0.428953·0.970143 + 0.903327·0.242536 = 0.635235
        // Of music alone: x = 0.428953^1.25 = 0.347146, e = 0.35·0.635235·0.970143 = 0.215694; (x − e)/(1 − e) =
        // 0.167603
        // Of padel alone: x = 0.903327^1.25 = 0.880656, e = 0.35·0.635235·0.242536 = 0.053924; (x − e)/(1 − e) =
        // 0.873853
        var statistics = calculated(catalogue(), 20);
        var asked = brief().about("music").about("padel");

        assertThat(relevance(asked, statistics, about("music"))).isCloseTo(0.167603, within(1e-6));
        assertThat(relevance(asked, statistics, about("padel"))).isCloseTo(0.873853, within(1e-6));
    }

    @Test
    void theSameSharesOfTheSameNichesAreStillOneAndNothingInCommonNought() {
        var statistics = calculated(catalogue(), 20);

        assertThat(relevance(brief().about("music"), statistics, about("music")))
                .isEqualTo(1);
        assertThat(relevance(brief().about("music").about("padel"), statistics, about("padel", "music")))
                .isCloseTo(1, within(1e-12));
        assertThat(relevance(brief().about("music"), statistics, about("padel")))
                .isZero();
    }

    @Test
    void thePartsStillAddUp() {
        var compiled = brief().about("music").about("padel").compile(calculated(catalogue(), 20));
        var scratch = new CompiledBrief.Scratch();
        var row = about("padel", "music", "vegan");
        var value = compiled.evaluate(row, 0, scratch).value[0];

        assertThat(value).isBetween(0.3, 0.9);
        assertThat(compiled.relevanceParts(row, scratch).stream()
                        .mapToDouble(CompiledBrief.RelevancePart::part)
                        .sum())
                .isCloseTo(value, within(1e-12));
    }

    @Test
    void theOrderOfTheCreatorsDoesNotMatter() {
        var rows = new ArrayList<CreatorRow>();
        var dice = new Random(11);
        var niches = List.of("music", "padel", "vegan", "pets", "hiking", "cycling");
        for (var i = 0; i < 300; i++) {
            var row = new CreatorRow();
            for (var niche : niches) {
                if (dice.nextBoolean()) {
                    row.addNiche(id(niche), dice.nextInt(1, 5_000));
                }
            }
            row.slug.set("creator-" + i);
            rows.add(row);
        }
        var one = calculated(rows, 20).commonTopics();
        Collections.shuffle(rows, dice);

        assertThat(calculated(rows, 20).commonTopics().part()).containsExactly(one.part());
    }
}
