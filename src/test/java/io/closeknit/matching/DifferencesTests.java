package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.Criterion;
import io.closeknit.web.LargestRemainder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTests {
    private static List<String> rounded(Double... parts) {
        return LargestRemainder.roundSigned(List.of(parts), 1).stream()
                .map(BigDecimal::toPlainString)
                .toList();
    }

    @Test
    void partsOfEitherSignAddUpToWhatIsShown() {
        // 4.04 − 1.94 = 2.10. Rounded each by itself that is 4.0 − 1.9, which is 2.1 as well.
        assertThat(rounded(4.04, -1.94)).containsExactly("4.0", "-1.9");
        // 1.26 + 1.26 + 1.26 = 3.78, shown 3.8: by themselves they would be 3.9.
        assertThat(rounded(1.26, 1.26, 1.26)).containsExactly("1.3", "1.3", "1.2");
        // −0.04 − 0.04 + 0.06 = −0.02, shown 0: by themselves they would be 0.1.
        assertThat(rounded(-0.04, -0.04, 0.06)).containsExactly("0.0", "0.0", "0.0");
        assertThat(rounded()).isEmpty();
    }

    @Test
    void differenceKeepsTheUnroundedPointsBesideTheShown() {
        var difference = Differences.of(List.of(Criterion.AUDIENCE, Criterion.BOND), List.of(4.04, -1.94));
        assertThat(difference.points()).isCloseTo(2.1, within(1e-12));
        assertThat(difference.shown()).isEqualByComparingTo("2.1");
        assertThat(difference.parts())
                .extracting(Differences.Part::criterion)
                .containsExactly(Criterion.AUDIENCE, Criterion.BOND);
        assertThat(Standings.signed(difference.parts().getLast().shown())).isEqualTo("−1.9");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverThePartsTheyAddUpAndNoneMovesByAWholeUnit(long seed) {
        var dice = new Random(seed);
        for (var round = 0; round < 500; round++) {
            var parts = dice.doubles(1 + dice.nextInt(8), -30, 30).boxed().toList();
            var shown = LargestRemainder.roundSigned(parts, 1);
            var sum = shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum)
                    .as("seed %d, parts %s", seed, parts)
                    .isEqualByComparingTo(BigDecimal.valueOf(parts.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum())
                            .setScale(1, RoundingMode.HALF_UP));
            for (var i = 0; i < parts.size(); i++) {
                assertThat(shown.get(i).doubleValue()).isCloseTo(parts.get(i), within(0.1));
            }
        }
    }
}
