package io.closeknit.matching;

import io.closeknit.access.SignedIn;
import io.closeknit.brief.BriefDocument;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Kept rankings in the database. Every statement names the workspace; row-level security says it again. */
@Repository
class KeptRankingRepository {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TypeReference<Map<String, Double>> WEIGHTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, List<String>>> FILTERS = new TypeReference<>() {};
    private static final String SELECT = """
            select id, name, brief_id, brief_version, brief, filters, weights, own_weights, catalogue_version,
                statistics_version, as_of, total, version, kept_by_name, kept_at,
                (select count(*) from kept_creator c
                 where c.workspace_id = kept_ranking.workspace_id and c.ranking_id = kept_ranking.id) as kept
            from kept_ranking where workspace_id = :workspace
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    KeptRankingRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** The last kept first, those after a place in this order; null: from the start. */
    List<KeptRanking> list(UUID workspace, @Nullable Instant after, @Nullable UUID afterId, int limit) {
        var statement = jdbc.sql(SELECT + (after == null ? "" : " and (kept_at, id) < (:after, :afterId)")
                        + " order by kept_at desc, id desc limit :limit")
                .param("workspace", workspace)
                .param("limit", limit);
        if (after != null) {
            statement = statement.param("after", Timestamp.from(after)).param("afterId", afterId);
        }
        return statement.query(KeptRankingRepository::row).list();
    }

    long count(UUID workspace) {
        return jdbc.sql("select count(*) from kept_ranking where workspace_id = :workspace")
                .param("workspace", workspace)
                .query(Long.class)
                .single();
    }

    Optional<KeptRanking> find(UUID workspace, UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("workspace", workspace)
                .param("id", id)
                .query(KeptRankingRepository::row)
                .optional();
    }

    /** By rank. */
    List<KeptRanking.Creator> creators(UUID workspace, UUID id) {
        return jdbc.sql("""
                        select creator_id, item from kept_creator
                        where workspace_id = :workspace and ranking_id = :id order by rank
                        """)
                .param("workspace", workspace)
                .param("id", id)
                .query((row, _) -> new KeptRanking.Creator(
                        row.getLong("creator_id"), JSON.readValue(row.getString("item"), RankingAnswer.Item.class)))
                .list();
    }

    void insert(UUID workspace, KeptRanking ranking, List<KeptRanking.Creator> creators, @Nullable SignedIn by) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("id", ranking.id());
        values.put("workspace", workspace);
        values.put("name", ranking.name());
        values.put("briefId", ranking.briefId());
        values.put("briefVersion", ranking.briefVersion());
        values.put("brief", ranking.brief() == null ? null : JSON.writeValueAsString(ranking.brief()));
        values.put("filters", JSON.writeValueAsString(ranking.filters()));
        values.put("weights", JSON.writeValueAsString(ranking.weights()));
        values.put("own", ranking.ownWeights());
        values.put("catalogue", ranking.catalogueVersion());
        values.put("statistics", ranking.statisticsVersion());
        values.put("asOf", Date.valueOf(ranking.asOf()));
        values.put("total", ranking.total());
        values.put("by", by == null ? null : by.personId());
        values.put("byName", by == null ? null : by.name());
        values.put("at", Timestamp.from(ranking.keptAt()));
        jdbc.sql("""
                        insert into kept_ranking (id, workspace_id, name, brief_id, brief_version, brief, filters, weights,
                            own_weights, catalogue_version, statistics_version, as_of, total, version, kept_by,
                            kept_by_name, kept_at, updated_at)
                        values (:id, :workspace, :name, :briefId, :briefVersion, :brief::jsonb, :filters::jsonb,
                            :weights::jsonb, :own, :catalogue, :statistics, :asOf, :total, 1, :by, :byName, :at, :at)
                        """).params(values).update();
        // Somebody may have been erased since she was ranked.
        template.batchUpdate("""
                insert into kept_creator (ranking_id, workspace_id, rank, creator_id, item)
                select ?, ?, ?, id, ?::jsonb from creator where id = ?
                """, creators, 200, (statement, creator) -> {
            statement.setObject(1, ranking.id());
            statement.setObject(2, workspace);
            statement.setInt(3, creator.item().rank());
            statement.setString(4, JSON.writeValueAsString(creator.item()));
            statement.setLong(5, creator.creatorId());
        });
    }

    /** @return whether it was there in this version */
    boolean rename(UUID workspace, UUID id, String name, long version, Instant at) {
        return jdbc.sql("""
                        update kept_ranking set name = :name, version = version + 1, updated_at = :at
                        where workspace_id = :workspace and id = :id and version = :version
                        """)
                        .param("workspace", workspace)
                        .param("id", id)
                        .param("name", name)
                        .param("version", version)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    /** @return whether it was there in this version */
    boolean delete(UUID workspace, UUID id, long version) {
        return jdbc.sql("""
                        delete from kept_ranking
                        where workspace_id = :workspace and id = :id and version = :version
                        """)
                        .param("workspace", workspace)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private static KeptRanking row(ResultSet row, int number) throws SQLException {
        var brief = row.getString("brief");
        var briefVersion = row.getLong("brief_version");
        return new KeptRanking(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("brief_id", UUID.class),
                brief == null ? null : briefVersion,
                brief == null ? null : JSON.readValue(brief, BriefDocument.class),
                JSON.readValue(row.getString("filters"), FILTERS),
                SavedPreset.complete(JSON.readValue(row.getString("weights"), WEIGHTS)),
                row.getBoolean("own_weights"),
                row.getLong("catalogue_version"),
                row.getLong("statistics_version"),
                row.getDate("as_of").toLocalDate(),
                row.getInt("total"),
                row.getInt("kept"),
                row.getLong("version"),
                row.getString("kept_by_name"),
                row.getTimestamp("kept_at").toInstant());
    }
}
