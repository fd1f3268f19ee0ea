package io.closeknit.niche;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The taxonomy in the database. Plain SQL: it is read as a whole and changed by a few admins. */
@Repository
class NicheStore {
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
        var niches = jdbc.sql("""
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
                        """)
                .query((row, number) -> {
                    version[0] = row.getLong("tree_version");
                    return row.getObject("id") == null ? null : niche(row);
                })
                .list();
        return new NicheTree(
                version[0], niches.stream().filter(java.util.Objects::nonNull).toList());
    }

    private static Niche niche(ResultSet row) throws SQLException {
        var slugs = array(row, "slugs");
        var strengths = row.getArray("strengths");
        var related = new ArrayList<Niche.Related>();
        for (var i = 0; i < slugs.size(); i++) {
            related.add(new Niche.Related(slugs.get(i), ((Double[]) strengths.getArray())[i]));
        }
        related.sort(Niche.Related.STRONGEST_FIRST);
        return new Niche(
                row.getInt("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getObject("parent_id", Integer.class),
                row.getString("description"),
                row.getString("iab_id"),
                array(row, "aliases"),
                array(row, "hashtags"),
                List.copyOf(related),
                row.getLong("version"));
    }

    private static List<String> array(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null
                ? List.of()
                : java.util.Arrays.stream((String[]) array.getArray())
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .toList();
    }
}
