package io.closeknit.access;

import io.closeknit.access.Standing.Place;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads people as every request needs them: one query by primary key, outside a transaction, since it runs before a
 * workspace is known.
 */
@Component
class StandingReader {
    private static final String QUERY = """
            select p.id, p.name, p.password_hash, p.admin, p.disabled, p.sign_in_stamp,
                   w.id as workspace_id, w.name as workspace_name, m.role
              from person p
              left join membership m on m.person_id = p.id
              left join workspace w on w.id = m.workspace_id and w.archived_at is null
             where %s
             order by lower(w.name)
            """;

    private final JdbcClient jdbc;

    StandingReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Standing> find(UUID personId) {
        return jdbc.sql(QUERY.formatted("p.id = ?")).param(personId).query(StandingReader::read);
    }

    /** @param email whatever its case, blanks around it ignored */
    Optional<Standing> findByEmail(String email) {
        return jdbc.sql(QUERY.formatted("lower(p.email) = lower(?)"))
                .param(email.strip())
                .query(StandingReader::read);
    }

    private static Optional<Standing> read(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        var places = new ArrayList<Place>();
        var id = rows.getObject("id", UUID.class);
        var name = rows.getString("name");
        var hash = rows.getString("password_hash");
        var admin = rows.getBoolean("admin");
        var disabled = rows.getBoolean("disabled");
        var stamp = rows.getLong("sign_in_stamp");
        do {
            var workspace = rows.getObject("workspace_id", UUID.class);
            if (workspace != null) {
                places.add(
                        new Place(workspace, rows.getString("workspace_name"), Role.valueOf(rows.getString("role"))));
            }
        } while (rows.next());
        return Optional.of(new Standing(id, name, hash, admin, disabled, stamp, places));
    }
}
