package io.closeknit.importing;

import io.closeknit.niche.NicheTree;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the language that a cell names: by a code of two or three letters, with or without a region, or by name. */
final class LanguageNames {
    private static final Pattern TAG = Pattern.compile("([A-Za-z]{2,3})[-_]([A-Za-z]{2}|[A-Za-z]{4}|\\d{3})");
    private static final Map<String, String> BY_NAME = names();

    private LanguageNames() {}

    /** BCP 47, such as {@code pt} or {@code pt-BR}; empty where the word names no language. */
    static Optional<String> find(String word) {
        var tag = TAG.matcher(word.strip());
        if (tag.matches()) {
            return Optional.ofNullable(BY_NAME.get(tag.group(1).toLowerCase(Locale.ROOT)))
                    .map(language ->
                            Locale.forLanguageTag(language + "-" + tag.group(2)).toLanguageTag());
        }
        return Optional.ofNullable(BY_NAME.get(NicheTree.key(word)));
    }

    private static Map<String, String> names() {
        var names = new HashMap<String, String>();
        var languages = List.of(Locale.getISOLanguages());
        for (var language : languages) {
            if (language.equals("iw") || language.equals("in") || language.equals("ji")) {
                continue; // withdrawn codes of he, id and yi
            }
            names.put(language, language);
        }
        for (var language : List.copyOf(names.keySet())) {
            try {
                names.putIfAbsent(Locale.of(language).getISO3Language(), language);
            } catch (MissingResourceException e) {
                continue; // a code without a three-letter one
            }
        }
        // ISO 639-2/B, and members of macrolanguages that tools for detection name
        var others =
                "alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de gre el ice is mac mk mao mi may ms per fa rum ro slo sk tib bo wel cy "
                        + "arb ar arz ar cmn zh yue zh nob nb zsm ms pes fa prs fa swh sw lvs lv ekk et npi ne ory or uzn uz khk mn plt mg aln sq azj az";
        var pairs = others.split(" ");
        for (var i = 0; i < pairs.length; i += 2) {
            names.putIfAbsent(pairs[i], pairs[i + 1]);
        }
        for (var in :
                List.of("en", "de", "fr", "es", "pt", "it", "nl", "hr", "sl", "pl", "ru", "tr", "sv", "ja", "zh")) {
            for (var language : languages) {
                names.putIfAbsent(
                        NicheTree.key(Locale.of(language).getDisplayLanguage(Locale.of(in))),
                        Locale.of(language).toLanguageTag());
            }
        }
        for (var language : languages) {
            names.putIfAbsent(
                    NicheTree.key(Locale.of(language).getDisplayLanguage(Locale.of(language))),
                    Locale.of(language).toLanguageTag());
        }
        for (var locale : Locale.getAvailableLocales()) {
            if (locale.getLanguage().length() == 3) {
                names.putIfAbsent(locale.getLanguage(), locale.getLanguage()); // without a code of two letters
            }
        }
        names.put("nds", "nds"); // Low German, which the runtime has no locale of
        names.put("mandarin", "zh");
        names.put("castellano", "es");
        names.put("farsi", "fa");
        names.put("flemish", "nl");
        names.remove("");
        names.remove("und");
        return Map.copyOf(names);
    }
}
