package io.closeknit.index;

import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.Lifting.Figure;
import io.closeknit.index.Lifting.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The counterfactual, on catalogues so small that it can be calculated by hand. */
class LiftingTests {
    /** Only the audience in Germany counts: with one dimension the value is the share over 0.80. */
    private static final CompiledBrief GERMANY =
            brief().countries("DE").weights(0, 100, 0, 0, 0, 0, 0, 0).compile(FitSamples.statistics());

    private static CreatorRow creator(String slug, String figures) {
        return row("{'slug': '" + slug + "', 'accounts': [{'platform': 'instagram', 'handle': '" + slug
                + "', 'followers': 20000, " + figures + "}]}");
    }

    private static CreatorRow inGermany(String slug, double share) {
        return creator(slug, "'audience': {'countries': {'DE': " + share + ", 'FR': " + (1 - share) + "}}");
    }

    private static Lifting.Answer lift(CompiledBrief brief, CreatorRow her, CreatorRow... others) {
        var lifting = new Lifting(brief, her.toBytes(), 0);
        var ahead = new ArrayList<Lifting.Place>();
        Arrays.stream(others)
                .map(other -> Lifting.Place.of(other, brief.evaluate(other, 0, new CompiledBrief.Scratch())))
                .filter(place -> place.compareTo(lifting.place()) < 0)
                .forEach(ahead::add);
        return lifting.among(ahead, others.length + 1);
    }

    @Test
    void findsTheLeastShareOfTheAudienceThatPassesTheTarget() {
        var answer = lift(
                GERMANY,
                inGermany("zoe", 0.30),
                inGermany("a", 0.60),
                inGermany("b", 0.50),
                inGermany("c", 0.40),
                inGermany("d", 0.10));

        // Fourth of five; two places up is b, who has 50 % and wins the tie by her slug: 51 % are needed.
        assertThat(answer.state()).isEqualTo(State.FOUND);
        assertThat(answer.rank()).isEqualTo(4);
        assertThat(answer.total()).isEqualTo(5);
        assertThat(answer.target()).isEqualTo(2);
        assertThat(answer.lifts()).singleElement().satisfies(lift -> {
            assertThat(lift.figure()).isEqualTo(Figure.AUDIENCE_COUNTRY);
            assertThat(lift.of()).isEqualTo("DE");
            assertThat(lift.from()).isEqualTo(0.30);
            assertThat(lift.to()).isCloseTo(0.51, within(1e-12));
            assertThat(lift.limit()).isCloseTo(0.80, within(1e-12));
            assertThat(lift.effort()).isCloseTo(21 / 50.0, within(1e-12));
            assertThat(lift.rank()).isEqualTo(2);
            assertThat(lift.score()).isCloseTo(100 * 0.51 / 0.80, within(1e-9));
        });
    }

    @Test
    void equalScoreIsEnoughWhereTheTieIsWon() {
        var answer = lift(GERMANY, inGermany("a", 0.30), inGermany("b", 0.50), inGermany("c", 0.40));
        assertThat(answer.lifts()).singleElement().satisfies(lift -> {
            assertThat(lift.to()).isCloseTo(0.50, within(1e-12));
            assertThat(lift.rank()).isEqualTo(1);
        });
    }

    @Test
    void saysSoWhereNoSingleFigureIsEnough() {
        // The leader has more of her audience there than any audience is held to reach.
        var answer = lift(GERMANY, inGermany("zoe", 0.30), inGermany("a", 0.95));
        assertThat(answer.state()).isEqualTo(State.NONE);
        assertThat(answer.lifts()).isEmpty();
        assertThat(lift(GERMANY, creator("zoe", "'engagementRate': 0.03"), inGermany("a", 0.79))
                        .state())
                .as("nothing that counts is known of her")
                .isEqualTo(State.NONE);
        assertThat(lift(GERMANY, inGermany("zoe", 0.30), inGermany("a", 0.2)).state())
                .isEqualTo(State.FIRST);
    }

    @Test
    void whatIsTriedIsWhatTheEvaluationSaysOfTheChangedCreator() {
        var bond = brief().about("running").weights(50, 0, 50, 0, 0, 0, 0, 0).compile(FitSamples.statistics());
        var her = creator("zoe", "'engagementRate': 0.005, 'postsSampled': 30, 'replyRate': 0.2");
        var better = creator("a", "'engagementRate': 0.02, 'postsSampled': 30, 'replyRate': 0.2");
        var answer = lift(bond, her, better);

        assertThat(answer.lifts())
                .first()
                .satisfies(lift -> assertThat(lift.figure()).isIn(Figure.ENGAGEMENT_RATE, Figure.REPLY_RATE));
        for (var lift : answer.lifts()) {
            var changed = creator(
                    "zoe",
                    lift.figure() == Figure.ENGAGEMENT_RATE
                            ? "'engagementRate': " + lift.to() + ", 'postsSampled': 30, 'replyRate': 0.2"
                            : "'engagementRate': 0.005, 'postsSampled': 30, 'replyRate': " + lift.to());
            assertThat(bond.evaluate(changed, 0, new CompiledBrief.Scratch()).score)
                    .as(lift.figure().key())
                    .isCloseTo(lift.score(), within(1e-9));
        }
    }

    @Test
    void womenOf25To34AreOneShareWhereTheyAreKnownJointly() {
        var women = brief().ages("25-34")
                .genders("female")
                .weights(0, 1, 0, 0, 0, 0, 0, 0)
                .compile(FitSamples.statistics());
        CreatorRow[] rows = new CreatorRow[2];
        var shares = List.of(0.10, 0.20);
        for (var i = 0; i < 2; i++) {
            rows[i] = creator(
                    i == 0 ? "zoe" : "a",
                    "'audience': {'agesByGender': {'female': {'25-34': " + shares.get(i)
                            + ", '18-24': 0.3}, 'male': {'25-34': " + (0.7 - shares.get(i)) + "}}}");
        }
        assertThat(lift(women, rows[0], rows[1]).lifts()).singleElement().satisfies(lift -> {
            assertThat(lift.figure()).isEqualTo(Figure.AUDIENCE_AGE_GENDER);
            assertThat(lift.of()).isEqualTo("female,25-34");
            assertThat(lift.to()).isCloseTo(0.21, within(1e-12));
            // 0.45 of one age band times 0.85 of one gender, in whole per cents: √(0.21 / 0.3825).
            assertThat(lift.score()).isCloseTo(100 * Math.sqrt(0.21 / (0.45 * 0.85)), within(1e-6));
        });
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "4, 2", "9, 6", "100, 66"})
    void aThirdOfThoseAheadIsALift(int rank, int target) {
        assertThat(Lifting.target(rank)).isEqualTo(target);
    }
}
