package io.closeknit.access;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes down who did what, when and from where, and finds it again. An entry is part of the caller's transaction: what
 * was rolled back was not done. The database lets nobody change or remove an entry (V081).
 *
 * <p>An entry names people and things; it never holds a password, a token or an e-mail address.
 */
@Service
public class Audit {
    /** Entries on a page. */
    public static final int PAGE = 100;

    private static final int SUBJECT_LENGTH = 300;
    private static final int DETAIL_LENGTH = 2_000;
    private static final int EXPORT_STEP = 2_000;

    private final JdbcClient jdbc;
    private final CurrentPerson current;
    private final Clock clock;

    Audit(JdbcClient jdbc, CurrentPerson current, Clock clock) {
        this.jdbc = jdbc;
        this.current = current;
        this.clock = clock;
    }

    /**
     * Writes down what the person at work on this thread did.
     *
     * @param subject what it was done to, as people call it, such as a creator's slug; too long a text is cut
     * @param detail what else to know, such as what a role was before; null: nothing
     */
    public void note(AuditAction action, @Nullable String subject, @Nullable String detail) {
        note(action, current.find().orElse(null), subject, detail);
    }

    /** As {@link #note(AuditAction, String, String)}, for somebody who is only just signing in or out. */
    void note(AuditAction action, @Nullable SignedIn by, @Nullable String subject, @Nullable String detail) {
        jdbc.sql("""
                        insert into audit_entry (at, action, person_id, person_name, place_id, place_name, address, subject, detail)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(action.name())
                .param(by == null ? null : by.personId())
                .param(by == null ? null : by.name())
                .param(by == null ? null : by.workspaceId())
                .param(by == null ? null : by.workspaceName())
                .param(address())
                .param(cut(subject, SUBJECT_LENGTH))
                .param(cut(detail, DETAIL_LENGTH))
                .update();
    }

    /**
     * The entries that match, the newest first.
     *
     * @param before the id of the entry that the page before ended with; null: from the newest
     * @return at most {@link #PAGE}
     */
    @Transactional(readOnly = true)
    public List<Entry> find(Search search, @Nullable Long before) {
        return find(search, before, PAGE);
    }

    /** Hands every entry that matches on, the newest first, without holding them all at once. */
    public void each(Search search, Consumer<Entry> to) {
        Long before = null;
        while (true) {
            var step = find(search, before, EXPORT_STEP);
            step.forEach(to);
            if (step.size() < EXPORT_STEP) {
                return;
            }
            before = step.getLast().id();
        }
    }

    private List<Entry> find(Search search, @Nullable Long before, int limit) {
        var sql = new StringBuilder("select * from audit_entry where true");
        var values = new ArrayList<Object>();
        if (StringUtils.hasText(search.words())) {
            sql.append(" and concat_ws(' ', person_name, place_name, address, subject, detail) ilike ?");
            values.add("%" + search.words().replace("\0", "").strip().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        if (search.action() != null) {
            sql.append(" and action = ?");
            values.add(search.action().name());
        }
        if (search.from() != null) {
            sql.append(" and at >= ?");
            values.add(search.from().atOffset(ZoneOffset.UTC));
        }
        if (search.until() != null) {
            sql.append(" and at < ?");
            values.add(search.until().atOffset(ZoneOffset.UTC));
        }
        if (before != null) {
            sql.append(" and id < ?");
            values.add(before);
        }
        values.add(limit);
        return jdbc.sql(sql + " order by id desc limit ?")
                .params(values)
                .query((row, _) -> new Entry(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("action"),
                        row.getObject("person_id", UUID.class),
                        row.getString("person_name"),
                        row.getString("place_name"),
                        row.getString("address"),
                        row.getString("subject"),
                        row.getString("detail")))
                .list();
    }

    private static @Nullable String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        // PostgreSQL's text holds no zero byte
        var clean = text == null ? null : text.replace("\0", "");
        return clean == null || clean.length() <= length ? clean : clean.substring(0, length - 1) + "…";
    }

    /**
     * @param words found anywhere in names, address, subject and detail, whatever the case; null or blank: all
     * @param from included
     * @param until excluded
     */
    public record Search(
            @Nullable String words,
            @Nullable AuditAction action,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** @param action the name of an {@link AuditAction}, also of one that is no longer made */
    public record Entry(
            long id,
            Instant at,
            String action,
            @Nullable UUID personId,
            @Nullable String personName,
            @Nullable String placeName,
            @Nullable String address,
            @Nullable String subject,
            @Nullable String detail) {}
}
