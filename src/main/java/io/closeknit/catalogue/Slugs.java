package io.closeknit.catalogue;

import io.closeknit.catalogue.SentCreator.SentAccount;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** Gives new creators the name they have in addresses: from the handle of the account with most followers. */
final class Slugs {
    private static final int LONGEST_STEM = 80;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NOT_IN_A_SLUG = Pattern.compile("[^a-z0-9]+");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> lastNumbers = new HashMap<>();
    private final ToLongFunction<String> lastNumber;

    /**
     * @param taken of those that {@link #candidates} named, the ones that somebody has
     * @param lastNumber the highest number that stands behind a stem and a hyphen; 1 where there is none
     */
    Slugs(Set<String> taken, ToLongFunction<String> lastNumber) {
        this.taken.addAll(taken);
        this.lastNumber = lastNumber;
    }

    /** The slugs that the creator would get, the first that is free. */
    static List<String> candidates(SentCreator sent) {
        var main = main(sent);
        var stem = stem(sent);
        return List.of(stem, stem + "-" + main.key().platform().key());
    }

    /** A free slug, which nobody else gets from now on. */
    String next(SentCreator sent) {
        var candidates = candidates(sent);
        for (var candidate : candidates) {
            if (taken.add(candidate)) {
                return candidate;
            }
        }
        var numbered = candidates.getLast();
        while (true) {
            var number = lastNumbers.merge(numbered, 1L, (last, one) -> last + one);
            if (number == 1) {
                number = lastNumber.applyAsLong(numbered) + 1;
                lastNumbers.put(numbered, number);
            }
            var slug = numbered + "-" + number;
            if (taken.add(slug)) {
                return slug;
            }
        }
    }

    void take(String slug) {
        taken.add(slug);
    }

    private static SentAccount main(SentCreator sent) {
        return sent.accounts().stream()
                .max(Comparator.comparing(
                                (SentAccount account) -> account.followers().value(),
                                Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(account -> account.key().platform(), Comparator.reverseOrder())
                        .thenComparing(account -> account.key().handleKey(), Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static String stem(SentCreator sent) {
        var name = sent.name().value();
        var stem = slug(main(sent).handle());
        if (stem.isEmpty() && name != null) {
            stem = slug(name);
        }
        return stem.isEmpty() ? "creator" : stem;
    }

    /** ASCII letters and digits, lower case, hyphens between; empty where nothing is left of it. */
    static String slug(String words) {
        var plain =
                MARKS.matcher(Normalizer.normalize(words, Normalizer.Form.NFKD)).replaceAll("");
        var slug = NOT_IN_A_SLUG.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        slug = slug.length() > LONGEST_STEM ? slug.substring(0, LONGEST_STEM) : slug;
        var from = slug.startsWith("-") ? 1 : 0;
        var to = slug.length() > from && slug.endsWith("-") ? slug.length() - 1 : slug.length();
        return slug.substring(from, to);
    }
}
