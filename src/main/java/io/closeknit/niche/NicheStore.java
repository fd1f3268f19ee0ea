package io.closeknit.niche;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The taxonomy in the database. Plain SQL: it is read as a whole and changed by a few admins. */
@Repository
class NicheStore {
    private static final String SELECT = """
            with word as (
                select niche_id,
                       array_agg(word) filter (where kind = 'alias') as aliases,
                       array_agg(word) filter (where kind = 'hashtag') as hashtags
                  from niche_alias group by niche_id
            ), both_ways as (
                select low_id as id, high_id as other, strength from niche_relation
                union all
                select high_id, low_id, strength from niche_relation
            ), relation as (
                select b.id, array_agg(n.slug order by n.id) as slugs, array_agg(b.strength order by n.id) as strengths
                  from both_ways b join niche n on n.id = b.other group by b.id
            )
            select t.version as tree_version, n.id, n.slug, n.name, n.parent_id, n.description, n.iab_id, n.version,
                   w.aliases, w.hashtags, r.slugs, r.strengths
              from niche_tree t
              left join niche n on true
              left join word w on w.niche_id = n.id
              left join relation r on r.id = n.id
            """;

    private final JdbcClient jdbc;

    NicheStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long version() {
        return jdbc.sql("select version from niche_tree").query(Long.class).single();
    }

    /** Reads the whole taxonomy in one statement, so that it is of one moment. */
    NicheTree load() {
        var version = new long[1];
        var niches = jdbc.sql(SELECT)
                .query((row, number) -> {
                    version[0] = row.getLong("tree_version");
                    return row.getObject("id") == null ? null : niche(row);
                })
                .list();
        return new NicheTree(
                version[0], niches.stream().filter(Objects::nonNull).toList());
    }

    /** Locks the tree for this transaction and counts a change. @return the version after the change */
    long lockForChange() {
        return jdbc.sql("update niche_tree set version = version + 1 returning version")
                .query(Long.class)
                .single();
    }

    /** The next id; the tree must be locked. */
    int nextId() {
        return jdbc.sql("update niche_tree set last_id = last_id + 1 returning last_id")
                .query(Integer.class)
                .single();
    }

    Optional<Niche> find(String slug) {
        return jdbc.sql(SELECT + " where n.slug = ?")
                .param(slug)
                .query((row, number) -> niche(row))
                .optional();
    }

    String slug(int id) {
        return jdbc.sql("select slug from niche where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** What a niche is called by now. */
    Optional<String> name(String slug) {
        return jdbc.sql("select name from niche where slug = ?")
                .param(slug)
                .query(String.class)
                .optional();
    }

    /** The niche that a word means by its slug, an alias or a hashtag; names are not looked at. */
    Optional<Integer> idOf(String word) {
        var key = NicheTree.key(word);
        return jdbc.sql("""
                        select id from (
                            select 1 as rank, id from niche where slug = :word
                            union all
                            select 2, id from niche where replace(slug, '-', '') = :key
                            union all
                            select 3, niche_id from niche_alias where key = :key
                        ) found order by rank, id limit 1""")
                .param("word", word)
                .param("key", key)
                .query(Integer.class)
                .optional();
    }

    /** What keys mean by now: the slug of the niche whose slug, alias or hashtag has the key; names are not looked at. */
    Map<String, String> meanings(Collection<String> keys) {
        var meanings = new HashMap<String, String>();
        jdbc.sql("""
                        select key, slug from niche_alias join niche on niche.id = niche_id where key = any(:keys)
                        union all
                        select replace(slug, '-', ''), slug from niche where replace(slug, '-', '') = any(:keys)""").param("keys", keys.toArray(String[]::new)).query(row -> {
            meanings.put(row.getString(1), row.getString(2));
        });
        return meanings;
    }

    /** Whether a niche is the other one or lies below it, at any depth. */
    boolean isWithin(int id, int ancestor) {
        return jdbc.sql("""
                        with recursive above (id, parent_id) as (
                            select id, parent_id from niche where id = :id
                            union
                            select n.id, n.parent_id from niche n join above a on n.id = a.parent_id
                        )
                        select exists (select from above where id = :ancestor)""")
                .param("id", id)
                .param("ancestor", ancestor)
                .query(Boolean.class)
                .single();
    }

    void insert(Niche niche) {
        write(
                "insert into niche (id, slug, name, parent_id, description) values (:id, :slug, :name, :parent, :description)",
                niche);
    }

    /** Writes all but the slug, which stays, and counts the change. */
    void update(Niche niche) {
        write("""
                update niche set name = :name, parent_id = :parent, description = :description, version = version + 1
                 where id = :id and slug = :slug""", niche);
    }

    private void write(String sql, Niche niche) {
        jdbc.sql(sql)
                .param("id", niche.id())
                .param("slug", niche.slug())
                .param("name", niche.name())
                .param("parent", niche.parentId(), Types.INTEGER)
                .param("description", niche.description(), Types.VARCHAR)
                .update();
    }

    /** Counts a change of niches that another one changed with itself. */
    void touch(Collection<Integer> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("update niche set version = version + 1 where id = any(?)")
                    .param(ids.toArray(Integer[]::new))
                    .update();
        }
    }

    void deleteWords(int id) {
        jdbc.sql("delete from niche_alias where niche_id = ?").param(id).update();
    }

    void insertWords(int id, List<NicheDraft.Word> words) {
        if (!words.isEmpty()) {
            jdbc.sql("""
                            insert into niche_alias (key, niche_id, kind, word)
                            select key, ?, kind, word from unnest(?, ?, ?) as given (key, kind, word)""")
                    .param(id)
                    .param(words.stream().map(NicheDraft.Word::key).toArray(String[]::new))
                    .param(words.stream().map(NicheDraft.Word::kind).toArray(String[]::new))
                    .param(words.stream().map(NicheDraft.Word::word).toArray(String[]::new))
                    .update();
        }
    }

    /** The strengths of a niche's relations by the id of the other one. */
    Map<Integer, Double> relations(int id) {
        var relations = new HashMap<Integer, Double>();
        jdbc.sql("select low_id + high_id - :id, strength from niche_relation where :id in (low_id, high_id)")
                .param("id", id)
                .query(row -> {
                    relations.put(row.getInt(1), row.getDouble(2));
                });
        return relations;
    }

    void deleteRelations(int id) {
        jdbc.sql("delete from niche_relation where :id in (low_id, high_id)")
                .param("id", id)
                .update();
    }

    void insertRelations(int id, Collection<RelationRow> relations) {
        for (var relation : relations) {
            jdbc.sql("insert into niche_relation (low_id, high_id, strength) values (?, ?, ?)")
                    .param(Math.min(id, relation.id()))
                    .param(Math.max(id, relation.id()))
                    .param(relation.strength())
                    .update();
        }
    }

    /** A relation to another niche. */
    record RelationRow(int id, String slug, double strength) {}

    private static Niche niche(ResultSet row) throws SQLException {
        var related = new ArrayList<Niche.Related>();
        var slugs = row.getArray("slugs");
        if (slugs != null) {
            var others = (String[]) slugs.getArray();
            var strengths = (Double[]) row.getArray("strengths").getArray();
            for (var i = 0; i < others.length; i++) {
                related.add(new Niche.Related(others[i], strengths[i]));
            }
        }
        related.sort(Niche.Related.STRONGEST_FIRST);
        return new Niche(
                row.getInt("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getObject("parent_id", Integer.class),
                row.getString("description"),
                row.getString("iab_id"),
                words(row, "aliases"),
                words(row, "hashtags"),
                List.copyOf(related),
                row.getLong("version"));
    }

    private static List<String> words(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null
                ? List.of()
                : Arrays.stream((String[]) array.getArray())
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList();
    }
}
