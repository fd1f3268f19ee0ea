package io.closeknit.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the catalogue. One statement per table and call, all of them from one snapshot. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class StoredCatalogue implements CatalogueReader {
    private final CreatorTables tables;
    private final ChangeLog changes;
    private final JdbcTemplate jdbc;

    StoredCatalogue(CreatorTables tables, ChangeLog changes, JdbcTemplate jdbc) {
        this.tables = tables;
        this.changes = changes;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<CatalogueCreator> find(String slug) {
        return load(tables.slugs(List.of(slug)).values()).stream().findFirst();
    }

    /** The creator with what the document leaves out, for her page. */
    Optional<StoredCreator> stored(String slug) {
        return tables.load(tables.slugs(List.of(slug)).values()).stream().findFirst();
    }

    @Override
    public List<CatalogueCreator> load(Collection<Long> ids) {
        return creators(tables.load(new TreeSet<>(ids)));
    }

    @Override
    public Map<Long, String> slugs(Collection<Long> ids) {
        return tables.slugsOf(ids);
    }

    @Override
    public List<CatalogueCreator> range(long first, long last) {
        return creators(tables.range(first, last));
    }

    private static List<CatalogueCreator> creators(List<StoredCreator> stored) {
        return stored.stream().map(StoredCreator::toCreator).toList();
    }

    @Override
    public List<CatalogueCreator> scan(long afterId, int limit) {
        var ids = ids(afterId, limit);
        return ids.isEmpty() ? List.of() : range(ids.getFirst(), ids.getLast());
    }

    @Override
    public List<Long> ids(long afterId, int limit) {
        return jdbc.query(
                "select id from creator where id > ? order by id limit ?", (row, _) -> row.getLong(1), afterId, limit);
    }

    @Override
    public long version() {
        return changes.last();
    }

    @Override
    public long forgotten() {
        return changes.forgotten();
    }

    @Override
    public List<Change> changesAfter(long afterNumber, int limit) {
        return changes.after(afterNumber, limit);
    }

    @Override
    public Count count() {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) filter (where not demo), count(*) filter (where demo) from creator",
                (row, _) -> new Count(row.getLong(1), row.getLong(2))));
    }
}
