package io.closeknit.index;

import java.util.Arrays;

/**
 * The mentions of a chunk's creators, brand by brand, and beside them those that are about a niche, niche by niche: who
 * reads those of a brand or a niche finds all that is needed in one place. Immutable.
 */
final class MentionColumns {
    /** Not dated. */
    static final short NO_DAY = -1;

    /** Addresses of posts that one creator's mentions can be told apart by. */
    static final int MOST_POSTS = 63;

    // ---- by mention, in the order of brands
    final char[] creator;
    /** Epoch day. */
    final short[] day;
    /** Whether it was paid, as in the row. */
    private final byte[] paid;

    /** Hashes, ascending. */
    private final long[] brands;
    /** Where the mentions of each brand begin; then where the last one's end. */
    private final char[] brandFrom;

    /** Niches of mentions that, as these statistics' day is, can show that somebody believes in a category; ascending. */
    private final int[] niches;
    /** Where each niche's mentions begin: those not paid, then those paid of creators who have more of these. */
    private final char[] nicheFrom;

    // ---- by mention that is about a niche, in the order of niches
    private final char[] about;
    private final char[] creatorAbout;
    /** The number of the post, 0 where it has no address. */
    private final byte[] postAbout;

    private MentionColumns(Builder from, Statistics statistics) {
        var size = from.size;
        brands = Arrays.stream(from.brand, 0, size).sorted().distinct().toArray();
        var brandOf = new int[size];
        for (var i = 0; i < size; i++) {
            brandOf[i] = Arrays.binarySearch(brands, from.brand[i]);
        }
        brandFrom = begins(brandOf, brands.length);
        var byBrand = sorted(brandOf, brandFrom);
        creator = new char[size];
        day = new short[size];
        paid = new byte[size];
        var place = new char[size];
        for (var at = 0; at < size; at++) {
            creator[at] = from.creator[byBrand[at]];
            day[at] = from.day[byBrand[at]];
            paid[at] = (byte) from.paid(byBrand[at]);
            place[byBrand[at]] = (char) at;
        }

        var said = new int[size];
        for (var i = 0; i < size; i++) {
            said[i] = CompiledBrief.canShowCategory(from.day[i], from.paid(i), statistics) ? from.niche[i] : -1;
        }
        niches = Arrays.stream(said)
                .filter(niche -> niche >= 0)
                .sorted()
                .distinct()
                .toArray();
        var nicheOf = new int[size];
        for (var i = 0; i < size; i++) {
            nicheOf[i] = said[i] < 0 || from.isLonePaid(i, said)
                    ? -1
                    : 2 * Arrays.binarySearch(niches, said[i]) + (from.paid(i) == 0 ? 0 : 1);
        }
        nicheFrom = begins(nicheOf, 2 * niches.length);
        about = sorted(nicheOf, nicheFrom);
        creatorAbout = new char[about.length];
        postAbout = new byte[about.length];
        for (var at = 0; at < about.length; at++) {
            creatorAbout[at] = from.creator[about[at]];
            postAbout[at] = (byte) from.post(about[at]);
            about[at] = place[about[at]];
        }
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

    /** The index of a brand, negative where nobody mentions it. */
    int brand(long hash) {
        return Arrays.binarySearch(brands, hash);
    }

    /** @param brand an index; a negative one has no mentions */
    int fromOfBrand(int brand) {
        return brand < 0 ? 0 : brandFrom[brand];
    }

    int toOfBrand(int brand) {
        return brand < 0 ? 0 : brandFrom[brand + 1];
    }

    int paid(int mention) {
        return paid[mention];
    }

    /** The number of niches that mentions are about. */
    int niches() {
        return niches.length;
    }

    int niche(int index) {
        return niches[index];
    }

    int fromOfUnpaid(int niche) {
        return nicheFrom[2 * niche];
    }

    /** Where the mentions that were not paid for end and the others begin. */
    int toOfUnpaid(int niche) {
        return nicheFrom[2 * niche + 1];
    }

    int toOfPaid(int niche) {
        return nicheFrom[2 * niche + 2];
    }

    int creatorAbout(int i) {
        return creatorAbout[i];
    }

    byte postAbout(int i) {
        return postAbout[i];
    }

    /** Whether a mention that is about a niche is of one of the brands. */
    boolean isOfAny(int[] brands, int i) {
        for (var brand : brands) {
            if (about[i] >= brandFrom[brand] && about[i] < brandFrom[brand + 1]) {
                return true;
            }
        }
        return false;
    }

    long bytes() {
        return 5L * creator.length
                + 8L * brands.length
                + 4L * niches.length
                + 2L * (brandFrom.length + nicheFrom.length)
                + 5L * about.length;
    }

    /** Gathers mentions. */
    static final class Builder {
        private int size;
        private char[] creator = new char[64];
        private long[] brand = new long[64];
        private int[] niche = new int[64];
        private short[] day = new short[64];
        /** Two bits whether it was paid, as in the row; then the number of the post. */
        private byte[] paidAndPost = new byte[64];

        private int paid(int mention) {
            return paidAndPost[mention] & 3;
        }

        private int post(int mention) {
            return (paidAndPost[mention] & 0xff) >>> 2;
        }

        /** Whether a mention is paid, and its creator has no other that is and says something: one alone shows nothing. */
        private boolean isLonePaid(int mention, int[] said) {
            if (paid(mention) == 0) {
                return false;
            }
            var lone = true;
            for (var i = mention - 1; i >= 0 && creator[i] == creator[mention]; i--) {
                lone &= said[i] < 0 || paid(i) == 0;
            }
            for (var i = mention + 1; i < size && creator[i] == creator[mention]; i++) {
                lone &= said[i] < 0 || paid(i) == 0;
            }
            return lone;
        }

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
