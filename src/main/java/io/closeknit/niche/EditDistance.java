package io.closeknit.niche;

/** Typos between two words: letters missing, too many, wrong, or two neighbours the wrong way round. */
final class EditDistance {
    private EditDistance() {}

    /**
     * The distance in optimal string alignment.
     *
     * @param limit where the distance is above it, anything above it may be returned
     */
    static int between(String one, String other, int limit) {
        var beforeLast = new int[other.length() + 1];
        var last = new int[other.length() + 1];
        var current = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            current[0] = i;
            var smallest = i;
            for (var j = 1; j <= other.length(); j++) {
                var wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                var cost = Math.min(Math.min(last[j] + 1, current[j - 1] + 1), last[j - 1] + wrong);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                current[j] = cost;
                smallest = Math.min(smallest, cost);
            }
            if (smallest > limit) {
                return limit + 1;
            }
            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }
        return last[other.length()];
    }
}
