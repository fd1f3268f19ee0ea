package io.closeknit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's life: a JVM of its own holds it, so that it can be killed. */
class EmbeddedPostgresTests {
    @TempDir
    private Path home;

    /** Holds the server until it is killed; prints the address once it is up. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            try (var postgres = EmbeddedPostgres.start(Path.of(args[0]), Map.of())) {
                System.out.println(postgres.url());
                Thread.sleep(600_000);
            }
        }
    }

    private Process hold() throws Exception {
        var holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var lines = holder.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("jdbc:")) {
                return holder;
            }
        }
        throw new AssertionError("The server did not come up, see " + home.resolve("server.log"));
    }

    private long serverPid() throws Exception {
        return Long.parseLong(Files.readAllLines(home.resolve("db-18/postmaster.pid"))
                .getFirst()
                .strip());
    }

    @Test
    void keepsWhatWasCommittedWhenTheApplicationIsKilledAndLeavesNoServerBehind() throws Exception {
        try (var postgres = EmbeddedPostgres.start(home, Map.of())) {
            try (var connection = DriverManager.getConnection(
                            postgres.url(), "closeknit_owner", postgres.password("closeknit_owner"));
                    var statement = connection.createStatement()) {
                statement.execute("create table kept (it text); insert into kept values ('safe')");
            }
        }
        var holder = hold();
        var server = ProcessHandle.of(serverPid()).orElseThrow();

        holder.destroyForcibly().waitFor();

        server.onExit().get(30, TimeUnit.SECONDS); // the watchdog stopped it
        try (var again = EmbeddedPostgres.start(home, Map.of());
                var connection =
                        DriverManager.getConnection(again.url(), "closeknit_owner", again.password("closeknit_owner"));
                var rows = connection.createStatement().executeQuery("select it from kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("safe");
        }
    }

    @Test
    void refusesASecondInstanceWithASentence() throws Exception {
        var holder = hold();
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(home, Map.of()))
                    .isInstanceOf(DatabaseInUseException.class)
                    .hasMessageContaining("Another running Closeknit uses the data in " + home)
                    .hasMessageContaining("closeknit.data-dir");
        } finally {
            var server = ProcessHandle.of(serverPid()).orElseThrow();
            holder.destroyForcibly().waitFor();
            server.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStalePidFileOfAnotherProcessIsNotTakenForTheServer() throws Exception {
        EmbeddedPostgres.start(home, Map.of()).close();
        var bystander = new ProcessBuilder("sleep", "60").start();
        Files.writeString(
                home.resolve("db-18/postmaster.pid"),
                bystander.pid() + "\n" + home.resolve("db-18") + "\n1\n5432\n\n127.0.0.1\n");

        EmbeddedPostgres.start(home, Map.of()).close();

        assertThat(bystander.isAlive()).isTrue();
        bystander.destroyForcibly();
    }

    @Test
    void theApplicationsRoleOwnsNothingAndIsNoSuperuser() throws Exception {
        try (var postgres = EmbeddedPostgres.start(home, Map.of());
                var connection = DriverManager.getConnection(
                        postgres.url(), "closeknit_app", postgres.password("closeknit_app"));
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isFalse();
        }
    }
}
