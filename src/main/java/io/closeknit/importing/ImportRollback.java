package io.closeknit.importing;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.ImportUndo;
import java.time.Clock;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes back what an import brought, some creators at a time. What is taken back and how far the rollback has come commit
 * together, so that it goes on where it was when it is killed.
 */
@Component
class ImportRollback {
    private static final Logger LOG = LoggerFactory.getLogger(ImportRollback.class);

    private static final int CREATORS = 2_000;

    private final ImportRuns runs;
    private final ImportUndo undo;
    private final CatalogueReader catalogue;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ImportRollback(
            ImportRuns runs,
            ImportUndo undo,
            CatalogueReader catalogue,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.runs = runs;
        this.undo = undo;
        this.catalogue = catalogue;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.clock = clock;
    }

    /**
     * Works on a rollback until it is over. What the database cannot take now is tried again when this is called again.
     *
     * @param stop asked between two chunks
     */
    void work(UUID id, BooleanSupplier stop) {
        var more = true;
        while (more && !stop.getAsBoolean()) {
            more = Boolean.TRUE.equals(transaction.execute(status -> step(id)));
        }
    }

    private boolean step(UUID id) {
        var run = runs.find(id).orElse(null);
        if (run == null || run.state() != ImportRun.State.ROLLING_BACK) {
            return false;
        }
        var from = run.undo().after();
        var undone = undo.undo(id, from, CREATORS, "Rollback of " + run.source(), clock.instant());
        if (!runs.advanceUndo(id, from, undone)) {
            throw new IllegalStateException("The rollback of import " + id + " was moved on by another server");
        }
        if (undone.more()) {
            return true;
        }
        runs.finishUndo(id, catalogue.version(), clock.instant());
        var over = runs.find(id).orElseThrow();
        events.publishEvent(new ImportRolledBack(
                id, over.undo().removed(), over.undo().restored(), over.undo().kept()));
        LOG.info(
                "Import {} is taken back: {} creators removed, {} restored, {} kept in part",
                id,
                over.undo().removed(),
                over.undo().restored(),
                over.undo().kept());
        return false;
    }
}
