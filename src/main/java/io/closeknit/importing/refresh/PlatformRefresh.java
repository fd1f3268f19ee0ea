package io.closeknit.importing.refresh;

import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.importing.refresh.Connector.Fetched;
import io.closeknit.importing.refresh.Connector.RefusedException;
import io.closeknit.importing.refresh.Connector.Spending;
import io.closeknit.importing.refresh.Connector.Window;
import io.closeknit.importing.refresh.RefreshStore.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fetches what is due from every platform that the operator gave keys for, until nothing is due or nothing more is granted,
 * and looks again later. What is spent is counted in the database before it is spent, and each batch of figures commits
 * together with the note that they were fetched, so a restart neither overspends nor asks twice. One server at a time.
 */
@Component
@EnableConfigurationProperties(RefreshProperties.class)
class PlatformRefresh implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformRefresh.class);
    private static final int LOCK = 0x72667368;

    private final List<Connector> connectors;
    private final RefreshStore store;
    private final RefreshProperties properties;
    private final CatalogueWriter catalogue;
    private final DataSource dataSource;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Semaphore wanted = new Semaphore(0);
    private volatile boolean stopping;
    private @Nullable Thread thread;

    PlatformRefresh(
            List<Connector> connectors,
            RefreshStore store,
            RefreshProperties properties,
            CatalogueWriter catalogue,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.connectors = connectors;
        this.store = store;
        this.properties = properties;
        this.catalogue = catalogue;
        this.dataSource = dataSource;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    List<Connector> connectors() {
        return connectors;
    }

    /** Looks at once whether something is due. */
    void announce() {
        wanted.release();
    }

    @Override
    public synchronized void start() {
        if (thread == null && connectors.stream().anyMatch(Connector::isConfigured)) {
            stopping = false;
            thread = Thread.ofPlatform().name("platform-refresh").daemon().start(this::loop);
        }
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        wanted.release();
        var running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(10));
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
        while (!stopping) {
            for (var connector : connectors) {
                try {
                    if (connector.isConfigured()) {
                        refreshAlone(connector);
                    }
                } catch (SQLException | RuntimeException e) {
                    LOG.warn(
                            "{} cannot be refreshed now: {}",
                            connector.platform().key(),
                            e.toString());
                } catch (InterruptedException e) {
                    return;
                }
            }
            try {
                if (wanted.tryAcquire(properties.look().toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void refreshAlone(Connector connector) throws SQLException, InterruptedException {
        try (var connection = dataSource.getConnection()) {
            var platform = connector.platform();
            if (lock(connection, "select pg_try_advisory_lock(?, ?)", platform)) {
                try {
                    refresh(connector);
                } finally {
                    lock(connection, "select pg_advisory_unlock(?, ?)", platform);
                }
            }
        }
    }

    private static boolean lock(Connection connection, String sql, Platform platform) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, LOCK);
            statement.setInt(2, platform.ordinal());
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Fetches what is due until nothing is, or nothing more is granted. */
    void refresh(Connector connector) throws InterruptedException {
        var platform = connector.platform();
        var end = State.WAITING;
        String reason = null;
        try {
            while (!stopping) {
                var due = store.due(platform, clock.instant(), connector.batch());
                if (due.isEmpty()) {
                    break;
                }
                store.move(platform, State.RUNNING, null, clock.instant());
                var fetched = connector.fetch(due, new Purse(platform, connector.window(clock.instant())));
                transaction.executeWithoutResult(status -> take(platform, fetched));
                if (fetched.size() < due.size()) {
                    end = State.SPENT;
                    break;
                }
            }
        } catch (RefusedException e) {
            end = State.REFUSED;
            reason = e.reason();
            var cause = e.getCause();
            LOG.warn(
                    "{} refuses: {} {}",
                    platform.key(),
                    reason,
                    cause == null ? "" : cause.getClass().getSimpleName());
        }
        store.move(platform, end, reason, clock.instant());
    }

    private void take(Platform platform, List<Fetched> fetched) {
        var now = clock.instant();
        var creators = new ArrayList<ObjectNode>();
        for (var one : fetched) {
            if (one.account() != null) {
                var creator = JsonNodeFactory.instance.objectNode();
                creator.putArray("accounts").add(one.account());
                creators.add(creator);
            }
        }
        if (!creators.isEmpty()) {
            // No one's import, so it can't be rolled back; but no person's edit either: the figures are dated.
            catalogue.apply(creators, new Origin(platform.key() + " refresh", now, false));
        }
        fetched.forEach(one -> store.asked(platform, one, now, properties.every()));
        store.count(platform, creators.size(), fetched.size() - creators.size());
    }

    private final class Purse implements Spending {
        private final Platform platform;
        private final Window window;

        Purse(Platform platform, Window window) {
            this.platform = platform;
            this.window = window;
        }

        @Override
        public boolean take(long units) {
            return store.spend(platform, window, units);
        }

        @Override
        public void exhausted() {
            store.exhaust(platform, window);
        }
    }
}
