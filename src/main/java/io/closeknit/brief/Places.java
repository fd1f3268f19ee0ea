package io.closeknit.brief;

import io.closeknit.niche.NicheTree;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Countries and languages: their codes, and the codes that people mean when they write a name. */
final class Places {
    /** A code and what people call it. */
    record Named(String code, String name) {}

    private static final Set<String> COUNTRY_CODES = Set.of(Locale.getISOCountries());
    private static final Set<String> LANGUAGE_CODES = Set.of(Locale.getISOLanguages());

    /** Every country, by name. */
    static final List<Named> COUNTRIES = Arrays.stream(Locale.getISOCountries())
            .map(code -> new Named(code, Locale.of("", code).getDisplayCountry(Locale.ENGLISH)))
            .sorted(Comparator.comparing(Named::name))
            .toList();

    /** Every language with a code of two letters, by name. */
    static final List<Named> LANGUAGES = Arrays.stream(Locale.getISOLanguages())
            .filter(code -> !Set.of("iw", "in", "ji").contains(code)) // withdrawn in 1989 for he, id, yi
            .map(code -> new Named(code, Locale.of(code).getDisplayLanguage(Locale.ENGLISH)))
            .sorted(Comparator.comparing(Named::name))
            .toList();

    private static final Map<String, String> COUNTRY_BY_WORD = new HashMap<>(Map.of(
            "uk", "GB",
            "greatbritain", "GB",
            "england", "GB",
            "usa", "US",
            "america", "US",
            "holland", "NL",
            "czechrepublic", "CZ",
            "turkey", "TR",
            "uae", "AE",
            "korea", "KR"));
    private static final Map<String, String> LANGUAGE_BY_WORD = new HashMap<>();

    static {
        COUNTRIES.forEach(country -> COUNTRY_BY_WORD.put(NicheTree.key(country.name()), country.code()));
        LANGUAGES.forEach(language -> LANGUAGE_BY_WORD.put(NicheTree.key(language.name()), language.code()));
    }

    private Places() {}

    /** The code in upper case; empty where it is none of ISO 3166-1 alpha-2. */
    static Optional<String> country(String code) {
        var upper = code.strip().toUpperCase(Locale.ROOT);
        return COUNTRY_CODES.contains(upper) ? Optional.of(upper) : Optional.empty();
    }

    /** The code of a country by its code or its English name. */
    static Optional<String> countryNamed(String word) {
        return country(word).or(() -> Optional.ofNullable(COUNTRY_BY_WORD.get(NicheTree.key(word))));
    }

    /** The tag in its canonical form, 'en-GB' for 'EN_gb'; empty where it is none of BCP 47 with a registered language. */
    static Optional<String> language(String tag) {
        try {
            var locale = new Locale.Builder()
                    .setLanguageTag(tag.strip().replace('_', '-'))
                    .build();
            var language = locale.getLanguage();
            // Java has no list of the codes of three letters, but it knows the names of those in use.
            var known = LANGUAGE_CODES.contains(language)
                    || language.length() == 3
                            && !locale.getDisplayLanguage(Locale.ENGLISH).equals(language);
            return known ? Optional.of(locale.toLanguageTag()) : Optional.empty();
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** The tag of a language by its tag or its English name. */
    static Optional<String> languageNamed(String word) {
        return Optional.ofNullable(LANGUAGE_BY_WORD.get(NicheTree.key(word))).or(() -> language(word));
    }

    static String countryName(String code) {
        return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    static String languageName(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }
}
