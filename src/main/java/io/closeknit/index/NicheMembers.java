package io.closeknit.index;

import java.util.Arrays;

/**
 * Which niches each creator of a chunk is in, those above her own included: what the niche facet counts. A niche of many is
 * a set of bits; the others are listed creator by creator, so that few who pass are counted by their own lists, and of many
 * only those who do not pass are looked at and taken off the totals. Immutable.
 */
final class NicheMembers {
    /** Creators in a step of {@link #from}. */
    private static final int STEP = 8;

    private static final long[] NONE = {};

    private final int[] keys;
    /** All who are in the niche, by index of {@link #keys}. */
    private final int[] totals;
    /** Empty where the niche is listed by creator. */
    private final long[][] bits;
    /** Indexes of {@link #keys}, creator by creator. */
    private final char[] lists;
    /** Where the lists of every {@value #STEP} creators begin, and where the last one ends. */
    private final int[] from;
    /** How long a creator's list is. */
    private final byte[] lengths;

    private NicheMembers(int[] keys, int[] totals, long[][] bits, char[] lists, int[] from, byte[] lengths) {
        this.keys = keys;
        this.totals = totals;
        this.bits = bits;
        this.lists = lists;
        this.from = from;
        this.lengths = lengths;
    }

    int size() {
        return keys.length;
    }

    int key(int index) {
        return keys[index];
    }

    /**
     * Counts those in the mask.
     *
     * @param creators how many are in the mask
     * @param into overwritten: by index of a niche, how many of the mask are in it
     */
    void count(long[] mask, int creators, int[] into) {
        var others = creators * 2 > lengths.length;
        if (others) {
            System.arraycopy(totals, 0, into, 0, keys.length);
        } else {
            Arrays.fill(into, 0, keys.length, 0);
        }
        for (var w = 0; w < BitWords.words(lengths.length); w++) {
            // Bits past the last creator are 0 in the mask, but not in what is not in the mask.
            var end = Math.min(64, lengths.length - (w << 6));
            var looked = (others ? ~mask[w] : mask[w]) & -1L >>> 64 - end;
            if (looked != 0) {
                countLists(w << 6, looked, others ? -1 : 1, into);
            }
        }
        for (var i = 0; i < bits.length; i++) {
            if (bits[i].length > 0) {
                into[i] = BitWords.countBoth(bits[i], mask, bits[i].length);
            }
        }
    }

    private void countLists(int first, long looked, int step, int[] into) {
        for (var left = looked; left != 0; left &= left - 1) {
            var creator = first + Long.numberOfTrailingZeros(left);
            var i = from[creator / STEP];
            for (var before = creator & -STEP; before < creator; before++) {
                i += lengths[before] & 0xff;
            }
            for (var end = i + (lengths[creator] & 0xff); i < end; i++) {
                into[lists[i]] += step;
            }
        }
    }

    long bytes() {
        var sum = 8L * keys.length + 4L * from.length + 2L * lists.length + lengths.length + 8L * bits.length;
        for (var set : bits) {
            sum += set.length == 0 ? 0 : 16 + 8L * set.length;
        }
        return sum;
    }

    /** Gathers who is in what, creators ascending. */
    static final class Builder {
        /** A list's length is a byte. */
        static final int MOST = 255;

        private char[] niches = new char[64];
        private char[] creators = new char[64];
        private int size;
        private int highest = -1;

        /** @param creator not lower than the one before; each niche once */
        void add(int niche, int creator) {
            if (size == niches.length) {
                niches = Arrays.copyOf(niches, size * 2);
                creators = Arrays.copyOf(creators, size * 2);
            }
            niches[size] = (char) niche;
            creators[size++] = (char) creator;
            highest = Math.max(highest, niche);
        }

        NicheMembers build(int all) {
            var counts = new int[highest + 1];
            for (var i = 0; i < size; i++) {
                counts[niches[i]]++;
            }
            var used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
            var keys = new int[used];
            var totals = new int[used];
            var bits = new long[used][];
            var index = new int[highest + 1];
            var words = BitWords.words(all);
            var next = 0;
            for (var niche = 0; niche <= highest; niche++) {
                if (counts[niche] > 0) {
                    keys[next] = niche;
                    totals[next] = counts[niche];
                    // As large as a list's entries, and much faster to count.
                    bits[next] = counts[niche] * 2 > words * Long.BYTES ? new long[words] : NONE;
                    index[niche] = next++;
                }
            }
            var lengths = new byte[all];
            var lists = new char[size];
            var listed = 0;
            for (var i = 0; i < size; i++) {
                var at = index[niches[i]];
                if (bits[at].length > 0) {
                    BitWords.set(bits[at], creators[i]);
                } else {
                    lists[listed++] = (char) at;
                    lengths[creators[i]]++;
                }
            }
            var from = new int[all / STEP + 2];
            for (int creator = 0, before = 0; creator < all; creator++) {
                before += lengths[creator] & 0xff;
                from[creator / STEP + 1] = before;
            }
            return new NicheMembers(keys, totals, bits, Arrays.copyOf(lists, listed), from, lengths);
        }
    }
}
