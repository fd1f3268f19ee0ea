package io.closeknit.importing;

import org.jspecify.annotations.Nullable;

/**
 * One record as it stands in the file, not yet understood.
 *
 * @param line where it begins, counted from 1
 * @param text as it came, without the line break at the end; the beginning of it where it is too long
 * @param problem a sentence that says why it cannot be understood; null where it may be
 */
record RawRecord(long line, String text, @Nullable String problem) {
    /** Longer records are refused, so that one field of 50 MB costs a sentence and not the memory. In characters. */
    static final int LIMIT = 1_000_000;

    /** How much of a record that is too long is kept to show. In characters. */
    static final int KEPT = 1_000;
}
