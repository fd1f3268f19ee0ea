package io.closeknit.catalogue;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All that is held about one creator, in one document: what she may ask for by law (GDPR, articles 15 and 20). */
@Service
class PersonalData {
    private final CatalogueReader reader;
    private final DoNotContact doNotContact;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    PersonalData(CatalogueReader reader, DoNotContact doNotContact, JdbcClient jdbc, Audit audit, Clock clock) {
        this.reader = reader;
        this.doNotContact = doNotContact;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws CreatorNotFoundException if there is none of the slug */
    @Transactional
    Export export(String slug) {
        var creator = reader.find(slug).orElseThrow(() -> new CreatorNotFoundException(slug));
        var received = jdbc.sql("""
                        select a.platform, a.handle, a.source, a.observed_at, a.received_at
                          from account a join creator c on c.id = a.creator_id where c.slug = ? order by 1, 2
                        """)
                .param(slug)
                .query((row, _) -> new Origin(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        instant(row.getObject(4, OffsetDateTime.class)),
                        instant(row.getObject(5, OffsetDateTime.class))))
                .list();
        var changes = jdbc.sql("""
                        select r.at, r.source, r.changes::text from creator_revision r join creator c on c.id = r.creator_id
                         where c.slug = ? order by r.version
                        """)
                .param(slug)
                .query((row, _) -> new Change(
                        row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getString(3)))
                .list();
        audit.note(AuditAction.CREATOR_EXPORTED, slug, null);
        return new Export(
                clock.instant(),
                creator.version(),
                creator.document(),
                received,
                doNotContact.of(slug).orElse(null),
                changes);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /**
     * @param accounts where the figures of each account came from and when
     * @param doNotContact null: she may be written to
     * @param changes oldest first, with what each replaced
     */
    record Export(
            Instant exportedAt,
            long version,
            CreatorDocument creator,
            List<Origin> accounts,
            DoNotContact.@Nullable Mark doNotContact,
            List<Change> changes) {}

    record Origin(
            String platform,
            String handle,
            @Nullable String source,
            @Nullable Instant observedAt,
            @Nullable Instant receivedAt) {}

    /** @param replaced what was there before and after by fact, as JSON; null: she was new */
    record Change(Instant at, String source, @Nullable String replaced) {}
}
