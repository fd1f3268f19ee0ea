package io.closeknit.catalogue;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorFacts.Change;
import io.closeknit.database.GiveWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** What changed in the catalogue, through whom, and how it is taken back. */
@Component
class Revisions implements ImportUndo {
    private final CreatorTables tables;
    private final CreatorFacts facts;
    private final ChangeLog changes;
    private final Merges merges;
    private final JdbcTemplate jdbc;
    private final GiveWay giveWay;

    Revisions(
            CreatorTables tables,
            CreatorFacts facts,
            ChangeLog changes,
            Merges merges,
            JdbcTemplate jdbc,
            GiveWay giveWay) {
        this.tables = tables;
        this.facts = facts;
        this.changes = changes;
        this.merges = merges;
        this.jdbc = jdbc;
        this.giveWay = giveWay;
    }

    /**
     * @param changes null: the creator was new
     * @param undone it no longer counts
     */
    record Revision(
            long creatorId,
            long version,
            @Nullable UUID originId,
            String source,
            Instant at,
            @Nullable String changes,
            boolean undone) {}

    /** Notes what a batch did. Invented creators have no past worth keeping. */
    void note(Collection<StoredCreator> created, Map<StoredCreator, StoredCreator> updated, Origin origin) {
        var rows = rows();
        for (var creator : created) {
            if (!creator.demo()) {
                rows.add(creator.id(), 1, origin.importId(), origin.source(), origin.receivedAt(), null, false);
            }
        }
        updated.forEach((before, now) -> {
            if (!now.demo()) {
                rows.add(
                        now.id(),
                        now.version(),
                        origin.importId(),
                        origin.source(),
                        origin.receivedAt(),
                        facts.write(facts.between(before, now)),
                        false);
            }
        });
        send(rows);
    }

    private static CopyRows rows() {
        return new CopyRows("creator_revision", "creator_id, version, origin_id, source, at, changes, undone");
    }

    private void send(CopyRows rows) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            try {
                rows.send(connection, giveWay);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // from memory: can't happen
            }
            return null;
        });
    }

    /** Which facts people changed after {@code moment}; for somebody whom a person added since, all that she has. */
    Map<Long, Set<String>> editedSince(Instant moment, Collection<StoredCreator> creators) {
        var byId = new HashMap<Long, StoredCreator>();
        creators.forEach(creator -> byId.put(creator.id(), creator));
        var edited = new HashMap<Long, Set<String>>();
        jdbc.query(
                """
                select creator_id, changes from creator_revision
                where creator_id = any(?) and origin_id is null and not undone and at > ?""",
                statement -> {
                    statement.setArray(
                            1,
                            statement
                                    .getConnection()
                                    .createArrayOf("bigint", byId.keySet().toArray()));
                    statement.setObject(2, moment.atOffset(ZoneOffset.UTC));
                },
                row -> {
                    var id = row.getLong(1);
                    var text = row.getString(2);
                    var creator = byId.get(id);
                    if (creator != null) {
                        edited.computeIfAbsent(id, _ -> new HashSet<>())
                                .addAll(
                                        text == null
                                                ? facts.of(creator).keySet()
                                                : facts.changes(text).keySet());
                    }
                });
        return edited;
    }

    /** {@code after} with the facts of {@code before} that must not change. */
    StoredCreator keeping(Set<String> kept, StoredCreator before, StoredCreator after) {
        var old = facts.of(before);
        var now = new LinkedHashMap<>(facts.of(after));
        for (var path : kept) {
            set(now, path, old.get(path));
        }
        return facts.creator(after, now);
    }

    private static void set(Map<String, JsonNode> facts, String path, @Nullable JsonNode value) {
        if (value == null) {
            facts.remove(path);
        } else {
            facts.put(path, value);
        }
    }

    /** The changes of one creator, the youngest first. */
    List<Revision> of(long creatorId, int limit) {
        return jdbc.query("""
                select creator_id, version, origin_id, source, at, changes::text, undone from creator_revision
                where creator_id = ? order by version desc limit ?""", (row, _) -> revision(row), creatorId, limit);
    }

    /** What a revision changed, by name; empty where the creator was new. */
    List<String> facts(Revision revision) {
        var text = revision.changes();
        return text == null ? List.of() : shown(facts.changes(text).keySet());
    }

    /** Without what goes with other facts and says nothing by itself. */
    private static List<String> shown(Collection<String> paths) {
        return paths.stream()
                .filter(path -> !path.endsWith("\treceivedAt") && !path.endsWith("\tolderFigures"))
                .map(CreatorFacts::shown)
                .toList();
    }

    private static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                row.getBoolean(7));
    }

    @Override
    @Transactional
    public Undone undo(UUID importId, long afterId, int limit, String source, Instant at) {
        changes.begin();
        var linked = merges.of(importId, limit);
        if (!linked.isEmpty()) { // first of all: what is taken back then is about the creators as they were
            linked.forEach(merges::undo);
            return new Undone(afterId, 0, linked.size(), List.of(), true);
        }
        var ids = jdbc.query("""
                select distinct creator_id from creator_revision
                where origin_id = ? and creator_id > ? and not undone order by creator_id limit ?""", (row, _) -> row.getLong(1), importId, afterId, limit);
        if (ids.isEmpty()) {
            return new Undone(afterId, 0, 0, List.of(), false);
        }
        var pasts = pasts(ids);
        var removed = new ArrayList<Long>();
        var restored = new LinkedHashMap<StoredCreator, StoredCreator>();
        var kept = new ArrayList<Kept>();
        for (var creator : tables.load(ids)) {
            var past = pasts.getOrDefault(creator.id(), List.of());
            var others = past.stream()
                    .filter(revision -> !importId.equals(revision.originId()) && !revision.undone())
                    .toList();
            var mine = past.stream()
                    .filter(revision -> importId.equals(revision.originId()) && !revision.undone())
                    .toList();
            // Nothing is left of a creator whom this import, or one that was taken back before, brought.
            var begin = past.getFirst();
            var begun = begin.version() == 1
                    && begin.changes() == null
                    && (begin.undone() || importId.equals(begin.originId()));
            if (begun && others.isEmpty()) {
                removed.add(creator.id());
                continue;
            }
            var back = back(creator, mine, kept);
            if (!back.equals(creator)) {
                restored.put(creator, back.changed(creator.version() + 1, at));
            }
        }
        if (!removed.isEmpty()) {
            jdbc.update(
                    "delete from creator where id = any(?)",
                    statement -> statement.setArray(
                            1, statement.getConnection().createArrayOf("bigint", removed.toArray())));
        }
        jdbc.update(
                "update creator_revision set undone = true where origin_id = ? and creator_id = any(?)", statement -> {
                    statement.setObject(1, importId);
                    statement.setArray(2, statement.getConnection().createArrayOf("bigint", ids.toArray()));
                });
        if (!restored.isEmpty()) {
            tables.update(restored);
            var rows = rows();
            restored.forEach((before, now) ->
                    rows.add(now.id(), now.version(), null, source, at, facts.write(facts.between(before, now)), true));
            send(rows);
        }
        var touched = new TreeSet<>(removed);
        restored.keySet().forEach(creator -> touched.add(creator.id()));
        changes.append(touched, at);
        return new Undone(ids.getLast(), removed.size(), restored.size(), kept, ids.size() == limit);
    }

    @Override
    @Transactional
    public int forget(Instant before, int limit) {
        return jdbc.update("""
                delete from creator_revision where (creator_id, version) in (
                    select creator_id, version from creator_revision where at < ? limit ?)""", before.atOffset(ZoneOffset.UTC), limit);
    }

    private Map<Long, List<Revision>> pasts(List<Long> ids) {
        var pasts = new HashMap<Long, List<Revision>>();
        jdbc.query(
                """
                select creator_id, version, origin_id, source, at, changes::text, undone from creator_revision
                where creator_id = any(?) order by creator_id, version""",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids.toArray())),
                row -> {
                    pasts.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(revision(row));
                });
        return pasts;
    }

    /** The creator without what these revisions brought, as far as nobody changed it since. */
    private StoredCreator back(StoredCreator creator, List<Revision> mine, List<Kept> kept) {
        var now = new LinkedHashMap<>(facts.of(creator));
        var differing = new TreeSet<String>();
        for (var revision : mine.reversed()) {
            var text = revision.changes();
            if (text == null) {
                differing.add(""); // she came with this import, and others added to her since
                continue;
            }
            for (var change : facts.changes(text).entrySet()) {
                takeBack(now, change.getKey(), change.getValue(), differing);
            }
        }
        if (!differing.isEmpty()) {
            var whole = differing.remove("");
            kept.add(new Kept(creator.id(), creator.slug(), creator.name(), whole ? List.of() : shown(differing)));
        }
        var back = facts.creator(creator, now);
        return back.accounts().isEmpty() ? creator : back;
    }

    private static void takeBack(Map<String, JsonNode> now, String path, Change change, Set<String> differing) {
        var current = now.get(path);
        if (Objects.equals(current, change.after())) {
            set(now, path, change.before());
        } else if (!Objects.equals(current, change.before())) {
            differing.add(path);
        }
    }
}
