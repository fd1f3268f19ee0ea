package io.closeknit.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A field of a sent object: not there at all, there with a value, or there as null, which clears what is stored.
 *
 * @param present whether the field was sent
 * @param value null where it was not sent, or sent as null
 */
record Sent<T>(boolean present, @Nullable T value) {
    private static final Sent<?> ABSENT = new Sent<>(false, null);

    @SuppressWarnings("unchecked") // holds no value
    static <T> Sent<T> absent() {
        return (Sent<T>) ABSENT;
    }

    static <T> Sent<T> of(@Nullable T value) {
        return new Sent<>(true, value);
    }

    /** What stands afterwards. */
    @Nullable
    T over(@Nullable T stored) {
        return present ? value : stored;
    }

    /** What stands afterwards where the sent value is the older one: it only fills a gap. */
    @Nullable
    T under(@Nullable T stored) {
        return stored == null ? value : stored;
    }
}
