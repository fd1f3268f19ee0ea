package io.closeknit.demo;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The one row of {@code demo_filling}. */
@Repository
class FillingTable {
    private static final String SELECT = "select state, invented_on, workspace_id, people, briefs from demo_filling";

    private final JdbcClient jdbc;
    private final Clock clock;

    FillingTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return empty before the first start has decided */
    Optional<Filling> find() {
        return jdbc.sql(SELECT).query(FillingTable::filling).optional();
    }

    /** As {@link #find}, and whoever else asks the same waits for the end of this transaction. */
    Optional<Filling> lock() {
        return jdbc.sql(SELECT + " for update").query(FillingTable::filling).optional();
    }

    void save(Filling filling) {
        jdbc.sql("""
                        insert into demo_filling (state, invented_on, workspace_id, people, briefs, changed_at)
                        values (:state, :inventedOn, :workspace, :people, :briefs, :now)
                        on conflict (sole) do update set state = excluded.state, invented_on = excluded.invented_on,
                          workspace_id = excluded.workspace_id, people = excluded.people, briefs = excluded.briefs,
                          changed_at = excluded.changed_at
                        """)
                .param("state", filling.state().name())
                .param("inventedOn", filling.inventedOn())
                .param("workspace", filling.workspaceId())
                .param("people", filling.people().toArray(UUID[]::new))
                .param("briefs", filling.briefs().toArray(UUID[]::new))
                .param("now", OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC))
                .update();
    }

    private static Filling filling(ResultSet row, int number) throws SQLException {
        return new Filling(
                Filling.State.valueOf(row.getString("state")),
                row.getObject("invented_on", LocalDate.class),
                row.getObject("workspace_id", UUID.class),
                ids(row.getArray("people")),
                ids(row.getArray("briefs")));
    }

    private static List<UUID> ids(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((UUID[]) array.getArray());
    }
}
