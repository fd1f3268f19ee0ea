package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.WholeRanking.Head;
import io.closeknit.index.WholeRanking.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tiny rankings for which the share of the draws is known. */
class RobustnessTests {
    private static double[] eight(double... first) {
        return java.util.Arrays.copyOf(first, 8);
    }

    private static Values creator(String slug, long followers, double... values) {
        return new Values(slug, slug.toUpperCase(java.util.Locale.ROOT), followers, eight(values));
    }

    /** Nine who are first whatever the weights. */
    private static List<Values> nine() {
        var nine = new ArrayList<Values>();
        for (var i = 0; i < 9; i++) {
            nine.add(creator("first-" + i, 1_000 + i, 1, 1));
        }
        return nine;
    }

    @Test
    void whoeverIsBetterInEverythingIsAlwaysAmongThem() {
        var creators = nine();
        creators.add(creator("tenth", 1_000, 0.9, 0.9));
        creators.add(creator("eleventh", 1_000, 0.8, 0.8));
        var robust = Robustness.of(new Head(11, eight(0.7, 0.3), creators));
        assertThat(robust.first())
                .hasSize(10)
                .allSatisfy(member -> assertThat(member.share()).isEqualTo(1));
        assertThat(robust.others()).isEmpty();
        assertThat(robust.exact()).isTrue();
        assertThat(robust.sure()).isEqualTo(10);
        assertThat(robust.least()).isEqualTo(1);
    }

    @Test
    void twoWhoAreGoodAtOppositeThingsShareTheTenthPlace() {
        var creators = nine();
        creators.add(creator("left", 1_000, 1, 0));
        creators.add(creator("right", 1_000, 0, 1));
        // Weights of 60 and 40 with the concentration 50: the first is Beta(30, 20), above one half in 92.4 %.
        var robust = Robustness.of(new Head(11, eight(0.6, 0.4), creators));
        var left = robust.first().getLast();
        assertThat(left.slug()).isEqualTo("left");
        assertThat(left.share()).isCloseTo(0.924, within(0.03));
        var even = Robustness.of(new Head(11, eight(0.5, 0.5), creators));
        assertThat(even.first().getLast().share()).isCloseTo(0.5, within(0.05));
        assertThat(even.others()).singleElement().satisfies(right -> {
            assertThat(right.rank()).isEqualTo(11);
            assertThat(right.share() + even.first().getLast().share()).isCloseTo(1, within(1e-12));
        });
    }

    @Test
    void sameQuestionGetsTheSameAnswer() {
        var creators = nine();
        creators.add(creator("left", 1_000, 1, 0));
        creators.add(creator("right", 1_000, 0, 1));
        var head = new Head(11, eight(0.5, 0.5), creators);
        assertThat(Robustness.of(head)).isEqualTo(Robustness.of(head));
    }

    @Test
    void tiesGoToFewerFollowersThenToTheSlug() {
        var creators = nine();
        creators.add(creator("b", 500, 0.5, 0.5));
        creators.add(creator("a", 500, 0.5, 0.5));
        creators.add(creator("c", 400, 0.5, 0.5));
        var robust = Robustness.of(new Head(12, eight(0.5, 0.5), creators));
        assertThat(robust.first().getLast().slug()).isEqualTo("b");
        assertThat(robust.first().getLast().share()).isZero();
        assertThat(robust.others()).singleElement().satisfies(other -> {
            assertThat(other.slug()).isEqualTo("c");
            assertThat(other.share()).isEqualTo(1);
        });
    }

    @Test
    void whereNotAllWereScoredItSaysHowFarTheAnswerHolds() {
        var creators = nine();
        creators.add(creator("tenth", 1_000, 0.9, 0.9));
        creators.add(creator("last", 1_000, 0.1, 0.1));
        // Whoever comes after the last has at most 10 points as weighed; no draw makes 90 of them.
        assertThat(Robustness.of(new Head(500, eight(0.5, 0.5), creators)).exact())
                .isTrue();
        creators.set(10, creator("last", 1_000, 0.89, 0.89));
        var near = Robustness.of(new Head(500, eight(0.5, 0.5), creators));
        assertThat(near.exact()).isFalse();
        assertThat(near.open()).isPositive().isLessThanOrEqualTo(near.draws());
        assertThat(Robustness.of(new Head(11, eight(0.5, 0.5), creators)).exact())
                .as("nobody comes after the last")
                .isTrue();
    }

    @Test
    void nobodyRankedIsNobodyUnsure() {
        var robust = Robustness.of(new Head(0, eight(1), List.of()));
        assertThat(robust.first()).isEmpty();
        assertThat(robust.least()).isEqualTo(1);
    }

    @Test
    void drawsScatterAroundTheChosenWeightsAsTheDirichletDoes() {
        var chosen = eight(0.55, 0.25, 0.15, 0.05);
        var dice = new Random(7);
        var draws = 20_000;
        var sum = new double[8];
        var squares = new double[8];
        for (var draw = 0; draw < draws; draw++) {
            var weights = Robustness.draw(chosen, dice);
            assertThat(java.util.Arrays.stream(weights).sum()).isCloseTo(1, within(1e-9));
            for (var i = 0; i < 8; i++) {
                sum[i] += weights[i];
                squares[i] += weights[i] * weights[i];
            }
        }
        for (var i = 0; i < 8; i++) {
            var mean = sum[i] / draws;
            var variance = squares[i] / draws - mean * mean;
            assertThat(mean).as("mean of %d", i).isCloseTo(chosen[i], within(0.003));
            // Of a Dirichlet with the concentration c: w·(1 − w) / (c + 1).
            var expected = chosen[i] * (1 - chosen[i]) / (Robustness.CONCENTRATION + 1);
            assertThat(variance).as("variance of %d", i).isCloseTo(expected, within(0.1 * expected + 1e-12));
        }
    }
}
