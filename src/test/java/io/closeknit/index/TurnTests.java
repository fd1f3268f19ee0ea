package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class TurnTests {
    private final Turn.Turns turns = new Turn.Turns();

    @Test
    void newerRequestOfTheSameAskerTakesTheTurn() {
        var older = turns.take("anna");
        var newer = turns.take("anna");
        assertThatExceptionOfType(RankingOvertakenException.class).isThrownBy(older::check);
        assertThatCode(newer::check).doesNotThrowAnyException();
    }

    @Test
    void anotherAskerTakesNothing() {
        var anna = turns.take("anna");
        turns.take("ben");
        assertThatCode(anna::check).doesNotThrowAnyException();
    }

    @Test
    void overtakenRequestThatEndsGivesNothingBackThatIsNotItsOwn() {
        var older = turns.take("anna");
        var newer = turns.take("anna");
        older.close();
        turns.take("anna");
        assertThatExceptionOfType(RankingOvertakenException.class).isThrownBy(newer::check);
    }

    @Test
    void turnThatWasGivenBackIsNotTaken() {
        var first = turns.take("anna");
        first.close();
        turns.take("anna");
        assertThatCode(first::check).doesNotThrowAnyException();
    }
}
