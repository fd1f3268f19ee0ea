package io.closeknit.web;

import java.util.Arrays;
import java.util.Locale;

/** Two letters that stand for a name. */
final class Initials {
    private Initials() {}

    /** The first letter or digit of the first and of the last word, capital; one where there is one word; '?' for none. */
    static String of(String name) {
        var words = Arrays.stream(name.split("[^\\p{L}\\p{N}\\p{M}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "?";
        }
        var first = first(words.getFirst());
        return (words.size() == 1 ? first : first + first(words.getLast())).toUpperCase(Locale.ROOT);
    }

    private static String first(String word) {
        return word.substring(0, word.offsetByCodePoints(0, 1));
    }
}
