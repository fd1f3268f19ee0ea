package io.closeknit.importing;

import java.util.Locale;
import java.util.Optional;

/** What the figures of a column are: the API's {@code unit}. */
enum Unit {
    COUNT,
    FRACTION,
    PERCENT;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Unit> ofKey(String key) {
        for (var unit : values()) {
            if (unit.key().equals(key)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }
}
