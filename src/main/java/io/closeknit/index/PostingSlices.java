package io.closeknit.index;

import java.util.Arrays;

/**
 * Who has what, by key: for each key of a chunk the places (of creators or accounts, ascending) that have it, each with a
 * figure. Immutable.
 */
final class PostingSlices {
    private static final int NONE = -1;

    private final int[] keys;
    private final int[] from;
    private final char[] places;
    private final short[] figures;
    private final byte[] shares;
    private final float[] amounts;

    private PostingSlices(int[] keys, int[] from, char[] places, short[] figures, byte[] shares, float[] amounts) {
        this.keys = keys;
        this.from = from;
        this.places = places;
        this.figures = figures;
        this.shares = shares;
        this.amounts = amounts;
    }

    /** The number of keys; they ascend. */
    int size() {
        return keys.length;
    }

    int key(int slice) {
        return keys[slice];
    }

    /** The slice of a key, negative where nobody has it. */
    int slice(int key) {
        return Arrays.binarySearch(keys, key);
    }

    int from(int slice) {
        return from[slice];
    }

    int to(int slice) {
        return from[slice + 1];
    }

    int place(int posting) {
        return places[posting];
    }

    float amount(int posting) {
        return amounts[posting];
    }

    /** Adds each figure to the power of 3/2, times the factor, to the sum at its place. */
    void addBent(int slice, float factor, float[] sums) {
        var end = from[slice + 1];
        for (var i = from[slice]; i < end; i++) {
            float figure = figures[i];
            sums[places[i]] += figure * (float) Math.sqrt(figure) * factor;
        }
    }

    /** Adds each share, in 255ths, to the sum at its place. */
    void addShares(int slice, int[] sums) {
        var end = from[slice + 1];
        for (var i = from[slice]; i < end; i++) {
            sums[places[i]] += shares[i] & 0xff;
        }
    }

    /** Adds the places that have the slice's key to a set. */
    void addTo(int slice, long[] set) {
        for (var i = from[slice]; i < from[slice + 1]; i++) {
            BitWords.set(set, places[i]);
        }
    }

    long bytes() {
        return 4L * keys.length
                + 4L * from.length
                + 2L * places.length
                + 2L * figures.length
                + shares.length
                + 4L * amounts.length;
    }

    /** Gathers postings, places ascending. */
    static final class Builder {
        private int[] keys = new int[64];
        private char[] places = new char[64];
        private float[] figures = new float[64];
        private int size;
        private int highest = NONE;

        void add(int key, int place, float figure) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                places = Arrays.copyOf(places, size * 2);
                figures = Arrays.copyOf(figures, size * 2);
            }
            keys[size] = key;
            places[size] = (char) place;
            figures[size++] = figure;
            highest = Math.max(highest, key);
        }

        void clear() {
            size = 0;
            highest = NONE;
        }

        /** With figures that are whole numbers up to 32,767. */
        PostingSlices withFigures() {
            return build(Kind.FIGURES);
        }

        /** With shares in 255ths. */
        PostingSlices withShares() {
            return build(Kind.SHARES);
        }

        PostingSlices withAmounts() {
            return build(Kind.AMOUNTS);
        }

        private enum Kind {
            FIGURES,
            SHARES,
            AMOUNTS
        }

        private PostingSlices build(Kind kind) {
            var next = new int[highest + 2];
            for (var i = 0; i < size; i++) {
                next[keys[i] + 1]++;
            }
            var used = 0;
            for (var key = 0; key <= highest; key++) {
                used += next[key + 1] > 0 ? 1 : 0;
            }
            var slices = new int[used];
            var from = new int[used + 1];
            var slice = 0;
            for (var key = 0; key <= highest; key++) {
                if (next[key + 1] > 0) {
                    slices[slice] = key;
                    from[slice + 1] = from[slice++] + next[key + 1];
                }
                next[key + 1] += next[key];
            }
            var sorted = new char[size];
            var figure = new short[kind == Kind.FIGURES ? size : 0];
            var share = new byte[kind == Kind.SHARES ? size : 0];
            var amount = new float[kind == Kind.AMOUNTS ? size : 0];
            for (var i = 0; i < size; i++) {
                var at = next[keys[i]]++;
                sorted[at] = places[i];
                switch (kind) {
                    case FIGURES -> figure[at] = (short) figures[i];
                    case SHARES -> share[at] = (byte) (int) figures[i];
                    case AMOUNTS -> amount[at] = figures[i];
                }
            }
            return new PostingSlices(slices, from, sorted, figure, share, amount);
        }
    }
}
