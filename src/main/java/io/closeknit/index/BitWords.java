package io.closeknit.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Sets of the creators of a chunk as bits, 64 to a word; bits past the last creator are 0. */
final class BitWords {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Moves the lowest bits of eight bytes next to each other, into the uppermost byte. */
    private static final long GATHER = 0x0102040810204080L;

    private static final long LOWEST_BITS = 0x0101010101010101L;

    private BitWords() {}

    static int words(int bits) {
        return (bits + 63) >>> 6;
    }

    static boolean get(long[] set, int bit) {
        return (set[bit >>> 6] >>> bit & 1) != 0;
    }

    static void set(long[] set, int bit) {
        set[bit >>> 6] |= 1L << bit;
    }

    /** Sets the bits that are listed from one index of the list to before another. */
    static void setAll(long[] set, char[] list, int from, int to) {
        for (var i = from; i < to; i++) {
            set(set, list[i]);
        }
    }

    static void clear(long[] set, int bit) {
        set[bit >>> 6] &= ~(1L << bit);
    }

    static void put(long[] set, int bit, boolean value) {
        if (value) {
            set(set, bit);
        } else {
            clear(set, bit);
        }
    }

    static int count(long[] set, int words) {
        var count = 0;
        for (var w = 0; w < words; w++) {
            count += Long.bitCount(set[w]);
        }
        return count;
    }

    static int countBoth(long[] a, long[] b, int words) {
        var count = 0;
        for (var w = 0; w < words; w++) {
            count += Long.bitCount(a[w] & b[w]);
        }
        return count;
    }

    /** How many are in both. @param from where the first set begins */
    static int countBoth(long[] a, int from, long[] b, int words) {
        var count = 0;
        for (var w = 0; w < words; w++) {
            count += Long.bitCount(a[from + w] & b[w]);
        }
        return count;
    }

    static void or(long[] into, long[] set, int words) {
        for (var w = 0; w < words; w++) {
            into[w] |= set[w];
        }
    }

    static void andNot(long[] into, long[] set, int words) {
        for (var w = 0; w < words; w++) {
            into[w] &= ~set[w];
        }
    }

    /** All of the first bits. */
    static void fill(long[] set, int bits) {
        var whole = bits >>> 6;
        for (var w = 0; w < set.length; w++) {
            set[w] = w < whole ? -1L : 0;
        }
        if ((bits & 63) != 0) {
            set[whole] = (1L << bits) - 1;
        }
    }

    /**
     * Sets the bits of those whose byte has a bit.
     *
     * @param bytes as many as the words have bits
     * @param shift number of the bit within each byte
     */
    static void pack(byte[] bytes, int shift, long[] into, int words) {
        for (var w = 0; w < words; w++) {
            var word = 0L;
            for (var part = 0; part < 8; part++) {
                var eight = (long) EIGHT_BYTES.get(bytes, (w << 6) + (part << 3)) >>> shift & LOWEST_BITS;
                word |= (eight * GATHER >>> 56) << (part << 3);
            }
            into[w] = word;
        }
    }
}
