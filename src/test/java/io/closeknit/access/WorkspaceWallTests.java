package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.testing.TestDatabase;
import io.closeknit.testing.TestPeople;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.transaction.support.TransactionOperations;

/** PostgreSQL itself keeps workspaces apart, whatever a query forgets. */
@SpringBootTest
@Import(TestPeople.class)
class WorkspaceWallTests {
    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transactions;

    @Autowired
    private CurrentPerson current;

    @Autowired
    private TestPeople people;

    @Test
    void everyTableOfWorkspaceDataHasItsPolicy() {
        // membership and personal_token are read to find out which workspace a request works for, so before there is
        // one
        assertThat(jdbc.sql("""
                                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                                 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                                   and a.attname = 'workspace_id' and not a.attisdropped
                                   and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
                                """).query(String.class).list())
                .containsExactlyInAnyOrder("demo_filling", "membership", "personal_token");
    }

    @Test
    void aBareConnectionOfTheApplicationSeesTheWorkspaceThatItNamesAndNoOther() throws SQLException {
        var ana = people.agency();
        ana.does(() -> transactions.executeWithoutResult(_ ->
                jdbc.sql("""
                        insert into brief (id, workspace_id, name, document, draft, version, created_at, updated_at)
                        values (?, ?, 'Secret launch', '{}', true, 1, now(), now())
                        """).param(UUID.randomUUID()).param(ana.workspaceId()).update()));
        var postgres = TestDatabase.postgres();
        try (var connection = DriverManager.getConnection(
                        postgres.url(), EmbeddedPostgres.APP, postgres.password(EmbeddedPostgres.APP));
                var statement = connection.createStatement()) {
            assertThat(briefsSeen(statement, ana.workspaceId().toString())).isOne();
            assertThat(briefsSeen(statement, people.agency().workspaceId().toString()))
                    .isZero();
            assertThat(briefsSeen(statement, "")).isZero();
        }
    }

    @Test
    void noTableShowsABareConnectionARowWithoutAWorkspaceOrOfAnother() throws SQLException {
        var tables = jdbc.sql("""
                        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                         where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
                           and a.attname = 'workspace_id' and not a.attisdropped
                        """).query(String.class).list();
        assertThat(tables).contains("brief", "brief_niche", "brief_version");
        var stranger = people.agency().workspaceId();
        var postgres = TestDatabase.postgres();
        try (var connection = DriverManager.getConnection(
                        postgres.url(), EmbeddedPostgres.APP, postgres.password(EmbeddedPostgres.APP));
                var statement = connection.createStatement()) {
            for (var table : tables) {
                for (var workspace : new String[] {"", stranger.toString()}) {
                    statement.execute("select set_config('closeknit.workspace', '" + workspace + "', false)");
                    try (var rows = statement.executeQuery("select count(*) from " + table)) {
                        rows.next();
                        assertThat(rows.getLong(1))
                                .as("%s in '%s'", table, workspace)
                                .isZero();
                    }
                }
            }
        }
    }

    @Test
    void nobodyWritesIntoTheWorkspaceOfSomebodyElse() {
        var ana = people.agency();
        var other = people.agency();
        assertThatThrownBy(() -> ana.does(() -> transactions.executeWithoutResult(_ -> jdbc.sql("""
                                insert into brief (id, workspace_id, name, document, draft, version, created_at, updated_at)
                                values (?, ?, 'Smuggled', '{}', true, 1, now(), now())
                                """)
                        .param(UUID.randomUUID())
                        .param(other.workspaceId())
                        .update())))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void aTransactionWorksForTheWorkspaceOfWhoIsSignedIn() {
        var ana = people.agency();
        var seen = new AtomicReference<String>();
        ana.does(() -> seen.set(workspaceOfATransaction()));
        assertThat(seen.get()).isEqualTo(ana.workspaceId().toString());
        assertThat(workspaceOfATransaction()).isEmpty();
    }

    @Test
    void backgroundWorkNamesItsWorkspace() {
        var ana = people.agency();
        assertThat(current.callIn(ana.workspaceId(), this::workspaceOfATransaction))
                .isEqualTo(ana.workspaceId().toString());
        var seen = new AtomicReference<UUID>();
        current.runIn(ana.workspaceId(), () -> seen.set(current.workspaceId()));
        assertThat(seen.get()).isEqualTo(ana.workspaceId());
    }

    @Test
    void withoutAnybodySignedInThereIsNoWorkspaceToWriteInto() {
        assertThat(current.find()).isEmpty();
        assertThatThrownBy(current::workspaceId).isInstanceOf(AuthenticationCredentialsNotFoundException.class);
    }

    private static long briefsSeen(Statement statement, String workspace) throws SQLException {
        statement.execute("select set_config('closeknit.workspace', '" + workspace + "', false)");
        try (var rows = statement.executeQuery("select count(*) from brief")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String workspaceOfATransaction() {
        return transactions.execute(_ -> jdbc.sql("select coalesce(current_setting('closeknit.workspace', true), '')")
                .query(String.class)
                .single());
    }
}
