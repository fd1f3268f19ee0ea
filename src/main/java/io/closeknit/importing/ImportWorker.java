package io.closeknit.importing;

import io.closeknit.database.GiveWay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works on the imports that wait, one after the other, in a thread of its own. What was under way when a server stopped
 * goes on at its next start. A lock in the database keeps a second server from working on the same run; it ends with the
 * connection, so a killed server leaves none behind.
 */
@Component
class ImportWorker implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ImportWorker.class);

    /** How often to look for runs that nobody announced here: of another server that stopped. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private static final int LOCKS_OF_IMPORTS = 0x696D70;

    private final ImportRuns runs;
    private final ImportExecution execution;
    private final ImportRollback rollback;
    private final DataSource dataSource;
    private final GiveWay giveWay;
    private final Semaphore announced = new Semaphore(0);
    private volatile boolean stopping;
    private @Nullable Thread thread;

    ImportWorker(
            ImportRuns runs,
            ImportExecution execution,
            ImportRollback rollback,
            DataSource dataSource,
            GiveWay giveWay) {
        this.runs = runs;
        this.execution = execution;
        this.rollback = rollback;
        this.dataSource = dataSource;
        this.giveWay = giveWay;
    }

    /** Says that there is something to do. */
    void announce() {
        announced.release();
    }

    @Override
    public synchronized void start() {
        if (thread != null) {
            return;
        }
        stopping = false;
        thread = Thread.ofPlatform().name("imports").daemon().start(this::loop);
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        announced.release();
        var running = thread;
        if (running != null) {
            try {
                // A chunk takes well under a second; one that waits for the database is rolled back, and done again.
                if (!running.join(Duration.ofSeconds(10))) {
                    running.interrupt();
                    running.join(Duration.ofSeconds(5));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void loop() {
        giveWay.inBackground();
        while (!stopping) {
            try {
                for (var id : runs.underWay()) {
                    if (!stopping) {
                        workAlone(id);
                    }
                }
            } catch (SQLException | RuntimeException e) {
                LOG.warn("Imports cannot be worked on now: {}", e.toString());
            }
            try {
                if (announced.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    announced.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void workAlone(UUID id) throws SQLException {
        var run = runs.find(id).orElse(null);
        if (run == null || !run.isUndone() && !execution.hasFile(run)) {
            return; // its file lies on another server
        }
        try (var connection = dataSource.getConnection()) {
            if (!lock(connection, "select pg_try_advisory_lock(?, ?)", id)) {
                return;
            }
            try {
                if (run.isUndone()) {
                    rollback.work(id, () -> stopping);
                } else {
                    execution.work(id, () -> stopping);
                }
            } finally {
                lock(connection, "select pg_advisory_unlock(?, ?)", id);
            }
        }
    }

    private static boolean lock(Connection connection, String sql, UUID id) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, LOCKS_OF_IMPORTS);
            statement.setInt(2, id.hashCode());
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
