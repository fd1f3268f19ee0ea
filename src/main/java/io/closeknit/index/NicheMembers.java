package io.closeknit.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Which niches each creator of a chunk is in, those above her own included: what the niche facet counts. A niche of many is
 * a set of bits; the others are listed creator by creator, so that few who pass are counted by their own lists, and of many
 * only those who do not pass are looked at and taken off the totals. Immutable.
 */
final class NicheMembers {
    private static final VarHandle ENTRY = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle ENTRIES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Entries that are copied at once, four to a long, whether a list is as long or not. */
    private static final int AT_ONCE = 8;

    /** Not a set of bits: the niche is in the lists. */
    private static final int LISTED = -1;

    private final int[] keys;
    /** All who are in the niche, by index of {@link #keys}. */
    private final int[] totals;
    /** Where its set begins in {@link #sets}, {@link #LISTED} where the niche is listed by creator. */
    private final int[] setAt;

    private final long[] sets;
    /** Indexes of {@link #keys} as chars, creator by creator; then room for {@value #AT_ONCE} more. */
    private final byte[] lists;
    /** Where the lists of every 64 creators begin. */
    private final int[] from;
    /** By creator, how far behind that her list ends. */
    private final char[] ends;

    private NicheMembers(int[] keys, int[] totals, int[] setAt, long[] sets, byte[] lists, int[] from, char[] ends) {
        this.keys = keys;
        this.totals = totals;
        this.setAt = setAt;
        this.sets = sets;
        this.lists = lists;
        this.from = from;
        this.ends = ends;
    }

    int size() {
        return keys.length;
    }

    int key(int index) {
        return keys[index];
    }

    /** A thread's workspace, and what was counted last. */
    static final class Work {
        /** By index of a niche, how many of the mask are in it. */
        int[] found = {};

        private byte[] copied = {};

        private void reserve(NicheMembers of) {
            if (found.length < of.keys.length) {
                found = new int[of.keys.length];
            }
            if (copied.length < of.lists.length) {
                copied = new byte[of.lists.length];
            }
        }
    }

    /**
     * Counts those in the mask.
     *
     * @param creators how many are in the mask
     */
    void count(long[] mask, int creators, Work work) {
        work.reserve(this);
        var found = work.found;
        var others = creators * 2 > ends.length;
        if (others) {
            System.arraycopy(totals, 0, found, 0, keys.length);
        } else {
            Arrays.fill(found, 0, keys.length, 0);
        }
        var words = BitWords.words(ends.length);
        var copied = 0;
        for (var w = 0; w < words; w++) {
            // Bits past the last creator are 0 in the mask, but not in what is not in the mask.
            var end = Math.min(64, ends.length - (w << 6));
            var looked = (others ? ~mask[w] : mask[w]) & -1L >>> 64 - end;
            copied = looked == 0 ? copied : copyLists(w, looked, work.copied, copied);
        }
        var step = others ? -1 : 1;
        for (var i = 0; i < copied; i += Character.BYTES) {
            found[(char) ENTRY.get(work.copied, i)] += step;
        }
        for (var i = 0; i < setAt.length; i++) {
            if (setAt[i] != LISTED) {
                found[i] = BitWords.countBoth(sets, setAt[i], mask, words);
            }
        }
    }

    /**
     * Copies the lists of a word's creators next to each other. Lists are short and of all lengths: a loop over each would
     * cost more in wrongly foreseen ends than in work.
     *
     * @param at where to copy to, in bytes
     * @return where the last one ends
     */
    private int copyLists(int word, long looked, byte[] into, int at) {
        var base = from[word];
        for (var left = looked; left != 0; left &= left - 1) {
            var bit = Long.numberOfTrailingZeros(left);
            var creator = (word << 6) + bit;
            var begin = base + (bit == 0 ? 0 : ends[creator - 1]);
            var length = base + ends[creator] - begin;
            begin *= Character.BYTES;
            ENTRIES.set(into, at, (long) ENTRIES.get(lists, begin));
            ENTRIES.set(into, at + Long.BYTES, (long) ENTRIES.get(lists, begin + Long.BYTES));
            if (length > AT_ONCE) {
                System.arraycopy(lists, begin, into, at, length * Character.BYTES);
            }
            at += length * Character.BYTES;
        }
        return at;
    }

    long bytes() {
        return 12L * keys.length + 4L * from.length + lists.length + 2L * ends.length + 8L * sets.length;
    }

    /** Gathers who is in what, creators ascending. */
    static final class Builder {
        /** The lists of 64 creators end within a char. */
        static final int MOST = Character.MAX_VALUE / 64;

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
            var setAt = new int[used];
            var setWords = 0;
            var index = new int[highest + 1];
            var words = BitWords.words(all);
            var next = 0;
            for (var niche = 0; niche <= highest; niche++) {
                if (counts[niche] > 0) {
                    keys[next] = niche;
                    totals[next] = counts[niche];
                    setAt[next] = LISTED;
                    if (counts[niche] * 2 > words * Long.BYTES) { // as large as its entries in lists
                        setAt[next] = setWords;
                        setWords += words;
                    }
                    index[niche] = next++;
                }
            }
            var ends = new char[all];
            var sets = new long[setWords];
            var lists = new byte[(size + AT_ONCE) * Character.BYTES];
            var listed = 0;
            for (var i = 0; i < size; i++) {
                var at = index[niches[i]];
                if (setAt[at] != LISTED) {
                    sets[setAt[at] + (creators[i] >> 6)] |= 1L << creators[i];
                } else {
                    ENTRY.set(lists, listed * Character.BYTES, (char) at);
                    listed++;
                    ends[creators[i]]++;
                }
            }
            var from = new int[words];
            for (int creator = 0, before = 0; creator < all; creator++) {
                if ((creator & 63) == 0) {
                    from[creator >> 6] = before;
                }
                before += ends[creator];
                ends[creator] = (char) (before - from[creator >> 6]);
            }
            lists = Arrays.copyOf(lists, (listed + AT_ONCE) * Character.BYTES);
            return new NicheMembers(keys, totals, setAt, sets, lists, from, ends);
        }
    }
}
