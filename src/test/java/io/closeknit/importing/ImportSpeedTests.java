package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.index.CreatorIndex;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a large import takes beside what PostgreSQL needs for the same rows, and how the pages fare meanwhile. It
 * measures and prints, and asserts nothing about time. {@code mvn -Pimport-speed verify}, see docs/importing.md.
 */
@Tag("import-speed")
@Import(TestPeople.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "closeknit.demo=false")
class ImportSpeedTests {
    private static final int CREATORS = Integer.getInteger("closeknit.import-speed.creators", 1_000_000);
    /** In the order in which rows may be written. */
    private static final List<String> TABLES = List.of(
            "creator",
            "account",
            "creator_niche",
            "creator_hashtag",
            "account_history",
            "mention",
            "rate",
            "creator_change",
            "creator_revision");

    private static final int LOOKS = 120;
    private static final int PAUSE_MILLIS = 200;

    private static final SignedIn ADMIN = new SignedIn(UUID.randomUUID(), "Ada", UUID.randomUUID(), "Own", Role.ADMIN);

    @LocalServerPort
    private int port;

    @Autowired
    private ImportService imports;

    @Autowired
    private CreatorIndex index;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Flyway flyway;

    @Test
    void anImportBesideACopyOfTheSameRows() throws Exception {
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator").update();
        var file = Files.createTempFile("creators-", ".jsonl");
        try {
            ManyCreators.write(file, CREATORS, 1, niches.tree());
            System.out.printf(
                    Locale.ROOT,
                    "%,d creators, %,d MB of JSON lines, heap at most %,d MB, %d processors%n",
                    CREATORS,
                    Files.size(file) >> 20,
                    Runtime.getRuntime().maxMemory() >> 20,
                    Runtime.getRuntime().availableProcessors());
            lookAround(LOOKS); // what is compiled later would count for the import
            var first = run(file, "into the empty catalogue");
            assertThat(first.run.created()).isEqualTo(CREATORS);
            var behind = System.nanoTime();
            assertThat(index.catchUp(Duration.ofHours(2))).isTrue();
            System.out.printf(Locale.ROOT, "the index had it all %.1f s later%n", (System.nanoTime() - behind) / 1e9);
            lookAround(LOOKS / 4);
            var quiet = lookAround(LOOKS);
            System.out.println("quiet: " + quiet);
            var again = run(file, "the same file again");
            assertThat(again.run.unchanged()).isEqualTo(CREATORS);
            var copy = copy();
            System.out.printf(
                    Locale.ROOT,
                    """
                    COPY of the same rows into the same tables, with indexes and constraints: %.1f s
                    import into the empty catalogue: %.1f s, %.2f times COPY
                    the same file again: %.1f s, %.2f times COPY
                    pages, p95: quiet %.0f ms, during the first import %.0f ms (%.2f times), during the second %.0f ms (%.2f times)
                    most heap in use after a collection: %,d MB
                    """,
                    copy,
                    first.seconds,
                    first.seconds / copy,
                    again.seconds,
                    again.seconds / copy,
                    quiet.p95(),
                    first.pages.p95(),
                    first.pages.p95() / quiet.p95(),
                    again.pages.p95(),
                    again.pages.p95() / quiet.p95(),
                    heap());
        } finally {
            Files.delete(file);
        }
    }

    /** As during an import, while there is none. */
    private Pages lookAround(int times) throws InterruptedException {
        var pages = new Pages(new AtomicBoolean(true));
        for (var i = 0; i < times; i++) {
            pages.look();
            Thread.sleep(PAUSE_MILLIS);
        }
        return pages;
    }

    private record Measured(ImportRun run, double seconds, Pages pages) {}

    private Measured run(Path file, String what) throws Exception {
        var going = new AtomicBoolean(true);
        var pages = new Pages(going);
        var queued = imports.importNow(
                        List.of(new ImportService.NewFile(
                                file.getFileName().toString(), () -> Files.newInputStream(file))),
                        ImportService.Settings.NONE,
                        ADMIN,
                        new ArrayList<>())
                .getFirst();
        var looking = Thread.ofPlatform().start(pages);
        while (!imports.find(queued.id()).orElseThrow().isOver()) {
            Thread.sleep(200);
        }
        going.set(false);
        looking.join();
        var run = imports.find(queued.id()).orElseThrow();
        var seconds = Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0;
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f s, %,.0f creators a second; pages: %s%n",
                what,
                seconds,
                CREATORS / seconds,
                pages);
        return new Measured(run, seconds, pages);
    }

    /** The rows that are there, out to files, and in again by nothing but COPY. In seconds. */
    private double copy() throws Exception {
        var folder = Files.createTempDirectory("rows-");
        try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
            var api = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : TABLES) {
                try (var out = Files.newOutputStream(folder.resolve(table))) {
                    api.copyOut("copy " + table + " to stdout", out);
                }
            }
            execute(connection, "truncate " + String.join(", ", TABLES) + " cascade");
            var started = System.nanoTime();
            for (var table : TABLES) {
                try (var in = Files.newInputStream(folder.resolve(table))) {
                    api.copyIn("copy " + table + " from stdin", in, 1 << 16);
                }
            }
            return (System.nanoTime() - started) / 1e9;
        } finally {
            for (var table : TABLES) {
                Files.deleteIfExists(folder.resolve(table));
            }
            Files.delete(folder);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                        .sum()
                >> 20;
    }

    /** Somebody who works with the pages, one after the other. */
    private final class Pages implements Runnable {
        private static final String[] PATHS = {
            "/discover", "/admin/imports", "/discover?platform=instagram&followersMax=50000"
        };

        private final AtomicBoolean going;
        private final Visitor visitor = new Visitor(port);
        private final List<Double> millis = new ArrayList<>();
        private final List<List<Double>> byPath =
                Arrays.stream(PATHS).<List<Double>>map(_ -> new ArrayList<>()).toList();
        private int next;

        Pages(AtomicBoolean going) {
            this.going = going;
            visitor.signIn(people.admin());
            look();
            millis.clear();
            byPath.forEach(List::clear);
        }

        @Override
        public void run() {
            try {
                while (going.get()) {
                    look();
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void look() {
            var path = next++ % PATHS.length;
            var started = System.nanoTime();
            var answer = visitor.get(PATHS[path]);
            if (answer.statusCode() == 302) {
                answer = visitor.get(
                        answer.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", ""));
            }
            var took = (System.nanoTime() - started) / 1e6;
            millis.add(took);
            byPath.get(path).add(took);
            if (answer.statusCode() != 200) {
                throw new UncheckedIOException(new IOException("A page answered " + answer.statusCode()));
            }
        }

        double p95() {
            return part(millis, 0.95);
        }

        private static double part(List<Double> millis, double part) {
            var sorted =
                    millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(part * sorted.length) - 1];
        }

        @Override
        public String toString() {
            var text = new StringBuilder("%d looks, median %.0f ms, p95 %.0f ms"
                    .formatted(millis.size(), part(millis, 0.5), part(millis, 0.95)));
            for (var path = 0; path < PATHS.length; path++) {
                text.append("; %s %.0f and %.0f"
                        .formatted(PATHS[path], part(byPath.get(path), 0.5), part(byPath.get(path), 0.95)));
            }
            return text.toString();
        }
    }
}
