package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNumberTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5000 | 5000",
                "5.000 | 5000",
                "5,000 | 5000",
                "5 000 | 5000",
                "5'000 | 5000",
                "5\u00a0000 | 5000",
                "1.234.567 | 1234567",
                "1,234,567.89 | 1234567.89",
                "1.234.567,89 | 1234567.89",
                "5.5 | 5.5",
                "5,50 | 5.5",
                "0,125 | 0.125",
                "10k | 10000",
                "10 K | 10000",
                "1.5k | 1500",
                "1,25M | 1250000",
                "100k | 100000",
                "0 | 0",
            })
    void readsNumbersAsPeopleTypeThem(String typed, BigDecimal number) {
        assertThat(TypedNumber.read(typed))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12 k€", "many", "-5", "1.500k", "1.2.3", "5,00,000", "5..0", "1e9", "NaN", "k", "٥", "1 2"})
    void readsNothingIntoWhatCouldMeanSeveralThings(String typed) {
        assertThat(TypedNumber.read(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.5, false", "1.5k, true", "5.000, true", "99999999999999999M, false"})
    void wholeNumbersAreWhole(String typed, boolean whole) {
        assertThat(TypedNumber.readWhole(typed).isPresent()).isEqualTo(whole);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameNumber() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var amount = BigDecimal.valueOf(random.nextLong(1, 1_000_000_000_000L), random.nextInt(5));
            assertThat(TypedNumber.read(TypedNumber.write(amount)))
                    .as("seed %d, amount %s", seed, amount)
                    .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(amount));
            var weight = random.nextInt(4) == 0 ? random.nextInt(1_000) / 8.0 : random.nextDouble() * 1_000_000;
            assertThat(TypedNumber.readWeight(TypedNumber.write(weight)))
                    .as("seed %d, weight %s", seed, weight)
                    .contains(weight);
        }
    }
}
