package io.closeknit.index;

import java.util.Arrays;

/** The mentions of a chunk's creators, creator by creator in the order of their rows. Immutable. */
final class MentionColumns {
    /** No category. */
    static final char NO_NICHE = Character.MAX_VALUE;

    /** Not dated. */
    static final short NO_DAY = -1;

    /** Addresses of posts that one creator's mentions can be told apart by. */
    static final int MOST_POSTS = 63;

    final int size;
    final char[] creator;
    /** Index in {@link #brands}. */
    final char[] brand;

    final char[] niche;
    /** Epoch day. */
    final short[] day;
    /** Twice two bits: whether it was paid, as in the row; then the number of the post, 0 where it has no address. */
    final byte[] paidAndPost;
    /** Hashes, ascending. */
    final long[] brands;

    private MentionColumns(Builder from) {
        size = from.size;
        creator = Arrays.copyOf(from.creator, size);
        niche = Arrays.copyOf(from.niche, size);
        day = Arrays.copyOf(from.day, size);
        paidAndPost = Arrays.copyOf(from.paidAndPost, size);
        brands = Arrays.stream(from.brand, 0, size).sorted().distinct().toArray();
        brand = new char[size];
        for (var i = 0; i < size; i++) {
            brand[i] = (char) Arrays.binarySearch(brands, from.brand[i]);
        }
    }

    int paid(int mention) {
        return paidAndPost[mention] & 3;
    }

    int post(int mention) {
        return (paidAndPost[mention] & 0xff) >>> 2;
    }

    long bytes() {
        return 9L * size + 8L * brands.length;
    }

    /** Gathers mentions. */
    static final class Builder {
        private int size;
        private char[] creator = new char[64];
        private long[] brand = new long[64];
        private char[] niche = new char[64];
        private short[] day = new short[64];
        private byte[] paidAndPost = new byte[64];

        /** Whether a row's mentions can be told by the columns, with so many more. */
        boolean fits(CreatorRow row) {
            if (size + row.mentionCount > Character.MAX_VALUE) {
                return false;
            }
            for (var i = 0; i < row.mentionCount; i++) {
                var dated = row.mentionDay[i] != CreatorRow.NO_DAY;
                if (row.mentionNiche[i] >= NO_NICHE
                        || dated && (row.mentionDay[i] < 0 || row.mentionDay[i] > Short.MAX_VALUE)
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
                niche[size] = row.mentionNiche[i] < 0 ? NO_NICHE : (char) row.mentionNiche[i];
                day[size] = row.mentionDay[i] == CreatorRow.NO_DAY ? NO_DAY : (short) row.mentionDay[i];
                paidAndPost[size++] = (byte) (row.mentionPaid[i] | post(row, i) << 2);
            }
        }

        MentionColumns build() {
            return new MentionColumns(this);
        }
    }
}
