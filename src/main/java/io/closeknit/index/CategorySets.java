package io.closeknit.index;

import java.util.Arrays;

/**
 * The creators of a chunk by category: those of many as bits, those of few as a list. What facets count and filters by
 * choice let through. Immutable.
 */
final class CategorySets {
    private final int[] keys;
    private final int[] sizes;
    private final Object[] sets; // long[] or char[]

    private CategorySets(int[] keys, int[] sizes, Object[] sets) {
        this.keys = keys;
        this.sizes = sizes;
        this.sets = sets;
    }

    int size() {
        return keys.length;
    }

    int key(int index) {
        return keys[index];
    }

    /** How many are in the category. */
    int size(int index) {
        return sizes[index];
    }

    /** The index of a category, negative where nobody is in it. */
    int index(int key) {
        return Arrays.binarySearch(keys, key);
    }

    /** How many of the category are in the mask. @param all whether everybody is */
    int count(int index, long[] mask, boolean all) {
        if (all) {
            return sizes[index];
        }
        if (sets[index] instanceof long[] bits) {
            return BitWords.countBoth(bits, mask, bits.length);
        }
        var count = 0;
        for (var place : (char[]) sets[index]) {
            count += (int) (mask[place >>> 6] >>> place & 1);
        }
        return count;
    }

    /** Adds those of the category. */
    void addTo(int index, long[] set) {
        if (sets[index] instanceof long[] bits) {
            BitWords.or(set, bits, bits.length);
        } else {
            for (var place : (char[]) sets[index]) {
                BitWords.set(set, place);
            }
        }
    }

    long bytes() {
        var sum = 8L * keys.length + 4L * sets.length;
        for (var set : sets) {
            sum += 16 + (set instanceof long[] bits ? 8L * bits.length : 2L * ((char[]) set).length);
        }
        return sum;
    }

    /** Gathers who belongs where, places ascending. */
    static final class Builder {
        private int[] keys = new int[64];
        private char[] places = new char[64];
        private int size;
        private int highest = -1;

        void add(int key, int place) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                places = Arrays.copyOf(places, size * 2);
            }
            keys[size] = key;
            places[size++] = (char) place;
            highest = Math.max(highest, key);
        }

        /** @param places in the chunk */
        CategorySets build(int creators) {
            var counts = new int[highest + 1];
            for (var i = 0; i < size; i++) {
                counts[keys[i]]++;
            }
            var used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
            var slices = new int[used];
            var sizes = new int[used];
            var sets = new Object[used];
            var index = new int[highest + 1];
            var next = 0;
            var words = BitWords.words(creators);
            for (var key = 0; key <= highest; key++) {
                if (counts[key] > 0) {
                    slices[next] = key;
                    sizes[next] = counts[key];
                    sets[next] = counts[key] * 2 > words * 8 ? new long[words] : new char[counts[key]];
                    index[key] = next++;
                }
            }
            var filled = new int[used];
            for (var i = 0; i < size; i++) {
                var at = index[keys[i]];
                if (sets[at] instanceof long[] bits) {
                    BitWords.set(bits, places[i]);
                } else {
                    ((char[]) sets[at])[filled[at]++] = places[i];
                }
            }
            return new CategorySets(slices, sizes, sets);
        }
    }
}
