package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.Criterion;
import io.closeknit.matching.RankChanges.Between;
import io.closeknit.matching.RankChanges.Cause;
import io.closeknit.matching.RankChanges.Kind;
import io.closeknit.matching.RankChanges.Kinded;
import io.closeknit.matching.RankChanges.Side;
import io.closeknit.matching.RankingAnswer.CriterionAnswer;
import io.closeknit.matching.RankingAnswer.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two rankings of a few creators, with differences that can be calculated by hand. */
class RankChangesTests {
    /** Relevance and audience alone are asked. */
    private static Item item(String slug, int rank, double[] weights, double... values) {
        var sum = Arrays.stream(weights).sum();
        var criteria = new ArrayList<CriterionAnswer>();
        var score = 0.0;
        for (var i = 0; i < Criterion.COUNT; i++) {
            var asked = i < values.length;
            var points = asked ? 100 * weights[i] * values[i] / sum : 0;
            score += points;
            criteria.add(new CriterionAnswer(
                    Criterion.ALL.get(i).key(),
                    asked,
                    true,
                    asked ? values[i] : null,
                    asked ? values[i] : null,
                    asked ? values[i] : null,
                    asked ? weights[i] : 0,
                    points,
                    null,
                    asked ? "value " + values[i] : null,
                    null,
                    null));
        }
        return new Item(
                rank,
                new RankingAnswer.Creator(slug, "Ms " + slug, "instagram", slug, 1_000L, "nano", null, null, false),
                score,
                score,
                score,
                null,
                "",
                criteria);
    }

    private static final double[] EVEN = {50, 50};
    private static final double[] TILTED = {75, 25};

    private record Known(
            boolean weightsChanged,
            boolean briefChanged,
            boolean statisticsChanged,
            boolean figures,
            @Nullable Item old)
            implements Between {
        @Override
        public boolean figuresChanged(String slug) {
            return figures;
        }

        @Override
        public @Nullable Item forOldBrief(String slug) {
            return old;
        }
    }

    private static final Between FIGURES = new Known(false, false, false, true, null);

    @Test
    void tellsWhoRoseFellCameAndLeft() {
        var before = Side.of(List.of(
                item("a", 1, EVEN, 1, 1),
                item("b", 2, EVEN, 0.9, 0.9),
                item("c", 3, EVEN, 0.8, 0.8),
                item("d", 4, EVEN, 0.1, 0.1)));
        var now = Side.of(List.of(
                item("b", 1, EVEN, 0.9, 0.9),
                item("n", 2, EVEN, 0.85, 0.85),
                item("c", 3, EVEN, 0.8, 0.8),
                item("a", 4, EVEN, 0.2, 0.5)));
        assertThat(RankChanges.kinds(before, now, 4, _ -> false))
                .containsExactly(
                        new Kinded("a", Kind.FELL),
                        new Kinded("b", Kind.ROSE),
                        new Kinded("c", Kind.STAYED),
                        new Kinded("d", Kind.LEFT),
                        new Kinded("n", Kind.CAME));
        assertThat(RankChanges.kinds(before, now, 4, _ -> true))
                .as("further down than was looked")
                .contains(new Kinded("d", Kind.FELL));
    }

    @Test
    void saysWhichCriterionTookHerDownAndThatHerFiguresDid() {
        var before = Side.of(List.of(item("a", 1, EVEN, 1, 1), item("b", 2, EVEN, 0.9, 0.9)));
        var now = Side.of(List.of(item("b", 1, EVEN, 0.9, 0.9), item("a", 2, EVEN, 1, 0.4)));
        var change = RankChanges.explain(new Kinded("a", Kind.FELL), before, now, null, FIGURES);

        // 100 points before; 50 · 1 + 50 · 0.4 = 70 now.
        assertThat(change.difference()).isEqualByComparingTo("-30.0");
        assertThat(change.parts()).singleElement().satisfies(part -> {
            assertThat(part.criterion()).isEqualTo(Criterion.AUDIENCE);
            assertThat(part.points()).isCloseTo(-30, within(1e-9));
            assertThat(part.ofFigures()).isCloseTo(-30, within(1e-9));
            assertThat(part.ofWeights()).isZero();
            assertThat(part.evidenceBefore()).isEqualTo("value 1.0");
            assertThat(part.evidence()).isEqualTo("value 0.4");
        });
        assertThat(change.causes()).containsExactly(Cause.FIGURES);
        assertThat(change.passedBy()).containsExactly("Ms b");
        assertThat(change.rank()).isEqualTo(2);
    }

    @Test
    void weightsAndFiguresAreToldApartAndAddUp() {
        var before = Side.of(List.of(item("a", 1, EVEN, 0.8, 0.4)));
        var now = Side.of(List.of(item("a", 1, TILTED, 0.8, 0.2)));
        var change = RankChanges.explain(
                new Kinded("a", Kind.STAYED), before, now, null, new Known(true, false, false, true, null));

        // Relevance 40 → 60, all of it the weights'. Audience 20 → 5: weights 0.4 · −25 = −10, figures 25 · −0.2 = −5.
        assertThat(change.difference()).isEqualByComparingTo("5.0");
        var relevance = change.parts().getFirst();
        assertThat(relevance.criterion()).isEqualTo(Criterion.RELEVANCE);
        assertThat(relevance.ofWeights()).isCloseTo(20, within(1e-9));
        assertThat(relevance.ofFigures()).isZero();
        var audience = change.parts().getLast();
        assertThat(audience.ofWeights()).isCloseTo(-10, within(1e-9));
        assertThat(audience.ofFigures()).isCloseTo(-5, within(1e-9));
        assertThat(change.causes()).containsExactlyInAnyOrder(Cause.WEIGHTS, Cause.FIGURES);
    }

    @Test
    void whatTheBriefChangedIsToldByEvaluatingHerForTheOldOne() {
        var before = Side.of(List.of(item("a", 1, EVEN, 1, 0.8)));
        var now = Side.of(List.of(item("a", 1, EVEN, 0.4, 0.6)));
        // For the brief of then she would have 1 and 0.6 today: relevance is the brief's doing, audience is not.
        var change = RankChanges.explain(
                new Kinded("a", Kind.STAYED),
                before,
                now,
                null,
                new Known(false, true, true, false, item("a", 1, EVEN, 1, 0.6)));
        var relevance = change.parts().getFirst();
        assertThat(relevance.ofBrief()).isCloseTo(-30.0, within(1e-9));
        assertThat(relevance.ofFigures()).isZero();
        var audience = change.parts().getLast();
        assertThat(audience.ofBrief()).isCloseTo(0.0, within(1e-9));
        assertThat(audience.ofFigures()).isCloseTo(-10, within(1e-9));
        assertThat(change.causes()).containsExactlyInAnyOrder(Cause.BRIEF, Cause.STATISTICS);
    }

    @Test
    void samePointsAndALowerPlaceMeansThatOthersMoved() {
        var before = Side.of(List.of(item("a", 1, EVEN, 0.8, 0.8), item("b", 2, EVEN, 0.7, 0.7)));
        var now = Side.of(
                List.of(item("b", 1, EVEN, 0.9, 0.9), item("n", 2, EVEN, 0.85, 0.85), item("a", 3, EVEN, 0.8, 0.8)));
        var change = RankChanges.explain(new Kinded("a", Kind.FELL), before, now, null, FIGURES);
        assertThat(change.parts()).isEmpty();
        assertThat(change.causes()).isEmpty();
        assertThat(change.passed()).isEqualTo(2);
        assertThat(change.passedBy()).containsExactly("Ms b", "Ms n");
    }

    @Test
    void whoFellFurtherThanWasLookedIsStillExplained() {
        var before = Side.of(List.of(item("a", 1, EVEN, 1, 1)));
        var change = RankChanges.explain(
                new Kinded("a", Kind.FELL), before, Side.of(List.of()), item("a", 1, EVEN, 0, 0.5), FIGURES);
        assertThat(change.rank()).isNull();
        assertThat(change.difference()).isEqualByComparingTo("-75.0");
    }
}
