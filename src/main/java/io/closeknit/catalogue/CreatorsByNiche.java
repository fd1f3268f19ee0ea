package io.closeknit.catalogue;

import io.closeknit.niche.NicheUsage;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the creators of each niche for the pages of the taxonomy. */
@Component
class CreatorsByNiche implements NicheUsage {
    private final JdbcClient jdbc;

    CreatorsByNiche(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Integer, Long> creatorsByNiche() {
        var creators = new HashMap<Integer, Long>();
        jdbc.sql("select niche_id, count(*) from creator_niche group by niche_id")
                .query(row -> {
                    creators.put(row.getInt(1), row.getLong(2));
                });
        return creators;
    }
}
