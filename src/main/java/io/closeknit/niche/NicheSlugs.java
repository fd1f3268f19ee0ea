package io.closeknit.niche;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of niches in addresses. */
final class NicheSlugs {
    static final int LONGEST = 100;
    static final Pattern VALID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private static final Pattern DROPPED = Pattern.compile("[\\p{M}'’]+");
    private static final Pattern NOT_A_LETTER_OR_DIGIT = Pattern.compile("[^a-z0-9]+");

    private NicheSlugs() {}

    /**
     * The name in lower case, apostrophes and accents dropped, everything else but letters and digits a hyphen.
     *
     * @return empty where the name has no letter or digit that an address can hold
     */
    static String from(String name) {
        var words = new StringBuilder();
        var plain = DROPPED.matcher(Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
                .replaceAll("");
        for (var letter : plain.split("")) {
            words.append(NicheTree.key(letter).isEmpty() ? "-" : NicheTree.key(letter));
        }
        var slug = NOT_A_LETTER_OR_DIGIT.matcher(words).replaceAll("-");
        var cut = slug.length() > LONGEST ? slug.substring(0, LONGEST) : slug;
        return cut.replaceAll("^-+|-+$", "");
    }
}
