package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitBarTests {
    private static final FitBar BAR = new FitBar(
            71.4,
            64,
            80,
            List.of(
                    new FitBar.Segment("relevance", 0.78, 25, 39.0, true, true, "trail-running 0.7"),
                    new FitBar.Segment("audience", null, 25, 0, true, false, ""),
                    new FitBar.Segment("bond", 0.648, 25, 32.4, false, true, "no rate known")));

    @Test
    void whatIsNotAskedIsLeftOut() {
        assertThat(BAR.getDrawn()).extracting(FitBar.Drawn::getKey).containsExactly("relevance", "bond");
    }

    @Test
    void segmentsFollowEachOtherOnTheScaleOfHundred() {
        assertThat(BAR.getDrawn()).extracting(FitBar.Drawn::getX).containsExactly("0.00%", "39.00%");
        assertThat(BAR.getDrawn()).extracting(FitBar.Drawn::getEnd).containsExactly("39.00%", "71.40%");
    }

    @Test
    void shownPointsAddUpToTheShownScore() {
        assertThat(BAR.getDrawn().stream().map(FitBar.Drawn::points).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("71");
        assertThat(BAR.getDrawn()).extracting(each -> each.most().intValue()).containsExactly(50, 50);
    }

    @Test
    void whatIsNotKnownIsHatchedAndSaidSo() {
        assertThat(BAR.getDrawn())
                .extracting(FitBar.Drawn::getFill)
                .containsExactly("ck-fill-relevance", "ck-hatched-bond");
        var words = new FitWords(FormatsTests.messages(), null);
        assertThat(words.sentence(BAR))
                .isEqualTo("Fit 71 of 100, between 64 and 80: relevance 39 of 50, bond 32 of 50, not known");
    }

    @Test
    void aScoreOutsideItsIntervalIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FitBar(50, 60, 70, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new FitBar(50, 40, 101, List.of()));
    }
}
