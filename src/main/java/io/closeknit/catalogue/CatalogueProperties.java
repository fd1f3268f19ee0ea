package io.closeknit.catalogue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param retention how long a creator is kept about whom nothing new comes in, such as {@code 730d}; null: for good */
@ConfigurationProperties("closeknit.catalogue")
record CatalogueProperties(@Nullable Duration retention) {
    private static final Duration SHORTEST = Duration.ofDays(30);

    CatalogueProperties {
        if (retention != null && retention.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "closeknit.catalogue.retention must be at least 30d, or be left out to keep creators for good");
        }
    }
}
