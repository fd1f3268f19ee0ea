package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

/** Finds the country that a cell names: by code, by its name in the great languages or in its own, by its flag. */
final class CountryNames {
    private static final int REGIONAL_A = 0x1F1E6;
    private static final java.util.regex.Pattern BETWEEN_PARTS =
            java.util.regex.Pattern.compile("[()\\[\\]/|]|\\s[-–—:]\\s|[\\x{1F1E6}-\\x{1F1FF}]+");
    private static final Map<String, String> BY_NAME = names();

    private CountryNames() {}

    /** ISO 3166-1 alpha-2; empty where the word names no country. */
    static Optional<String> find(String word) {
        var points = word.strip().codePoints().toArray();
        if (points.length == 2
                && points[0] >= REGIONAL_A
                && points[0] < REGIONAL_A + 26
                && points[1] >= REGIONAL_A
                && points[1] < REGIONAL_A + 26) {
            word = "" + (char) ('A' + points[0] - REGIONAL_A) + (char) ('A' + points[1] - REGIONAL_A);
        }
        var whole = BY_NAME.get(NicheTree.key(word));
        return whole != null || word.length() > 100 ? Optional.ofNullable(whole) : inside(word);
    }

    /** 'Deutschland (DE)', 'Croatia 🇭🇷', 'US - United States': what its parts agree on. */
    private static Optional<String> inside(String word) {
        var found = new java.util.HashSet<String>();
        var parts = 0;
        for (var part : BETWEEN_PARTS.split(word)) {
            var key = NicheTree.key(part);
            if (!key.isEmpty()) {
                parts++;
                var country = BY_NAME.get(key);
                if (country != null) {
                    found.add(country);
                }
            }
        }
        return parts <= 2 && found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    private static Map<String, String> names() {
        var names = new HashMap<String, String>();
        var languages = new java.util.ArrayList<Locale>();
        for (var language : List.of(
                "en", "de", "fr", "es", "pt", "it", "nl", "hr", "sl", "pl", "sv", "da", "nb", "fi", "cs", "tr", "ru",
                "ja", "zh", "ko", "ar", "el", "hu", "ro", "uk")) {
            languages.add(Locale.of(language));
        }
        var countries = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);
        for (var country : countries) {
            names.put(NicheTree.key(country), country);
        }
        for (var country : countries) {
            try {
                names.putIfAbsent(NicheTree.key(Locale.of("", country).getISO3Country()), country);
            } catch (MissingResourceException e) {
                continue; // a code without a three-letter one
            }
        }
        for (var language : languages) {
            for (var country : countries) {
                names.putIfAbsent(NicheTree.key(Locale.of("", country).getDisplayCountry(language)), country);
            }
        }
        for (var locale : Locale.getAvailableLocales()) {
            if (locale.getCountry().length() == 2) {
                names.putIfAbsent(
                        NicheTree.key(locale.getDisplayCountry(Locale.of(locale.getLanguage()))), locale.getCountry());
            }
        }
        Map.ofEntries(
                        Map.entry("usa", "US"),
                        Map.entry("united states of america", "US"),
                        Map.entry("america", "US"),
                        Map.entry("u.s.", "US"),
                        Map.entry("uk", "GB"),
                        Map.entry("great britain", "GB"),
                        Map.entry("england", "GB"),
                        Map.entry("scotland", "GB"),
                        Map.entry("wales", "GB"),
                        Map.entry("northern ireland", "GB"),
                        Map.entry("britain", "GB"),
                        Map.entry("korea", "KR"),
                        Map.entry("republic of korea", "KR"),
                        Map.entry("russian federation", "RU"),
                        Map.entry("uae", "AE"),
                        Map.entry("emirates", "AE"),
                        Map.entry("czech republic", "CZ"),
                        Map.entry("holland", "NL"),
                        Map.entry("the netherlands", "NL"),
                        Map.entry("viet nam", "VN"),
                        Map.entry("turkey", "TR"),
                        Map.entry("turkiye", "TR"),
                        Map.entry("ivory coast", "CI"),
                        Map.entry("macedonia", "MK"),
                        Map.entry("iran", "IR"),
                        Map.entry("iran islamic republic of", "IR"),
                        Map.entry("hong kong", "HK"),
                        Map.entry("taiwan province of china", "TW"),
                        Map.entry("taiwan", "TW"),
                        Map.entry("palestine", "PS"),
                        Map.entry("bosnia", "BA"),
                        Map.entry("macau", "MO"),
                        Map.entry("brasil", "BR"),
                        Map.entry("swaziland", "SZ"),
                        Map.entry("cape verde", "CV"),
                        Map.entry("burma", "MM"),
                        Map.entry("vatican", "VA"),
                        Map.entry("congo", "CG"),
                        Map.entry("syria", "SY"),
                        Map.entry("laos", "LA"),
                        Map.entry("moldova republic of", "MD"),
                        Map.entry("tanzania united republic of", "TZ"),
                        Map.entry("venezuela bolivarian republic of", "VE"),
                        Map.entry("bolivia plurinational state of", "BO"))
                .forEach((name, country) -> names.put(NicheTree.key(name), country));
        names.remove("");
        return Map.copyOf(names);
    }
}
