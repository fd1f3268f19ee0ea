package io.closeknit.index;

import java.util.Arrays;

/**
 * The mentions of a chunk's creators, creator by creator in the order of their rows, and which are of a brand or about a
 * niche. Immutable.
 */
final class MentionColumns {
    /** Not dated. */
    static final short NO_DAY = -1;

    /** Addresses of posts that one creator's mentions can be told apart by. */
    static final int MOST_POSTS = 63;

    final int size;
    final char[] creator;
    /** Epoch day. */
    final short[] day;
    /** Twice two bits: whether it was paid, as in the row; then the number of the post, 0 where it has no address. */
    final byte[] paidAndPost;
    /** Hashes, ascending. */
    private final long[] brands;
    /** The mentions of each brand, and where they begin and end by index of {@link #brands}. */
    private final char[] byBrand;

    private final char[] brandFrom;

    /** Niches of mentions that, as these statistics' day is, can show that somebody believes in a category; ascending. */
    private final int[] niches;

    private final char[] byNiche;
    private final char[] nicheFrom;

    private MentionColumns(Builder from, Statistics statistics) {
        size = from.size;
        creator = Arrays.copyOf(from.creator, size);
        day = Arrays.copyOf(from.day, size);
        paidAndPost = Arrays.copyOf(from.paidAndPost, size);
        brands = Arrays.stream(from.brand, 0, size).sorted().distinct().toArray();
        var brandOf = new int[size];
        for (var i = 0; i < size; i++) {
            brandOf[i] = Arrays.binarySearch(brands, from.brand[i]);
        }
        brandFrom = begins(brandOf, brands.length);
        byBrand = sorted(brandOf, brandFrom);
        var said = new int[size];
        for (var i = 0; i < size; i++) {
            said[i] = CompiledBrief.canShowCategory(day[i], paid(i), statistics) ? from.niche[i] : -1;
        }
        niches = Arrays.stream(said)
                .filter(niche -> niche >= 0)
                .sorted()
                .distinct()
                .toArray();
        var nicheOf = new int[size];
        for (var i = 0; i < size; i++) {
            nicheOf[i] = said[i] < 0 ? -1 : Arrays.binarySearch(niches, said[i]);
        }
        nicheFrom = begins(nicheOf, niches.length);
        byNiche = sorted(nicheOf, nicheFrom);
    }

    /** Where each category's mentions begin in the order of categories. @param of category by mention, negative for none */
    private static char[] begins(int[] of, int categories) {
        var from = new char[categories + 1];
        for (var category : of) {
            if (category >= 0) {
                from[category + 1]++;
            }
        }
        for (var category = 0; category < categories; category++) {
            from[category + 1] += from[category];
        }
        return from;
    }

    private static char[] sorted(int[] of, char[] from) {
        var next = from.clone();
        var sorted = new char[from[from.length - 1]];
        for (var mention = 0; mention < of.length; mention++) {
            if (of[mention] >= 0) {
                sorted[next[of[mention]]++] = (char) mention;
            }
        }
        return sorted;
    }

    /** Adds the mentions of the brand to a set of mentions. */
    void addOfBrand(long brand, long[] set) {
        var at = Arrays.binarySearch(brands, brand);
        if (at >= 0) {
            add(byBrand, brandFrom[at], brandFrom[at + 1], set);
        }
    }

    /** Adds the mentions that are about one of the niches and can show something by that. @param wanted by niche */
    void addOfNiches(boolean[] wanted, long[] set) {
        for (var at = 0; at < niches.length && niches[at] < wanted.length; at++) {
            if (wanted[niches[at]]) {
                add(byNiche, nicheFrom[at], nicheFrom[at + 1], set);
            }
        }
    }

    private static void add(char[] mentions, int from, int to, long[] set) {
        for (var i = from; i < to; i++) {
            BitWords.set(set, mentions[i]);
        }
    }

    int paid(int mention) {
        return paidAndPost[mention] & 3;
    }

    int post(int mention) {
        return (paidAndPost[mention] & 0xff) >>> 2;
    }

    long bytes() {
        return 5L * size
                + 8L * brands.length
                + 2L * (byBrand.length + brandFrom.length + byNiche.length + nicheFrom.length)
                + 4L * niches.length;
    }

    /** Gathers mentions. */
    static final class Builder {
        private int size;
        private char[] creator = new char[64];
        private long[] brand = new long[64];
        private int[] niche = new int[64];
        private short[] day = new short[64];
        private byte[] paidAndPost = new byte[64];

        /** Whether a row's mentions can be told by the columns, with so many more. */
        boolean fits(CreatorRow row) {
            if (size + row.mentionCount > Character.MAX_VALUE) {
                return false;
            }
            for (var i = 0; i < row.mentionCount; i++) {
                var dated = row.mentionDay[i] != CreatorRow.NO_DAY;
                if (dated && (row.mentionDay[i] < 0 || row.mentionDay[i] > Short.MAX_VALUE)
                        || post(row, i) > MOST_POSTS) {
                    return false;
                }
            }
            return true;
        }

        /** Equal addresses have equal numbers, from 1 on; 0 has none. */
        private static int post(CreatorRow row, int mention) {
            if (row.mentionUrl[mention] == 0) {
                return 0;
            }
            var number = 1;
            for (var i = 0; i < mention; i++) {
                if (row.mentionUrl[i] == row.mentionUrl[mention]) {
                    return number; // the first with the address has counted those before it
                }
                number++;
            }
            return number;
        }

        void add(int place, CreatorRow row) {
            for (var i = 0; i < row.mentionCount; i++) {
                if (size == creator.length) {
                    creator = Arrays.copyOf(creator, size * 2);
                    brand = Arrays.copyOf(brand, size * 2);
                    niche = Arrays.copyOf(niche, size * 2);
                    day = Arrays.copyOf(day, size * 2);
                    paidAndPost = Arrays.copyOf(paidAndPost, size * 2);
                }
                creator[size] = (char) place;
                brand[size] = row.mentionBrand[i];
                niche[size] = row.mentionNiche[i];
                day[size] = row.mentionDay[i] == CreatorRow.NO_DAY ? NO_DAY : (short) row.mentionDay[i];
                paidAndPost[size++] = (byte) (row.mentionPaid[i] | post(row, i) << 2);
            }
        }

        /** @param statistics whose day decides which mentions are recent */
        MentionColumns build(Statistics statistics) {
            return new MentionColumns(this, statistics);
        }
    }
}
