package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesTests {
    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "en, en, true",
        "en, en-GB, true",
        "en, EN-us, true",
        "en-GB, en, false",
        "en-GB, en-US, false",
        "en, eng, false",
        "e, en, false",
        "p, pt, false",
        "pt, pt-BR, true",
        "zh-Hant, zh-Hant-TW, true",
        "zh-Hant, zh-Hans, false",
        "zh-Hant-TW, zh-Hant-TW, true",
        "de, en, false"
    })
    void aLanguageCoversItsRegions(String wanted, String language, boolean covers) {
        assertThat(Codes.covers(Codes.language(wanted), Codes.language(language)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({"en, en", "EN-gb, en-GB", "zh-hant-tw, zh-Hant-TW", "hr, hr"})
    void aLanguageIsWrittenAgain(String tag, String written) {
        assertThat(Codes.languageTag(Codes.language(tag))).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "L'Oréal, loreal, true",
                "@nike, Nike, true",
                "#Coca-Cola, coca cola, true",
                "H&M, hm, true",
                "Weiß, WEISS, true",
                "ＡＣＭＥ, acme, true", // full width
                "Žižkov, zizkov, true",
                "Nike, Nikon, false",
                "!!!, ???, false"
            })
    void brandsAreEqualWithoutCaseAccentsAndPunctuation(String one, String other, boolean equal) {
        assertThat(Codes.brandKey(one).equals(Codes.brandKey(other))).isEqualTo(equal);
        assertThat(Codes.brand(one) == Codes.brand(other)).isEqualTo(equal);
    }

    @Test
    void countriesAndCurrenciesAreNumbers() {
        assertThat(Codes.country(Codes.country("hr"))).isEqualTo("HR");
        assertThat(Codes.country("AA")).isZero();
        assertThat(Codes.country("ZZ")).isEqualTo(675);
        assertThat(Codes.country((String) null)).isEqualTo(Codes.UNKNOWN);
        assertThat(Codes.country("H1")).isEqualTo(Codes.UNKNOWN);
        assertThat(Codes.country("HRV")).isEqualTo(Codes.UNKNOWN);
        assertThat(Codes.currency(Codes.currency("chf"))).isEqualTo("CHF");
        assertThat(Codes.currency("€")).isEqualTo(Codes.UNKNOWN);
    }

    @Test
    void hashesAreThoseOfEveryNode() {
        assertThat(Long.toHexString(Codes.brand("Nike"))).isEqualTo(Long.toHexString(Codes.hash("nike")));
        assertThat(Long.toHexString(Codes.hash("abc"))).isEqualTo("ba7816bf8f01cfea"); // FIPS 180-2, B.1
    }
}
