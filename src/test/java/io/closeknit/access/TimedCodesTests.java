package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedCodesTests {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, SHA-1; the RFC shows eight digits, of which the last six are ours. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(TimedCodes.code(SECRET, second / 30)).isEqualTo(code);
        assertThat(TimedCodes.step(SECRET, code, Instant.ofEpochSecond(second))).hasValue(second / 30);
    }

    @ParameterizedTest
    @CsvSource({"-30, true", "-1, true", "30, true", "59, true", "61, false", "-61, false"})
    void aClockMayBeHalfAMinuteOff(long seconds, boolean accepted) {
        var at = Instant.ofEpochSecond(1_200_000_000L); // where a step begins
        var code = TimedCodes.code(SECRET, at.getEpochSecond() / 30);
        assertThat(TimedCodes.step(SECRET, code, at.plusSeconds(seconds)).isPresent())
                .isEqualTo(accepted);
    }

    @Test
    void nothingThatIsNoCodePasses() {
        for (var typed : new String[] {"", "28708", "2870820", "-87082", "٢٨٧٠٨٢"}) {
            assertThat(TimedCodes.step(SECRET, typed, Instant.ofEpochSecond(59)))
                    .isEmpty();
        }
    }

    @Test
    void theKeyIsWrittenAsAppsTakeIt() {
        assertThat(TimedCodes.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
