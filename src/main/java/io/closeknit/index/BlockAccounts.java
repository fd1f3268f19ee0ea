package io.closeknit.index;

import java.util.Arrays;

/**
 * Which accounts of a chunk's creators a brief looks at: the main account of each, and who has another number of them than
 * one. Reusable; for one thread.
 */
final class BlockAccounts {
    static final int NONE = -1;

    private final int platforms;
    private int[] counted = new int[8];
    private int countedSize;
    /** Creators whose columns say nothing of the brief's accounts alone. */
    final long[] special = new long[BitWords.words(ColumnBlock.CHUNK)];

    @SuppressWarnings("NullAway.Init") // look() comes first
    private ColumnChunk chunk;

    /** @param platforms bit by ordinal; -1: all */
    @SuppressWarnings("NullAway.Init")
    BlockAccounts(int platforms) {
        this.platforms = platforms;
    }

    boolean areAll() {
        return platforms == -1;
    }

    boolean isOn(int account) {
        return (platforms >> chunk.platform(account) & 1) != 0;
    }

    void look(ColumnChunk at) {
        chunk = at;
        Arrays.fill(special, 0);
        if (!areAll()) {
            for (var i = 0; i < at.platforms.size(); i++) {
                if ((platforms >> at.platforms.key(i) & 1) == 0) {
                    at.platforms.addTo(i, special);
                }
            }
        }
        for (var creator : at.several) {
            BitWords.set(special, creator);
        }
    }

    /** The creator's main account, {@link #NONE} where none is on the brief's platforms. */
    int main(int creator) {
        if (isOn(creator)) {
            return creator;
        }
        var i = Arrays.binarySearch(chunk.several, (char) creator);
        if (i >= 0) {
            for (var other = (int) chunk.severalFrom[i]; other < chunk.severalFrom[i + 1]; other++) {
                if (isOn(other)) {
                    return other;
                }
            }
        }
        return NONE;
    }

    /** The account that stands for her where peers are looked up: the main one, else the first. */
    int shown(int creator) {
        var own = main(creator);
        return own == NONE ? creator : own;
    }

    /** Gathers the creator's accounts on the brief's platforms, to be read with {@link #count} and {@link #get}. */
    void gather(int creator) {
        countedSize = 0;
        if (isOn(creator)) {
            counted[countedSize++] = creator;
        }
        var i = Arrays.binarySearch(chunk.several, (char) creator);
        if (i >= 0) {
            for (var other = (int) chunk.severalFrom[i]; other < chunk.severalFrom[i + 1]; other++) {
                if (isOn(other)) {
                    counted = countedSize == counted.length ? Arrays.copyOf(counted, countedSize * 2) : counted;
                    counted[countedSize++] = other;
                }
            }
        }
    }

    int count() {
        return countedSize;
    }

    int get(int i) {
        return counted[i];
    }
}
