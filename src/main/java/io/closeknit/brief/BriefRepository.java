package io.closeknit.brief;

import io.closeknit.access.SignedIn;
import io.closeknit.brief.BriefDirectory.BriefName;
import io.closeknit.brief.BriefDocument.Brand;
import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.brief.BriefDocument.TargetAudience;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheTree;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Briefs in the database. Every statement names the workspace; row-level security says it again. Statements and no
 * entities, because a brief is one document whose parts are never changed alone.
 */
@Repository
class BriefRepository {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String COLUMNS =
            "id, name, document, draft, typed, version, created_by_name, created_at, updated_by_name, updated_at";

    private final JdbcClient jdbc;
    private final NicheDirectory niches;
    private final CatalogueReader creators;

    BriefRepository(JdbcClient jdbc, NicheDirectory niches, CatalogueReader creators) {
        this.jdbc = jdbc;
        this.niches = niches;
        this.creators = creators;
    }

    Optional<Brief> find(UUID workspace, BriefId id) {
        var rows = jdbc.sql("select " + COLUMNS + " from brief where workspace_id = :workspace and id = :id")
                .param("workspace", workspace)
                .param("id", id.value())
                .query(BriefRepository::row)
                .list();
        return complete(workspace, rows).stream().findFirst();
    }

    /** The last edited first. */
    List<Brief> list(UUID workspace) {
        return complete(
                workspace,
                jdbc.sql("select " + COLUMNS
                                + " from brief where workspace_id = :workspace order by updated_at desc, id desc")
                        .param("workspace", workspace)
                        .query(BriefRepository::row)
                        .list());
    }

    /** The names of all, the last edited first. */
    List<BriefName> names(UUID workspace) {
        return jdbc.sql("select id, name from brief where workspace_id = :workspace order by updated_at desc, id desc")
                .param("workspace", workspace)
                .query((row, _) -> new BriefName(new BriefId(row.getObject("id", UUID.class)), row.getString("name")))
                .list();
    }

    /** Those after a place in {@link #list}; null: from the start. */
    List<Brief> list(UUID workspace, @Nullable Instant after, @Nullable UUID afterId, int limit) {
        var from = after == null ? "" : " and (updated_at, id) < (:after, :afterId)";
        var statement = jdbc.sql("select " + COLUMNS + " from brief where workspace_id = :workspace" + from
                        + " order by updated_at desc, id desc limit :limit")
                .param("workspace", workspace)
                .param("limit", limit);
        if (after != null) {
            statement = statement.param("after", Timestamp.from(after)).param("afterId", afterId);
        }
        return complete(workspace, statement.query(BriefRepository::row).list());
    }

    long count(UUID workspace) {
        return jdbc.sql("select count(*) from brief where workspace_id = :workspace")
                .param("workspace", workspace)
                .query(Long.class)
                .single();
    }

    /** @return whether it was inserted; false where the id is taken, in whatever workspace */
    boolean insert(UUID workspace, Brief brief, Map<String, Long> creatorIds, @Nullable SignedIn by) {
        var inserted = jdbc.sql("""
                        insert into brief (id, workspace_id, name, document, draft, typed, version,
                            created_by, created_by_name, created_at, updated_by, updated_by_name, updated_at)
                        values (:id, :workspace, :name, :document::jsonb, :draft, :typed::jsonb, :version,
                            :by, :byName, :at, :by, :byName, :at)
                        on conflict (id) do nothing
                        """).params(values(workspace, brief, by)).update();
        if (inserted == 1) {
            insertParts(workspace, brief, creatorIds);
            insertVersion(workspace, brief, by);
        }
        return inserted == 1;
    }

    /**
     * Replaces the brief where its version is still the one before.
     *
     * @return whether it was
     */
    boolean update(UUID workspace, Brief brief, Map<String, Long> creatorIds, @Nullable SignedIn by) {
        var updated = jdbc.sql("""
                        update brief set name = :name, document = :document::jsonb, draft = :draft, typed = :typed::jsonb,
                            version = :version, updated_by = :by, updated_by_name = :byName, updated_at = :at
                        where workspace_id = :workspace and id = :id and version = :version - 1
                        """).params(values(workspace, brief, by)).update();
        if (updated == 1) {
            for (var table : List.of("brief_niche", "brief_creator")) {
                jdbc.sql("delete from " + table + " where workspace_id = :workspace and brief_id = :id")
                        .param("workspace", workspace)
                        .param("id", brief.id().value())
                        .update();
            }
            insertParts(workspace, brief, creatorIds);
            insertVersion(workspace, brief, by);
        }
        return updated == 1;
    }

    /** @param version null: whatever it is @return whether it was removed */
    boolean delete(UUID workspace, BriefId id, @Nullable Long version) {
        return jdbc.sql("delete from brief where workspace_id = :workspace and id = :id"
                                + (version == null ? "" : " and version = :version"))
                        .param("workspace", workspace)
                        .param("id", id.value())
                        .param("version", version)
                        .update()
                == 1;
    }

    /** The document as it was in an earlier version. */
    Optional<BriefDocument> version(UUID workspace, BriefId id, long version) {
        return jdbc.sql("""
                        select document from brief_version
                        where workspace_id = :workspace and brief_id = :id and version = :version
                        """)
                .param("workspace", workspace)
                .param("id", id.value())
                .param("version", version)
                .query((row, _) -> JSON.readValue(row.getString("document"), BriefDocument.class))
                .optional();
    }

    private static Map<String, @Nullable Object> values(UUID workspace, Brief brief, @Nullable SignedIn by) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("id", brief.id().value());
        values.put("workspace", workspace);
        values.put("name", brief.name());
        values.put("document", JSON.writeValueAsString(withoutParts(brief.document())));
        values.put("draft", brief.draft());
        values.put("typed", brief.typed() == null ? null : JSON.writeValueAsString(brief.typed()));
        values.put("version", brief.version());
        values.put("by", by == null ? null : by.personId());
        values.put("byName", by == null ? null : by.name());
        values.put("at", Timestamp.from(brief.updatedAt()));
        return values;
    }

    private void insertVersion(UUID workspace, Brief brief, @Nullable SignedIn by) {
        var values = values(workspace, brief, by);
        values.put("document", JSON.writeValueAsString(brief.document()));
        jdbc.sql("""
                        insert into brief_version
                            (brief_id, workspace_id, version, document, draft, saved_by, saved_by_name, saved_at)
                        values (:id, :workspace, :version, :document::jsonb, :draft, :by, :byName, :at)
                        """).params(values).update();
    }

    private void insertParts(UUID workspace, Brief brief, Map<String, Long> creatorIds) {
        var tree = niches.tree();
        var document = brief.document();
        var brand = document.brand();
        if (brand != null && brand.niche() != null) {
            insertNiche(workspace, brief, "category", 0, new NicheImportance(brand.niche(), null), tree);
        }
        var wanted = BriefCheck.orNone(document.niches());
        for (var i = 0; i < wanted.size(); i++) {
            insertNiche(workspace, brief, "wanted", i, wanted.get(i), tree);
        }
        var interests = document.audience() == null
                ? List.<String>of()
                : BriefCheck.orNone(document.audience().interests());
        for (var i = 0; i < interests.size(); i++) {
            insertNiche(workspace, brief, "interest", i, new NicheImportance(interests.get(i), null), tree);
        }
        var excluded = BriefCheck.orNone(document.excludeNiches());
        for (var i = 0; i < excluded.size(); i++) {
            insertNiche(workspace, brief, "excluded", i, new NicheImportance(excluded.get(i), null), tree);
        }
        insertCreators(workspace, brief, "like", document.likeCreators(), creatorIds);
        insertCreators(workspace, brief, "excluded", document.excludeCreators(), creatorIds);
    }

    private void insertNiche(
            UUID workspace, Brief brief, String part, int position, NicheImportance niche, NicheTree tree) {
        jdbc.sql("""
                        insert into brief_niche (brief_id, workspace_id, part, position, niche_id, importance)
                        values (:id, :workspace, :part, :position, :niche, :importance)
                        """)
                .param("id", brief.id().value())
                .param("workspace", workspace)
                .param("part", part)
                .param("position", position)
                .param("niche", tree.bySlug(niche.niche()).map(Niche::id).orElseThrow())
                .param("importance", niche.importance())
                .update();
    }

    private void insertCreators(
            UUID workspace, Brief brief, String part, @Nullable List<String> slugs, Map<String, Long> creatorIds) {
        var position = 0;
        for (var slug : BriefCheck.orNone(slugs)) {
            jdbc.sql("""
                            insert into brief_creator (brief_id, workspace_id, part, position, creator_id)
                            values (:id, :workspace, :part, :position, :creator)
                            """)
                    .param("id", brief.id().value())
                    .param("workspace", workspace)
                    .param("part", part)
                    .param("position", position++)
                    .param("creator", creatorIds.get(slug))
                    .update();
        }
    }

    /** The document without what stands in columns and rows of its own; a list keeps whether it was sent. */
    private static BriefDocument withoutParts(BriefDocument document) {
        var brand = document.brand();
        var audience = document.audience();
        return new BriefDocument(
                null,
                brand == null ? null : new Brand(brand.name(), null, brand.competitors(), brand.values()),
                document.product(),
                document.message(),
                document.objective(),
                emptied(document.niches()),
                audience == null
                        ? null
                        : new TargetAudience(
                                audience.countries(),
                                audience.ages(),
                                audience.genders(),
                                audience.languages(),
                                emptied(audience.interests())),
                document.platforms(),
                document.followers(),
                document.deliverables(),
                document.budget(),
                document.competitorWindowDays(),
                emptied(document.likeCreators()),
                emptied(document.excludeCreators()),
                emptied(document.excludeNiches()),
                document.weights());
    }

    private static <T> @Nullable List<T> emptied(@Nullable List<T> list) {
        return list == null ? null : List.of();
    }

    private static Brief row(ResultSet row, int number) throws SQLException {
        var typed = row.getString("typed");
        var document = JSON.readValue(row.getString("document"), BriefDocument.class);
        return new Brief(
                new BriefId(row.getObject("id", UUID.class)),
                named(document, row.getString("name")),
                row.getBoolean("draft"),
                typed == null ? null : JSON.readValue(typed, BriefForm.class),
                row.getLong("version"),
                row.getString("created_by_name"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("updated_by_name"),
                row.getTimestamp("updated_at").toInstant());
    }

    private static BriefDocument named(BriefDocument document, String name) {
        return new BriefDocument(
                name,
                document.brand(),
                document.product(),
                document.message(),
                document.objective(),
                document.niches(),
                document.audience(),
                document.platforms(),
                document.followers(),
                document.deliverables(),
                document.budget(),
                document.competitorWindowDays(),
                document.likeCreators(),
                document.excludeCreators(),
                document.excludeNiches(),
                document.weights());
    }

    private record Part(
            UUID brief, String part, long of, @Nullable Double importance) {}

    /** Puts niches and creators back into the documents, by the slugs that they have now. */
    private List<Brief> complete(UUID workspace, List<Brief> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        var ids = rows.stream().map(brief -> brief.id().value()).toArray(UUID[]::new);
        var tree = niches.tree();
        var nicheParts = jdbc.sql("""
                        select brief_id, part, niche_id, importance from brief_niche
                        where workspace_id = :workspace and brief_id = any(:ids) order by position
                        """)
                .param("workspace", workspace)
                .param("ids", ids)
                .query((row, _) -> new Part(
                        row.getObject("brief_id", UUID.class),
                        row.getString("part"),
                        row.getLong("niche_id"),
                        row.getObject("importance", Double.class)))
                .list();
        var creatorParts = jdbc.sql("""
                        select brief_id, part, creator_id from brief_creator
                        where workspace_id = :workspace and brief_id = any(:ids) order by position
                        """)
                .param("workspace", workspace)
                .param("ids", ids)
                .query((row, _) -> new Part(
                        row.getObject("brief_id", UUID.class), row.getString("part"), row.getLong("creator_id"), null))
                .list();
        var slugs = slugs(creatorParts);
        var nichesOf = nicheParts.stream().collect(Collectors.groupingBy(Part::brief));
        var creatorsOf = creatorParts.stream().collect(Collectors.groupingBy(Part::brief));
        var complete = new ArrayList<Brief>();
        for (var brief : rows) {
            var document = complete(
                    brief.document(),
                    nichesOf.getOrDefault(brief.id().value(), List.of()),
                    creatorsOf.getOrDefault(brief.id().value(), List.of()),
                    tree,
                    slugs);
            complete.add(new Brief(
                    brief.id(),
                    document,
                    brief.draft(),
                    brief.typed(),
                    brief.version(),
                    brief.createdBy(),
                    brief.createdAt(),
                    brief.updatedBy(),
                    brief.updatedAt()));
        }
        return List.copyOf(complete);
    }

    private Map<Long, String> slugs(List<Part> parts) {
        if (parts.isEmpty()) {
            return Map.of();
        }
        return creators.slugs(parts.stream().map(Part::of).distinct().toList());
    }

    private static BriefDocument complete(
            BriefDocument stored, List<Part> niches, List<Part> creators, NicheTree tree, Map<Long, String> slugs) {
        var category = nicheSlugs(niches, "category", tree).findFirst().orElse(null);
        var wanted = niches.stream()
                .filter(part -> part.part().equals("wanted"))
                .flatMap(part -> tree.byId((int) part.of()).stream()
                        .map(niche -> new NicheImportance(niche.slug(), part.importance())))
                .toList();
        var interests = nicheSlugs(niches, "interest", tree).toList();
        var brand = stored.brand();
        var audience = stored.audience();
        return new BriefDocument(
                stored.name(),
                brand == null ? null : new Brand(brand.name(), category, brand.competitors(), brand.values()),
                stored.product(),
                stored.message(),
                stored.objective(),
                filled(stored.niches(), wanted),
                audience == null
                        ? null
                        : new TargetAudience(
                                audience.countries(),
                                audience.ages(),
                                audience.genders(),
                                audience.languages(),
                                filled(audience.interests(), interests)),
                stored.platforms(),
                stored.followers(),
                stored.deliverables(),
                stored.budget(),
                stored.competitorWindowDays(),
                filled(stored.likeCreators(), creatorSlugs(creators, "like", slugs)),
                filled(stored.excludeCreators(), creatorSlugs(creators, "excluded", slugs)),
                filled(
                        stored.excludeNiches(),
                        nicheSlugs(niches, "excluded", tree).toList()),
                stored.weights());
    }

    private static Stream<String> nicheSlugs(List<Part> parts, String which, NicheTree tree) {
        return parts.stream()
                .filter(part -> part.part().equals(which))
                .flatMap(part -> tree.byId((int) part.of()).stream().map(Niche::slug));
    }

    private static List<String> creatorSlugs(List<Part> parts, String which, Map<Long, String> slugs) {
        return parts.stream()
                .filter(part -> part.part().equals(which))
                .flatMap(part -> Optional.ofNullable(slugs.get(part.of())).stream())
                .toList();
    }

    private static <T> @Nullable List<T> filled(@Nullable List<T> stored, List<T> rows) {
        return stored == null ? null : rows;
    }
}
