package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.brief.BriefDocument.NicheImportance;
import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.testing.TestDatabase;
import io.closeknit.testing.TestPeople;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** What PostgreSQL itself says about briefs, whatever the application asks. */
@SpringBootTest
@Import(TestPeople.class)
class BriefWallTests {
    @Autowired
    private TestPeople people;

    @Autowired
    private BriefService briefs;

    private UUID workspace = UUID.randomUUID();
    private UUID other = UUID.randomUUID();

    @BeforeEach
    void twoWorkspacesWithABriefEach() {
        var ana = people.agency();
        var ben = people.agency();
        workspace = ana.workspaceId();
        other = ben.workspaceId();
        var document = new BriefDocument(
                "Walled",
                null,
                null,
                null,
                null,
                List.of(new NicheImportance("travel", 1.0)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        ana.does(() -> briefs.add(document));
        ben.does(() -> briefs.add(document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"brief", "brief_niche", "brief_version"})
    void onlyTheWorkspacesOwnRowsAreThere(String table) throws SQLException {
        try (var connection = connect()) {
            assertThat(workspaces(connection, table)).as("no workspace set").isEmpty();
            set(connection, workspace);
            assertThat(workspaces(connection, table)).containsOnly(workspace);
            set(connection, other);
            assertThat(workspaces(connection, table)).containsOnly(other);
        }
    }

    @Test
    void nobodyWritesIntoAnotherWorkspace() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            set(connection, workspace);
            assertThat(statement.executeUpdate("update brief set name = 'Taken' where workspace_id = '" + other + "'"))
                    .isZero();
            assertThat(statement.executeUpdate("delete from brief where workspace_id = '" + other + "'"))
                    .isZero();
            assertThatThrownBy(() -> statement.executeUpdate("""
                            insert into brief (id, workspace_id, name, document, draft, version, created_at, updated_at)
                            values (gen_random_uuid(), '%s', 'Planted', '{}', false, 1, now(), now())
                            """.formatted(other)))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void historyIsNeitherChangedNorRemoved() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            set(connection, workspace);
            assertThatThrownBy(() -> statement.executeUpdate("update brief_version set draft = true"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeUpdate("delete from brief_version"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void nicheThatABriefNamesCannotGo() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        TestDatabase.postgres().url(),
                        EmbeddedPostgres.OWNER,
                        TestDatabase.postgres().password(EmbeddedPostgres.OWNER));
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.executeUpdate("""
                            update brief_niche set niche_id = 1000000 where workspace_id = '%s'
                            """.formatted(workspace)))
                    .hasMessageContaining("foreign key");
            connection.rollback();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                TestDatabase.postgres().url(),
                EmbeddedPostgres.APP,
                TestDatabase.postgres().password(EmbeddedPostgres.APP));
    }

    private static void set(Connection connection, UUID workspace) throws SQLException {
        try (var statement = connection.prepareStatement("select set_config('closeknit.workspace', ?, false)")) {
            statement.setString(1, workspace.toString());
            statement.execute();
        }
    }

    private static List<UUID> workspaces(Connection connection, String table) throws SQLException {
        try (var rows = connection.createStatement().executeQuery("select distinct workspace_id from " + table)) {
            var found = new java.util.ArrayList<UUID>();
            while (rows.next()) {
                found.add(rows.getObject(1, UUID.class));
            }
            return found;
        }
    }
}
