package io.closeknit.catalogue;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets, each night and in steps, which creators changed long ago. An index that was last used before that finds out by
 * {@link CatalogueReader#forgotten} that it is too far behind, and is built anew.
 */
@Component
class ChangeLogRetention {
    private static final Logger log = LoggerFactory.getLogger(ChangeLogRetention.class);

    /** Longer than any index is away that is worth catching up. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int STEP = 10_000;

    private final ChangeLog changes;
    private final Clock clock;

    ChangeLogRetention(ChangeLog changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    @Scheduled(cron = "0 25 3 * * *")
    void nightly() {
        var gone = forgetOlderThan(KEPT);
        if (gone > 0) {
            log.info("Forgot that {} creators changed more than {} days ago", gone, KEPT.toDays());
        }
    }

    /** @return how many changes were forgotten */
    long forgetOlderThan(Duration age) {
        var before = clock.instant().minus(age);
        var gone = 0L;
        int step;
        do {
            step = changes.forget(before, STEP);
            gone += step;
        } while (step == STEP);
        return gone;
    }
}
