package io.closeknit.catalogue;

import io.closeknit.niche.NicheUsage;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Says to the taxonomy how many creators each niche has. */
@Component
class NicheCounts implements NicheUsage {
    private final JdbcTemplate jdbc;

    NicheCounts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Integer, Long> creatorsByNiche() {
        var counts = new HashMap<Integer, Long>();
        jdbc.query("select niche_id, count(*) from creator_niche group by niche_id", row -> {
            counts.put(row.getInt(1), row.getLong(2));
        });
        return counts;
    }
}
