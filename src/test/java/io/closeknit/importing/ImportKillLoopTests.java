package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.CloseknitApplication;
import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the application again and again in the middle of an import ({@code kill -9}; every third time the database's
 * connections are cut first) and compares what it ends with to an import that nobody disturbed. Every start takes a while,
 * hence a profile of its own: {@code mvn -Pimport-speed verify -Dtest=ImportKillLoopTests}.
 */
@Tag("import-speed")
class ImportKillLoopTests {
    private static final int CREATORS = Integer.getInteger("closeknit.kill-loop.creators", 200_000);
    private static final int KILLS = Integer.getInteger("closeknit.kill-loop.kills", 20);
    private static final String ADMIN = "ada@kill.example";
    private static final String PASSWORD = "a kill loop's own password";

    /** All that makes up the catalogue but numbers and times of arrival. */
    private static final String DIGEST = """
            select md5(string_agg(md5(concat_ws('|', c.slug, c.name, c.kind, c.bio, c.country, c.city, c.languages, c.email, c.version,
              (select string_agg(concat_ws(':', niche_id, weight, source), ',' order by niche_id) from creator_niche n where n.creator_id = c.id),
              (select string_agg(concat_ws(':', platform, handle_key, followers, following, posts, engagement_rate, likes, comments,
                 authenticity, audience, observed_at, source), ',' order by platform, handle_key) from account a where a.creator_id = c.id),
              (select string_agg(concat_ws(':', version, source, changes), ',' order by version) from creator_revision r where r.creator_id = c.id),
              g.times)), '' order by c.slug)) || ' ' || count(*)
            from creator c left join (select creator_id, count(*) as times from creator_change group by creator_id) g on g.creator_id = c.id""";

    private final EmbeddedPostgres postgres = TestDatabase.postgres();
    private final Random random = new Random(20);

    @Test
    void anImportThatIsKilledAgainAndAgainEndsAsOneThatIsNot() throws Exception {
        var folder = Files.createTempDirectory("kill-loop-");
        Process application = null;
        try {
            var port = freePort();
            application = start(folder, port);
            awaitPort(port);
            var file = folder.resolve("creators.jsonl");
            write(file);
            send(file, port);
            var killed = 0;
            var last = -1L;
            while (!over()) {
                var position = position();
                if (killed < KILLS && position > last) {
                    last = position;
                    Thread.sleep(random.nextInt(1_500));
                    if (killed % 3 == 2) {
                        cutConnections();
                        Thread.sleep(random.nextInt(50));
                    }
                    application.destroyForcibly().waitFor();
                    killed++;
                    application = start(folder, port);
                }
                Thread.sleep(50);
                assertThat(application.isAlive()).isTrue();
            }
            var run = counts();
            var digest = text(DIGEST);
            application.destroyForcibly().waitFor();

            empty();
            application = start(folder, port);
            awaitPort(port);
            send(file, port);
            while (!over()) {
                Thread.sleep(100);
            }
            System.out.printf(
                    "%d kills during an import of %,d: %s, undisturbed: %s; digests %s and %s%n",
                    killed, CREATORS, run, counts(), digest, text(DIGEST));
            assertThat(run).isEqualTo("DONE, created " + CREATORS + ", rejected 0");
            assertThat(digest).isEqualTo(text(DIGEST));
        } finally {
            if (application != null) {
                application.destroyForcibly().waitFor();
            }
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private Process start(Path folder, int port) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx1g", "-XX:TieredStopAtLevel=1"));
        // Without the test classes, whose TestDatabase would start a server of its own.
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, CloseknitApplication.class.getName()));
        command.add("--server.port=" + port);
        command.add("--closeknit.data-dir=" + folder.resolve("data"));
        command.add("--closeknit.demo=false");
        command.add("--spring.datasource.url=" + postgres.url());
        command.add("--spring.datasource.username=" + EmbeddedPostgres.APP);
        command.add("--spring.flyway.user=" + EmbeddedPostgres.OWNER);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("SPRING_DATASOURCE_PASSWORD", postgres.password(EmbeddedPostgres.APP));
        builder.environment().put("SPRING_FLYWAY_PASSWORD", postgres.password(EmbeddedPostgres.OWNER));
        builder.environment().put("CLOSEKNIT_ADMIN_EMAIL", ADMIN);
        builder.environment().put("CLOSEKNIT_ADMIN_PASSWORD", PASSWORD);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort(int port) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (var tries = 0; tries < 6_000; tries++) {
                try {
                    var ready = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
                    if (http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // not yet
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The application does not answer");
    }

    private void send(Path file, int port) throws IOException, InterruptedException {
        var head = "--closeknit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"creators.jsonl\"\r\n\r\n";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/imports"))
                .header("Content-Type", "multipart/form-data; boundary=closeknit")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((ADMIN + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--closeknit--\r\n")))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }

    private void write(Path file) throws IOException, SQLException {
        var slugs = new ArrayList<String>();
        try (var connection = connect();
                var result =
                        connection.createStatement().executeQuery("select slug from niche order by slug limit 300")) {
            while (result.next()) {
                slugs.add(result.getString(1));
            }
        }
        ManyCreators.write(file, CREATORS, 2, slugs.toArray(String[]::new));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.url(), EmbeddedPostgres.OWNER, postgres.password(EmbeddedPostgres.OWNER));
    }

    private String text(String sql) throws SQLException {
        try (var connection = connect();
                var result = connection.createStatement().executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    private boolean over() throws SQLException {
        return text("select state in ('DONE', 'FAILED') from import_run").equals("t");
    }

    private long position() throws SQLException {
        return Long.parseLong(text("select position from import_run"));
    }

    private String counts() throws SQLException {
        return text("select state || ', created ' || created || ', rejected ' || rejected from import_run");
    }

    private void cutConnections() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        postgres.url(), EmbeddedPostgres.APP, postgres.password(EmbeddedPostgres.APP));
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where usename = current_user and pid <> pg_backend_pid()""");
        }
    }

    private void empty() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("truncate creator, creator_change, import_run cascade");
        }
    }
}
