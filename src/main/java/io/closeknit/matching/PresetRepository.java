package io.closeknit.matching;

import io.closeknit.access.SignedIn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Saved weights in the database. Every statement names the workspace; row-level security says it again. */
@Repository
class PresetRepository {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Double>> WEIGHTS = new TypeReference<>() {};
    private static final String COLUMNS =
            "id, name, weights, version, created_at, created_by_name, updated_at, updated_by_name";

    private final JdbcClient jdbc;

    PresetRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By name. */
    List<SavedPreset> list(UUID workspace) {
        return jdbc.sql("select " + COLUMNS
                        + " from weight_preset where workspace_id = :workspace order by lower(name), id")
                .param("workspace", workspace)
                .query(PresetRepository::row)
                .list();
    }

    Optional<SavedPreset> find(UUID workspace, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from weight_preset where workspace_id = :workspace and id = :id")
                .param("workspace", workspace)
                .param("id", id)
                .query(PresetRepository::row)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException where the name is taken */
    void insert(UUID workspace, SavedPreset preset, @Nullable SignedIn by) {
        jdbc.sql("""
                        insert into weight_preset (id, workspace_id, name, weights, version,
                            created_by, created_by_name, created_at, updated_by, updated_by_name, updated_at)
                        values (:id, :workspace, :name, :weights::jsonb, :version, :by, :byName, :at, :by, :byName, :at)
                        """).params(values(workspace, preset, by)).update();
    }

    /**
     * Replaces the preset where its version is still the one before.
     *
     * @return whether it was
     * @throws org.springframework.dao.DuplicateKeyException where the name is taken
     */
    boolean update(UUID workspace, SavedPreset preset, @Nullable SignedIn by) {
        return jdbc.sql("""
                        update weight_preset set name = :name, weights = :weights::jsonb, version = :version,
                            updated_by = :by, updated_by_name = :byName, updated_at = :at
                        where workspace_id = :workspace and id = :id and version = :version - 1
                        """).params(values(workspace, preset, by)).update() == 1;
    }

    /** @return whether it was there in this version */
    boolean delete(UUID workspace, UUID id, long version) {
        return jdbc.sql("""
                        delete from weight_preset
                        where workspace_id = :workspace and id = :id and version = :version
                        """)
                        .param("workspace", workspace)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static Map<String, @Nullable Object> values(UUID workspace, SavedPreset preset, @Nullable SignedIn by) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("id", preset.id());
        values.put("workspace", workspace);
        values.put("name", preset.name());
        values.put("weights", JSON.writeValueAsString(preset.weights()));
        values.put("version", preset.version());
        values.put("by", by == null ? null : by.personId());
        values.put("byName", by == null ? null : by.name());
        values.put("at", Timestamp.from(preset.updatedAt()));
        return values;
    }

    private static SavedPreset row(ResultSet row, int number) throws SQLException {
        return new SavedPreset(
                row.getObject("id", UUID.class),
                row.getString("name"),
                SavedPreset.complete(JSON.readValue(row.getString("weights"), WEIGHTS)),
                row.getLong("version"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by_name"),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by_name"));
    }
}
