package io.closeknit.importing;

import io.closeknit.catalogue.ImportUndo;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets what old changes of the catalogue replaced, each night and in steps. First the imports that it concerns are marked,
 * so that none of them is rolled back in part.
 */
@Component
@EnableConfigurationProperties(ImportProperties.class)
class UndoRetention {
    private static final Logger LOG = LoggerFactory.getLogger(UndoRetention.class);
    private static final int STEP = 5_000;

    private final ImportRuns runs;
    private final ImportUndo undo;
    private final ImportProperties settings;
    private final Clock clock;

    UndoRetention(ImportRuns runs, ImportUndo undo, ImportProperties settings, Clock clock) {
        this.runs = runs;
        this.undo = undo;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(cron = "0 10 4 * * *")
    void nightly() {
        var gone = forgetOlderThan(settings.undo());
        if (gone > 0) {
            LOG.info("Forgot what {} changes of creators replaced: they are older than {}", gone, settings.undo());
        }
    }

    /** @return how many changes were forgotten */
    long forgetOlderThan(Duration age) {
        // What goes on, or waits for somebody, still asks what people changed since it began.
        var before = runs.endUndo(clock.instant().minus(age));
        var gone = 0L;
        int step;
        do {
            step = undo.forget(before, STEP);
            gone += step;
        } while (step == STEP);
        return gone;
    }
}
