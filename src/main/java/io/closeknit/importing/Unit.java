package io.closeknit.importing;

import java.util.Locale;
import java.util.Optional;

/** What the figures of a column are: the API's {@code unit}. */
enum Unit {
    COUNT,
    FRACTION,
    PERCENT,
    /** Of dates: {@code 3/11/2026} is in November. */
    DAY_FIRST,
    /** Of dates: {@code 3/11/2026} is in March. */
    MONTH_FIRST;

    String key() {
        return switch (this) {
            case DAY_FIRST -> "dayFirst";
            case MONTH_FIRST -> "monthFirst";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    boolean isOf(ImportField.Kind kind) {
        return switch (this) {
            case DAY_FIRST, MONTH_FIRST -> kind == ImportField.Kind.DATE;
            case FRACTION, PERCENT -> kind == ImportField.Kind.SHARE;
            case COUNT -> kind != ImportField.Kind.SHARE && kind != ImportField.Kind.DATE;
        };
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
