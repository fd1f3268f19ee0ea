package io.closeknit.importing;

import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.ImportUndo.Kept;
import io.closeknit.catalogue.ImportUndo.Undone;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.importing.ImportRun.Undo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The runs, their rejects and notes in the database. Joins the caller's transaction. */
@Repository
class ImportRuns {
    /** Different cells that were left out: more of them help nobody. */
    static final int MOST_NOTES = 20_000;

    /** Lines that are kept of one of them. */
    static final int MOST_LINES = 1_000;

    private static final int RAW_KEPT = 20_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    ImportRuns(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** @param line of the file where the record begins */
    record Reject(long position, long line, String reason, String raw) {}

    /**
     * A cell that was left out or altered, as often as it came.
     *
     * @param value as it came; empty where the whole column is meant
     * @param became what was made of it; null where it was left out
     * @param reason a {@link Sentence}
     * @param lines the first of them
     */
    record Note(
            String column,
            String value,
            @Nullable String became,
            String reason,
            long firstLine,
            long occurrences,
            List<Long> lines) {}

    /** What became of the cells of one column for one reason. */
    record NoteSummary(
            String column,
            String reason,
            boolean leftOut,
            boolean wholeColumn,
            long occurrences,
            long firstLine,
            List<Note> samples) {}

    void insert(ImportRun run, @Nullable UUID personId) {
        jdbc.sql("""
                        insert into import_run (id, state, file_name, stored_name, file_size, format, source, platform, mapping,
                            header, delimiter, expected, expected_is_exact, person_id, person_name, created_at, dry_run, draft_id, together)
                        values (:id, :state, :fileName, :storedName, :fileSize, :format, :source, :platform, :mapping::jsonb,
                            :header, :delimiter, :expected, :exact, :personId, :personName, :createdAt, :dryRun, :draftId, :together)""")
                .param("dryRun", run.dryRun())
                .param("draftId", run.draftId())
                .param("together", run.together())
                .param("id", run.id())
                .param("state", run.state().name())
                .param("fileName", run.fileName())
                .param("storedName", run.storedName())
                .param("fileSize", run.fileSize())
                .param("format", run.format().name())
                .param("source", run.source())
                .param("platform", key(run.platform()))
                .param("mapping", run.mapping())
                .param("header", run.header().toArray(String[]::new))
                .param("delimiter", String.valueOf(run.delimiter()))
                .param("expected", run.expected())
                .param("exact", run.expectedIsExact())
                .param("personId", personId)
                .param("personName", run.personName())
                .param("createdAt", Timestamp.from(run.createdAt()))
                .update();
    }

    Optional<ImportRun> find(UUID id) {
        return jdbc.sql("select * from import_run where id = :id")
                .param("id", id)
                .query(ImportRuns::run)
                .optional();
    }

    /** What was sent or is tried at once, in that order. */
    List<ImportRun> together(UUID together) {
        return jdbc.sql("select * from import_run where together = :together order by created_at, id")
                .param("together", together)
                .query(ImportRuns::run)
                .list();
    }

    /** Notes that drafts were sent at once. */
    void join(List<UUID> drafts, UUID together) {
        jdbc.sql("update import_run set together = :together where id = any(:ids)")
                .param("together", together)
                .param("ids", drafts.toArray(UUID[]::new))
                .update();
    }

    /** Newest first. */
    List<ImportRun> list(boolean drafts, int limit, long offset) {
        return jdbc.sql("""
                        select * from import_run where :drafts or state <> 'DRAFT'
                        order by created_at desc, id limit :limit offset :offset""")
                .param("drafts", drafts)
                .param("limit", limit)
                .param("offset", offset)
                .query(ImportRuns::run)
                .list();
    }

    long count(boolean drafts) {
        return jdbc.sql("select count(*) from import_run where :drafts or state <> 'DRAFT'")
                .param("drafts", drafts)
                .query(Long.class)
                .single();
    }

    /** @return whether it was still a draft */
    boolean saveDraft(UUID id, String mapping, String source, @Nullable Platform platform, State state) {
        return jdbc.sql("""
                        update import_run set mapping = :mapping::jsonb, source = :source, platform = :platform, state = :state
                        where id = :id and state = 'DRAFT'""")
                        .param("mapping", mapping)
                        .param("source", source)
                        .param("platform", key(platform))
                        .param("state", state.name())
                        .param("id", id)
                        .update()
                == 1;
    }

    /** How many records there will be is not known before they are read. */
    void expectFewer(UUID id) {
        jdbc.sql("update import_run set expected_is_exact = false where id = :id")
                .param("id", id)
                .update();
    }

    /** Another sheet of the draft's workbook. */
    void saveSheet(UUID id, FileInspection file, String mapping) {
        jdbc.sql("""
                        update import_run set mapping = :mapping::jsonb, header = :header, expected = :expected, expected_is_exact = :exact
                        where id = :id and state = 'DRAFT'""")
                .param("mapping", mapping)
                .param("header", file.headers().toArray(String[]::new))
                .param("expected", file.records())
                .param("exact", file.complete())
                .param("id", id)
                .update();
    }

    /** @return whether it had failed, so that it is queued again now and goes on where it stopped */
    boolean retry(UUID id) {
        return jdbc.sql(
                                "update import_run set state = 'QUEUED', message = null, finished_at = null where id = :id and state = 'FAILED'")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** @return whether it was a draft */
    boolean deleteDraft(UUID id) {
        return jdbc.sql("delete from import_run where id = :id and state = 'DRAFT'")
                        .param("id", id)
                        .update()
                == 1;
    }

    List<ImportRun> draftsBefore(Instant moment) {
        return jdbc.sql("select * from import_run where state = 'DRAFT' and created_at < :moment")
                .param("moment", Timestamp.from(moment))
                .query(ImportRuns::run)
                .list();
    }

    /** Runs that wait, or that were under way when their server stopped; the oldest first. */
    List<UUID> underWay() {
        return jdbc.sql(
                        "select id from import_run where state in ('QUEUED', 'RUNNING', 'ROLLING_BACK') order by created_at, id")
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /** @return whether there was something to begin */
    boolean begin(UUID id, Instant now) {
        return jdbc.sql("""
                        update import_run set state = 'RUNNING', started_at = coalesce(started_at, :now), pace_since = :now, pace_from = position
                        where id = :id and state in ('QUEUED', 'RUNNING')""").param("now", Timestamp.from(now)).param("id", id).update() == 1;
    }

    /** Whether a run that was begun is to go on. */
    boolean isRunning(UUID id) {
        return jdbc.sql("select exists (select from import_run where id = :id and state = 'RUNNING')")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** @return whether it waited or ran */
    boolean pause(UUID id) {
        return move(id, "state = 'PAUSED'", "state in ('QUEUED', 'RUNNING')");
    }

    /** @return whether it was halted */
    boolean resume(UUID id) {
        return move(id, "state = 'QUEUED'", "state = 'PAUSED'");
    }

    /** @return whether it was not over */
    boolean cancel(UUID id, long catalogueVersion, Instant now) {
        return jdbc.sql("""
                        update import_run set state = 'CANCELLED', finished_at = :now, catalogue_version = :version
                        where id = :id and state in ('QUEUED', 'RUNNING', 'PAUSED')""")
                        .param("version", catalogueVersion)
                        .param("now", Timestamp.from(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    private boolean move(UUID id, String to, String from) {
        return jdbc.sql("update import_run set " + to + " where id = :id and " + from)
                        .param("id", id)
                        .update()
                == 1;
    }

    /**
     * Marks the runs that began before a moment as not to be rolled back any more.
     *
     * @return the moment, or the earlier one at which a run began that is not over
     */
    @Transactional
    Instant endUndo(Instant before) {
        var oldest = jdbc.sql("""
                        select min(started_at) from import_run
                        where state in ('QUEUED', 'RUNNING', 'PAUSED', 'ROLLING_BACK')""")
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
        var moment = oldest.filter(began -> began.isBefore(before)).orElse(before);
        jdbc.sql("""
                        update import_run set undo_gone = true
                        where started_at < :moment and not undo_gone and state in ('DONE', 'FAILED', 'CANCELLED')""").param("moment", Timestamp.from(moment)).update();
        return moment;
    }

    /** @return whether it was over or halted, so that its rollback begins */
    boolean beginUndo(UUID id, String by, Instant now) {
        return jdbc.sql("""
                        update import_run set state = 'ROLLING_BACK', undone_by = :by, undo_started_at = :now,
                            finished_at = coalesce(finished_at, :now)
                        where id = :id and state in ('DONE', 'FAILED', 'CANCELLED', 'PAUSED') and not undo_gone""")
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /**
     * Moves a rollback on, unless another server did.
     *
     * @return whether it stood at {@code from}
     */
    boolean advanceUndo(UUID id, long from, Undone undone) {
        var moved = jdbc.sql("""
                        update import_run set undo_after = :to, undo_removed = undo_removed + :removed,
                            undo_restored = undo_restored + :restored, undo_kept = undo_kept + :kept
                        where id = :id and state = 'ROLLING_BACK' and undo_after = :from""")
                .param("to", undone.lastId())
                .param("removed", undone.removed())
                .param("restored", undone.restored())
                .param("kept", undone.kept().size())
                .param("id", id)
                .param("from", from)
                .update();
        if (moved == 0) {
            return false;
        }
        template.batchUpdate(
                "insert into import_kept (run_id, creator_id, facts) values (?, ?, ?)",
                undone.kept(),
                500,
                (statement, kept) -> {
                    statement.setObject(1, id);
                    statement.setLong(2, kept.creatorId());
                    statement.setArray(
                            3,
                            statement
                                    .getConnection()
                                    .createArrayOf("text", kept.facts().toArray()));
                });
        return true;
    }

    void finishUndo(UUID id, long catalogueVersion, Instant now) {
        jdbc.sql("""
                        update import_run set state = 'ROLLED_BACK', undo_finished_at = :now, catalogue_version = :version
                        where id = :id and state = 'ROLLING_BACK'""")
                .param("now", Timestamp.from(now))
                .param("version", catalogueVersion)
                .param("id", id)
                .update();
    }

    /** Of whom something stayed. @param limit at most */
    List<Kept> kept(UUID id, int limit) {
        return jdbc.sql("""
                        select creator_id, slug, name, facts from import_kept join creator on creator.id = creator_id
                        where run_id = :id order by creator_id limit :limit""")
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new Kept(
                        row.getLong("creator_id"), row.getString("slug"), row.getString("name"), List.of((String[])
                                row.getArray("facts").getArray())))
                .list();
    }

    /**
     * Moves a run on, unless another node did: the position is the guard that every record is applied exactly once.
     *
     * @return whether the run stood at {@code from}
     */
    boolean advance(UUID id, long from, long created, long updated, long unchanged, List<Reject> rejects) {
        var moved = jdbc.sql("""
                        update import_run set position = position + :records, created = created + :created, updated = updated + :updated,
                            unchanged = unchanged + :unchanged, rejected = rejected + :rejected
                        where id = :id and state = 'RUNNING' and position = :from""")
                .param("records", created + updated + unchanged + rejects.size())
                .param("created", created)
                .param("updated", updated)
                .param("unchanged", unchanged)
                .param("rejected", rejects.size())
                .param("id", id)
                .param("from", from)
                .update();
        if (moved == 0) {
            return false;
        }
        template.batchUpdate(
                "insert into import_reject (run_id, position, line, reason, raw) values (?, ?, ?, ?, ?)",
                rejects,
                500,
                (statement, reject) -> {
                    statement.setObject(1, id);
                    statement.setLong(2, reject.position);
                    statement.setLong(3, reject.line);
                    statement.setString(4, storable(reject.reason));
                    statement.setString(
                            5,
                            storable(reject.raw.length() > RAW_KEPT ? reject.raw.substring(0, RAW_KEPT) : reject.raw));
                });
        return true;
    }

    /** Different cells beyond {@link #MOST_NOTES} are only counted, by column and reason. */
    void addNotes(UUID id, List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        var full = countNotes(id) >= MOST_NOTES;
        template.batchUpdate("""
                insert into import_note as n (run_id, column_name, value, became, reason, first_line, occurrences, lines)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, column_name, value, reason)
                do update set occurrences = n.occurrences + excluded.occurrences, lines = (n.lines || excluded.lines)[1:1000]""", full ? counted(notes) : notes, 500, (statement, note) -> {
            statement.setObject(1, id);
            statement.setString(2, storable(note.column));
            statement.setString(3, storable(note.value));
            statement.setString(4, note.became == null ? null : storable(note.became));
            statement.setString(5, storable(note.reason));
            statement.setLong(6, note.firstLine);
            statement.setLong(7, note.occurrences);
            statement.setArray(8, statement.getConnection().createArrayOf("bigint", note.lines.toArray()));
        });
    }

    private static List<Note> counted(List<Note> notes) {
        var counted = new LinkedHashMap<String, Note>();
        for (var note : notes) {
            counted.merge(
                    note.column + '\n' + note.reason,
                    new Note(note.column, "…", null, note.reason, note.firstLine, note.occurrences, List.of()),
                    (one, other) -> new Note(
                            one.column,
                            one.value,
                            null,
                            one.reason,
                            one.firstLine,
                            one.occurrences + other.occurrences,
                            List.of()));
        }
        return List.copyOf(counted.values());
    }

    void finish(UUID id, State state, @Nullable String message, long catalogueVersion, Instant now) {
        jdbc.sql("""
                        update import_run set state = :state, message = :message, finished_at = :now,
                            catalogue_version = :version
                        where id = :id and state = 'RUNNING'""")
                .param("version", catalogueVersion)
                .param("state", state.name())
                .param("message", message)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    List<Reject> firstRejects(UUID id, int limit) {
        return jdbc.sql(
                        "select position, line, reason, raw from import_reject where run_id = :id order by position limit :limit")
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> reject(row))
                .list();
    }

    /** Every reject in the order of the file, in constant memory; call it in a transaction. */
    void eachReject(UUID id, Consumer<Reject> consumer) {
        jdbc.sql("select position, line, reason, raw from import_reject where run_id = :id order by position")
                .param("id", id)
                .withFetchSize(500)
                .query((ResultSet row) -> consumer.accept(reject(row)));
    }

    /** By column and reason, those that lost most cells first; each with its most frequent cells. */
    List<NoteSummary> notes(UUID id, int samples) {
        return jdbc
                .sql("""
                        select column_name, reason, bool_and(became is null) as left_out, bool_and(value = '') as whole_column,
                            sum(occurrences) as occurrences, min(first_line) as first_line
                        from import_note where run_id = :id group by column_name, reason
                        order by bool_and(value = ''), bool_and(became is null) desc, sum(occurrences) desc, column_name, reason""")
                .param("id", id)
                .query((row, number) -> new NoteSummary(
                        row.getString("column_name"),
                        row.getString("reason"),
                        row.getBoolean("left_out"),
                        row.getBoolean("whole_column"),
                        row.getLong("occurrences"),
                        row.getLong("first_line"),
                        List.of()))
                .list()
                .stream()
                .map(summary -> new NoteSummary(
                        summary.column,
                        summary.reason,
                        summary.leftOut,
                        summary.wholeColumn,
                        summary.occurrences,
                        summary.firstLine,
                        samples(id, summary, samples)))
                .toList();
    }

    private List<Note> samples(UUID id, NoteSummary of, int limit) {
        return jdbc.sql("""
                        select * from import_note where run_id = :id and column_name = :column and reason = :reason and value not in ('', '…')
                        order by occurrences desc, first_line, value limit :limit""")
                .param("id", id)
                .param("column", of.column)
                .param("reason", of.reason)
                .param("limit", limit)
                .query((row, number) -> note(row))
                .list();
    }

    /** Every note, by column and line, in constant memory; call it in a transaction. */
    void eachNote(UUID id, Consumer<Note> consumer) {
        jdbc.sql("select * from import_note where run_id = :id order by column_name, reason, first_line, value")
                .param("id", id)
                .withFetchSize(500)
                .query((ResultSet row) -> consumer.accept(note(row)));
    }

    private static Note note(ResultSet row) throws SQLException {
        return new Note(
                row.getString("column_name"),
                row.getString("value"),
                row.getString("became"),
                row.getString("reason"),
                row.getLong("first_line"),
                row.getLong("occurrences"),
                List.of((Long[]) row.getArray("lines").getArray()));
    }

    long countNotes(UUID id) {
        return jdbc.sql("select count(*) from import_note where run_id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    /** A lone half of a surrogate pair is no character, and PostgreSQL keeps none. */
    private static String storable(String text) {
        return text.chars().anyMatch(c -> Character.isSurrogate((char) c) || c == 0)
                ? new String(
                                text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .replace('\0', '\uFFFD')
                : text;
    }

    private static @Nullable String key(@Nullable Platform platform) {
        return platform == null ? null : platform.key();
    }

    private static Reject reject(ResultSet row) throws SQLException {
        return new Reject(row.getLong("position"), row.getLong("line"), row.getString("reason"), row.getString("raw"));
    }

    private static ImportRun run(ResultSet row, int number) throws SQLException {
        var platform = row.getString("platform");
        return new ImportRun(
                row.getObject("id", UUID.class),
                State.valueOf(row.getString("state")),
                row.getString("file_name"),
                row.getString("stored_name"),
                row.getLong("file_size"),
                FileFormat.valueOf(row.getString("format")),
                row.getString("source"),
                platform == null ? null : Platform.valueOf(platform.toUpperCase(Locale.ROOT)),
                row.getString("mapping"),
                List.of((String[]) row.getArray("header").getArray()),
                row.getString("delimiter").charAt(0),
                row.getLong("expected"),
                row.getBoolean("expected_is_exact"),
                row.getLong("position"),
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("rejected"),
                row.getString("message"),
                row.getString("person_name"),
                instant(row, "created_at"),
                maybe(row, "started_at"),
                maybe(row, "finished_at"),
                maybe(row, "pace_since"),
                row.getLong("pace_from"),
                row.getObject("catalogue_version", Long.class),
                new Undo(
                        row.getString("undone_by"),
                        maybe(row, "undo_started_at"),
                        maybe(row, "undo_finished_at"),
                        row.getLong("undo_after"),
                        row.getLong("undo_removed"),
                        row.getLong("undo_restored"),
                        row.getLong("undo_kept")),
                row.getBoolean("dry_run"),
                row.getObject("draft_id", UUID.class),
                row.getBoolean("undo_gone"),
                row.getObject("together", UUID.class));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
        var timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
