package io.closeknit.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody probably meant. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The known name nearest to a misspelt one: equal but for case, dashes and underscores, or at most two slips away (one
     * for names of up to four letters); a letter too many, too few, another one or two swapped is one slip.
     *
     * @return empty where none is near; of several equally near the first
     */
    public static Optional<String> closest(String misspelt, Collection<String> known) {
        var wanted = plain(misspelt);
        String best = null;
        var bestSlips = wanted.length() <= 4 ? 2 : 3;
        for (var name : known) {
            var slips = slips(wanted, plain(name), bestSlips);
            if (slips < bestSlips) {
                best = name;
                bestSlips = slips;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Optimal string alignment distance, at most {@code limit}. */
    private static int slips(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit || a.length() > 100) {
            return limit;
        }
        var d = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
