package io.closeknit.catalogue;

import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The codes that figures are told apart by: countries, languages, currencies, age bands, genders. */
final class Codes {
    /** In the order of age. */
    static final List<String> AGES = List.of("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+");

    static final List<String> GENDERS = List.of("female", "male", "other");

    private static final Set<String> COUNTRIES = countries();
    private static final Set<String> LANGUAGES = languages();
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final int MOST_REMEMBERED = 10_000;
    private static final Map<String, Optional<String>> REMEMBERED = new ConcurrentHashMap<>();

    private Codes() {}

    /** The code in upper case; empty where it is no country of ISO 3166-1. */
    static Optional<String> country(String code) {
        var upper = code.toUpperCase(Locale.ROOT);
        return COUNTRIES.contains(upper) ? Optional.of(upper) : Optional.empty();
    }

    /** The canonical BCP 47 tag; empty where it is malformed or its language is none of ISO 639. */
    static Optional<String> language(String tag) {
        var known = REMEMBERED.get(tag);
        if (known == null) {
            known = canonicalLanguage(tag);
            if (REMEMBERED.size() < MOST_REMEMBERED) { // what people send is not ours to bound otherwise
                REMEMBERED.put(tag, known);
            }
        }
        return known;
    }

    private static Optional<String> canonicalLanguage(String tag) {
        try {
            var locale = new Locale.Builder().setLanguageTag(tag).build();
            return LANGUAGES.contains(locale.getLanguage()) ? Optional.of(locale.toLanguageTag()) : Optional.empty();
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** The code in upper case; empty where it is no currency of ISO 4217. */
    static Optional<String> currency(String code) {
        var upper = code.toUpperCase(Locale.ROOT);
        return CURRENCIES.contains(upper) ? Optional.of(upper) : Optional.empty();
    }

    private static Set<String> countries() {
        var codes = new HashSet<>(Arrays.asList(Locale.getISOCountries()));
        codes.add("XK"); // Kosovo: not assigned by ISO, but what every platform sends
        return Set.copyOf(codes);
    }

    private static Set<String> languages() {
        var codes = new HashSet<>(Arrays.asList(Locale.getISOLanguages()));
        for (var code : Locale.getISOLanguages()) {
            codes.add(Locale.of(code).getISO3Language());
        }
        codes.addAll(List.of("fil", "und", "yue", "hsb", "gsw", "ceb", "haw", "nds")); // no two-letter code
        codes.remove("");
        return Set.copyOf(codes);
    }
}
