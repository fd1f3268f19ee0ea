package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellWordsTests {
    @ParameterizedTest
    @CsvSource({
        "HR, HR",
        "hr, HR",
        "HRV, HR",
        "Croatia, HR",
        "Hrvatska, HR",
        "Kroatien, HR",
        "Croatie, HR",
        "Croacia, HR",
        "USA, US",
        "United States, US",
        "U.S., US",
        "Estados Unidos, US",
        "UK, GB",
        "England, GB",
        "Deutschland, DE",
        "Allemagne, DE",
        "Alemania, DE",
        "Österreich, AT",
        "Austria, AT",
        "España, ES",
        "Brasil, BR",
        "South Korea, KR",
        "Turkey, TR",
        "Türkiye, TR",
        "Czech Republic, CZ",
        "日本, JP",
        "Россия, RU",
        "India, IN",
        "Slovenija, SI",
        "🇭🇷, HR",
        "Russian Federation, RU",
        "Vietnam, VN",
        "Hong Kong, HK"
    })
    void findsCountries(String cell, String expected) {
        assertThat(CountryNames.find(cell)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Europe", "worldwide", "XX", "Atlantis", "everywhere"})
    void knowsWhatIsNoCountry(String cell) {
        assertThat(CountryNames.find(cell)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "en, en",
        "EN, en",
        "eng, en",
        "English, en",
        "Englisch, en",
        "anglais, en",
        "deu, de",
        "ger, de",
        "Deutsch, de",
        "fre, fr",
        "fra, fr",
        "spa, es",
        "español, es",
        "arb, ar",
        "cmn, zh",
        "pt-BR, pt-BR",
        "pt_br, pt-BR",
        "hrv, hr",
        "hrvatski, hr",
        "zho, zh",
        "日本語, ja",
        "ind, id",
        "heb, he",
        "nob, nb",
        "swh, sw",
        "nds, nds"
    })
    void findsLanguages(String cell, String expected) {
        assertThat(LanguageNames.find(cell)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "und", "xx9", "Klingonish"})
    void knowsWhatIsNoLanguage(String cell) {
        assertThat(LanguageNames.find(cell)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Deutschland (DE)|DE",
                "Croatia 🇭🇷|HR",
                "🇮🇳 India|IN",
                "US - United States|US",
                "Suisse / Schweiz|CH",
                "USA|US",
                "Česko|CZ",
                "Allemagne|DE",
                "Brasil|BR"
            })
    void findsTheCountryInsideNoise(String cell, String country) {
        assertThat(CountryNames.find(cell)).contains(country);
    }

    @ParameterizedTest
    @ValueSource(strings = {"France / Spain", "somewhere in India or so", "Atlantis (DX)", "()"})
    void doesNotGuessACountry(String cell) {
        assertThat(CountryNames.find(cell)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Austin, TX|US",
                "Los Angeles, CA|US",
                "Brooklyn, New York|US",
                "Toronto, CA|",
                "Zagreb, HR|",
                "TX|"
            })
    void knowsPlacesInTheUnitedStates(String place, String country) {
        assertThat(UsStates.country(place).orElse(null)).isEqualTo(country);
    }

    @ParameterizedTest
    @CsvSource({
        "twitchdata-update.csv, TWITCH",
        "top_1000_youtubers.csv, YOUTUBE",
        "list (TikTok).xlsx, TIKTOK",
        "big.csv,",
        "instagram and tiktok.csv,"
    })
    void findsThePlatformInTheNameOfAFile(String name, io.closeknit.catalogue.CreatorDocument.Platform platform) {
        assertThat(HeaderWords.platformOfFileName(name).orElse(null)).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-09-06T07:03:43.231Z, 2025-09-06T07:03:43.231Z",
        "2025-09-06, 2025-09-06T00:00:00Z",
        "2025-09-06 07:03:43, 2025-09-06T07:03:43Z",
        "31.12.2025, 2025-12-31T00:00:00Z",
        "1.2.2025, 2025-02-01T00:00:00Z",
        "12/31/2025, 2025-12-31T00:00:00Z",
        "31/12/2025, 2025-12-31T00:00:00Z",
        "2025/9/6, 2025-09-06T00:00:00Z",
        "2025-09-06T07:03:43+02:00, 2025-09-06T05:03:43Z",
        "05/05/2025, 2025-05-05T00:00:00Z",
        "6 Sep 2025, 2025-09-06T00:00:00Z",
        "6. September 2025, 2025-09-06T00:00:00Z",
        "'Sep 6, 2025', 2025-09-06T00:00:00Z",
        "'Saturday, September 6th, 2025', 2025-09-06T00:00:00Z",
        "6 de septiembre de 2025, 2025-09-06T00:00:00Z",
        "6 août 2025, 2025-08-06T00:00:00Z",
        "06.09.25 14:05, 2025-09-06T14:05:00Z",
        "9/30/2025 2:05 PM, 2025-09-30T14:05:00Z",
        "2025-09, 2025-09-01T00:00:00Z",
        "45906, 2025-09-06T00:00:00Z",
        "45906.5, 2025-09-06T12:00:00Z",
        "1757142223, 2025-09-06T07:03:43Z",
        "1757142223231, 2025-09-06T07:03:43.231Z"
    })
    void readsDates(String cell, String expected) {
        assertThat(DateCell.parse(cell)).map(Object::toString).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2025-13-01",
                "02/03/2025",
                "32.1.2025",
                "2025",
                "12345",
                "1.5",
                "13/13/2025",
                "99 Foo 2025",
                "1970-01-01",
                "31.12.1999",
                "12.5.2100"
            })
    void aDateThatCanBeTwoIsNone(String cell) {
        assertThat(DateCell.parse(cell)).isEmpty();
    }

    @Test
    void theOrderOfDayAndMonthIsObeyedWhereTheCellDoesNotShowIt() {
        assertThat(DateCell.parse("02/03/2025", Unit.DAY_FIRST)).hasToString("Optional[2025-03-02T00:00:00Z]");
        assertThat(DateCell.parse("02/03/2025", Unit.MONTH_FIRST)).hasToString("Optional[2025-02-03T00:00:00Z]");
        assertThat(DateCell.parse("31/12/2025", Unit.MONTH_FIRST)).hasToString("Optional[2025-12-31T00:00:00Z]");
        assertThat(DateCell.order("31/12/2025")).isEqualTo(Unit.DAY_FIRST);
        assertThat(DateCell.order("12-31-2025")).isEqualTo(Unit.MONTH_FIRST);
        assertThat(DateCell.order("02/03/2025")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.instagram.com/ana.trails/, INSTAGRAM, ana.trails",
        "instagram.com/ana.trails?hl=en, INSTAGRAM, ana.trails",
        "https://www.tiktok.com/@ana.trails?lang=en, TIKTOK, ana.trails",
        "https://youtube.com/@anatrails, YOUTUBE, anatrails",
        "https://www.youtube.com/c/anatrails, YOUTUBE, anatrails",
        "https://m.youtube.com/channel/UC123, YOUTUBE, UC123",
        "https://x.com/anatrails, X, anatrails",
        "https://twitter.com/anatrails, X, anatrails",
        "https://www.twitch.tv/anatrails, TWITCH, anatrails",
        "https://de.pinterest.com/anatrails/, PINTEREST, anatrails",
        "http://facebook.com/anatrails, FACEBOOK, anatrails"
    })
    void readsAddressesOfProfiles(String cell, String platform, String handle) {
        assertThat(ProfileAddress.parse(cell)).hasValueSatisfying(address -> {
            assertThat(address.platform().name()).isEqualTo(platform);
            assertThat(address.handle()).isEqualTo(handle);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ana.trails",
                "https://example.com/ana",
                "https://www.instagram.com/p/Cabc123/",
                "https://www.instagram.com/",
                "@ana"
            })
    void knowsWhatIsNoAddressOfAProfile(String cell) {
        assertThat(ProfileAddress.parse(cell)).isEmpty();
    }
}
