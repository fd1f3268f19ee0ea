package io.closeknit.importing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param undo how long an import can be rolled back after it began, such as {@code 365d}; at least a week */
@ConfigurationProperties("closeknit.importing")
record ImportProperties(@DefaultValue("365d") Duration undo) {
    private static final Duration SHORTEST = Duration.ofDays(7);

    ImportProperties {
        if (undo.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("closeknit.importing.undo must be at least 7d but is " + undo);
        }
    }
}
