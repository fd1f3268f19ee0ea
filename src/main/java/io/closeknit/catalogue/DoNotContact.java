package io.closeknit.catalogue;

import io.closeknit.access.Audit;
import io.closeknit.access.AuditAction;
import io.closeknit.access.CurrentPerson;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creators who asked not to be written to. The mark stays through imports; it goes with the creator. */
@Service
@Transactional(readOnly = true)
public class DoNotContact {
    static final int REASON_LENGTH = 500;

    private final JdbcClient jdbc;
    private final CurrentPerson current;
    private final Audit audit;
    private final Clock clock;

    DoNotContact(JdbcClient jdbc, CurrentPerson current, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.current = current;
        this.audit = audit;
        this.clock = clock;
    }

    /** @return empty where she may be written to */
    public Optional<Mark> of(String slug) {
        return jdbc.sql("""
                        select c.slug, c.name, d.since, d.by_name, d.reason
                          from do_not_contact d join creator c on c.id = d.creator_id where c.slug = ?
                        """).param(slug).query((row, _) -> mark(row)).optional();
    }

    /** All of them by name. */
    public List<Mark> all() {
        return jdbc.sql("""
                        select c.slug, c.name, d.since, d.by_name, d.reason
                          from do_not_contact d join creator c on c.id = d.creator_id order by lower(c.name), c.slug
                        """).query((row, _) -> mark(row)).list();
    }

    /** The slugs of all of them. */
    public Set<String> slugs() {
        return Set.copyOf(jdbc.sql("select c.slug from do_not_contact d join creator c on c.id = d.creator_id")
                .query((row, _) -> row.getString("slug"))
                .list());
    }

    /** Marks her, or says another reason where she is marked. @throws CreatorNotFoundException if there is none of the slug */
    @Transactional
    public void mark(String slug, @Nullable String reason) {
        var marked = jdbc.sql("""
                        insert into do_not_contact (creator_id, since, by_name, reason)
                        select id, ?, ?, ? from creator where slug = ?
                        on conflict (creator_id) do update set reason = excluded.reason
                        """)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(current.get().name())
                .param(reason == null || reason.isBlank() ? null : reason.strip())
                .param(slug)
                .update();
        if (marked == 0) {
            throw new CreatorNotFoundException(slug);
        }
        audit.note(AuditAction.CREATOR_MARKED, slug, "do not contact");
    }

    /** @throws CreatorNotFoundException if there is none of the slug */
    @Transactional
    public void clear(String slug) {
        var cleared = jdbc.sql("delete from do_not_contact where creator_id = (select id from creator where slug = ?)")
                .param(slug)
                .update();
        if (cleared > 0) {
            audit.note(AuditAction.CREATOR_MARKED, slug, "may be contacted again");
        } else if (jdbc.sql("select count(*) from creator where slug = ?")
                        .param(slug)
                        .query(Long.class)
                        .single()
                == 0) {
            throw new CreatorNotFoundException(slug);
        }
    }

    private static Mark mark(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Mark(
                row.getString("slug"),
                row.getString("name"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("by_name"),
                row.getString("reason"));
    }

    /** @param by the name of whoever marked her */
    public record Mark(
            String slug,
            String name,
            Instant since,
            String by,
            @Nullable String reason) {}
}
