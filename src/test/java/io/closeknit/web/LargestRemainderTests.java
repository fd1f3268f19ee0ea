package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LargestRemainderTests {
    @Test
    void theLargestRemaindersAreRoundedUp() {
        // 19.5 + 18.2 + 9.6 = 47.3, shown 47: 46 whole, one unit left, for .6
        assertThat(round(19.5, 18.2, 9.6)).containsExactly("19", "18", "10");
    }

    @Test
    void ofEqualRemaindersTheEarlierGrows() {
        assertThat(round(1.5, 2.5, 3.5)).containsExactly("2", "3", "3");
    }

    @Test
    void exactPartsStay() {
        assertThat(round(25, 25, 15, 10, 10, 5, 5, 5)).containsExactly("25", "25", "15", "10", "10", "5", "5", "5");
    }

    @Test
    void noiseOfAddingUpIsNoRemainder() {
        assertThat(round(0.1 + 0.2, 0.7)).containsExactly("0", "1");
        assertThat(LargestRemainder.round(List.of(0.1 + 0.2, 0.7), 1))
                .containsExactly(new BigDecimal("0.3"), new BigDecimal("0.7"));
    }

    @Test
    void nothingIsNothing() {
        assertThat(round()).isEmpty();
        assertThat(round(0, 0)).containsExactly("0", "0");
    }

    @Test
    void negativeAndEndlessPartsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> round(-0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> round(Double.NaN));
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void partsAddUpToTheWholeAndMoveByLessThanAUnit(long seed) {
        var random = new Random(seed);
        var decimals = random.nextInt(3);
        var parts = random.doubles(1 + random.nextInt(10), 0, 30).boxed().toList();
        var shown = LargestRemainder.round(parts, decimals);
        var exact = parts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("seed " + seed)
                .isEqualByComparingTo(exact.setScale(decimals, RoundingMode.HALF_UP));
        IntStream.range(0, parts.size())
                .forEach(at -> assertThat(shown.get(at).doubleValue() - parts.get(at))
                        .as("seed " + seed + ", part " + at)
                        .isBetween(-Math.pow(10, -decimals), Math.pow(10, -decimals)));
    }

    private static List<String> round(double... parts) {
        return LargestRemainder.round(java.util.Arrays.stream(parts).boxed().toList(), 0).stream()
                .map(BigDecimal::toPlainString)
                .toList();
    }
}
