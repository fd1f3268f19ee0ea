package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTests {
    private static final List<String> KNOWN = List.of("followersMin", "followersMax", "tier", "niche", "erMin", "q");

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            nullValues = "none",
            value = {
                "folowersMin, followersMin, a letter too few",
                "followers_min, followersMin, another way to write it",
                "FOLLOWERSMAX, followersMax, case",
                "nihce, niche, two letters swapped",
                "teir, tier, swapped in a short name",
                "tiar, tier, one other letter",
                "tip, none, two slips in a short name",
                "country, none, nothing near"
            })
    void findsWhatWasMeant(String misspelt, String meant, String reason) {
        assertThat(Suggestions.closest(misspelt, KNOWN).orElse(null)).as(reason).isEqualTo(meant);
    }
}
