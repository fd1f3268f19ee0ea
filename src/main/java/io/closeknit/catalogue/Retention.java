package io.closeknit.catalogue;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Forgets creators about whom nothing new came in for long, where {@code closeknit.catalogue.retention} asks for it: each
 * night, in steps, so that nobody waits for it. They may come in again, unlike those who were erased on request.
 */
@Component
@EnableScheduling
@EnableConfigurationProperties(CatalogueProperties.class)
class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int STEP = 500;

    private final CatalogueProperties settings;
    private final JdbcClient jdbc;
    private final ChangeLog changes;
    private final TransactionOperations transactions;
    private final Audit audit;
    private final Clock clock;

    Retention(
            CatalogueProperties settings,
            JdbcClient jdbc,
            ChangeLog changes,
            TransactionOperations transactions,
            Audit audit,
            Clock clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.changes = changes;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    @Scheduled(cron = "0 40 3 * * *")
    void nightly() {
        if (settings.retention() != null) {
            var gone = forgetOlderThan(settings.retention());
            if (gone > 0) {
                log.info("Forgot {} creators about whom nothing came in for {}", gone, settings.retention());
            }
        }
    }

    /** @return how many creators are gone */
    int forgetOlderThan(Duration age) {
        var before = clock.instant().minus(age).atOffset(ZoneOffset.UTC);
        var gone = 0;
        List<Long> step;
        do {
            step = transactions.execute(_ -> {
                changes.begin();
                var stale = jdbc.sql("""
                                delete from creator where id in (
                                    select c.id from creator c
                                     where not c.demo and c.updated_at < ?
                                       and not exists (select from account a where a.creator_id = c.id and a.received_at >= ?)
                                     order by c.id limit ?)
                                returning id
                                """)
                        .param(before)
                        .param(before)
                        .param(STEP)
                        .query((row, _) -> row.getLong(1))
                        .list();
                if (!stale.isEmpty()) {
                    changes.append(stale, clock.instant());
                    audit.note(
                            AuditAction.CREATOR_ERASED,
                            stale.size() + " creators",
                            "retention of " + age.toDays() + " days");
                }
                return stale;
            });
            gone += step == null ? 0 : step.size();
        } while (step != null && step.size() == STEP);
        return gone;
    }
}
