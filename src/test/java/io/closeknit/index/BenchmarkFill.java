package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.CreatorDocument.Rate;
import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.index.BenchmarkCatalogue.Shape;
import io.closeknit.niche.Niche;
import io.closeknit.niche.NicheTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts invented creators into the catalogue of a data folder whose application is stopped, and takes its index away, so that
 * the next start builds one: {@code mvn -Pbench -Dtest=BenchmarkFill -Dbench.fill=1m -Dbench.data-dir=…}. Then prints how
 * long a plain COPY of the same rows out of PostgreSQL takes, which is what a rebuild is compared with. See
 * docs/benchmark.md.
 */
@Tag("benchmark")
class BenchmarkFill {
    private static final int BATCH = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By table, the columns that are filled. */
    private static final Map<String, String> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put(
                "creator",
                "id, slug, name, kind, bio, country, languages, email, mentions_known, created_at, updated_at");
        TABLES.put("creator_niche", "creator_id, niche_id, weight");
        TABLES.put(
                "account",
                "platform, handle_key, creator_id, handle, followers, posts_per_week, engagement_rate, engagement_basis,"
                        + " posts_sampled, likes, comments, reply_rate, authenticity, growth_90d, last_post_at, audience,"
                        + " observed_at, received_at, source");
        TABLES.put("mention", "creator_id, position, brand, niche_id, paid, on_date");
        TABLES.put("rate", "creator_id, platform, deliverable, amount, currency");
    }

    private final Path data = Path.of(System.getProperty("bench.data-dir", "data-benchmark"));
    private final int count = BenchmarkReport.size(System.getProperty("bench.fill", "1m"));
    private final Shape shape = Shape.of(System.getProperty("bench.shapes", "5"));

    @Test
    void fill() throws Exception {
        try (var postgres =
                EmbeddedPostgres.start(data.resolve("postgres").toAbsolutePath(), Map.of("max_wal_size", "4GB"))) {
            var tree = tree(postgres);
            long before;
            try (var connection = connect(postgres)) {
                before = number(connection, "select coalesce(max(id), 0) from creator");
                assertThat(number(connection, "select count(*) from creator where slug = 'creator-00000001'"))
                        .as("benchmark creators that are there already: take another data folder")
                        .isZero();
            }
            var started = System.nanoTime();
            rows(postgres, tree, before);
            try (var connection = connect(postgres)) {
                execute(connection, "select setval('creator_id', (select max(id) from creator))");
                execute(
                        connection,
                        "insert into creator_change (creator_id, at) select id, now() from creator where id > " + before
                                + " order by id");
                execute(connection, "vacuum analyze");
                say("%d creators written in %.1f s", count, started);
                started = System.nanoTime();
                var bytes = copyOut(connection);
                say("COPY TO of the same rows: " + bytes / 1_000_000 + " MB of %d creators in %.1f s", count, started);
            }
        }
        FileSystemUtils.deleteRecursively(data.resolve("index"));
    }

    private static void say(String words, int creators, long started) {
        System.out.printf(Locale.ROOT, words + "%n", creators, (System.nanoTime() - started) / 1e9);
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.url(), EmbeddedPostgres.OWNER, postgres.password(EmbeddedPostgres.OWNER));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static NicheTree tree(EmbeddedPostgres postgres) throws SQLException {
        var niches = new ArrayList<Niche>();
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select to_regclass('niche') is not null")) {
                rows.next();
                assertThat(rows.getBoolean(1))
                        .as("start the application once on this data folder, and stop it: its tables are missing")
                        .isTrue();
            }
            try (var rows = statement.executeQuery("select id, slug, parent_id from niche order by id")) {
                while (rows.next()) {
                    niches.add(new Niche(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getString(2),
                            rows.getObject(3, Integer.class),
                            null,
                            null,
                            List.of(),
                            List.of(),
                            List.of(),
                            1));
                }
            }
        }
        return new NicheTree(1, niches);
    }

    private void rows(EmbeddedPostgres postgres, NicheTree tree, long before) throws Exception {
        var catalogue = new BenchmarkCatalogue(shape, tree);
        var next = new AtomicLong(1);
        var threads = Runtime.getRuntime().availableProcessors();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var writing = IntStream.range(0, threads)
                    .mapToObj(_ -> pool.submit(() -> {
                        try (var connection = connect(postgres)) {
                            for (var from = next.getAndAdd(BATCH); from <= count; from = next.getAndAdd(BATCH)) {
                                batch(connection, catalogue, tree, before, from);
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (var done : writing) {
                done.get();
            }
        }
    }

    private void batch(Connection connection, BenchmarkCatalogue catalogue, NicheTree tree, long before, long from)
            throws SQLException, IOException {
        var texts = new LinkedHashMap<String, StringBuilder>();
        TABLES.keySet().forEach(table -> texts.put(table, new StringBuilder()));
        for (var number = from; number < from + BATCH && number <= count; number++) {
            lines(before + number, catalogue.creator(number), tree, texts);
        }
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : texts.entrySet()) {
            copy.copyIn(
                    "copy " + table.getKey() + " (" + TABLES.get(table.getKey()) + ") from stdin",
                    new ByteArrayInputStream(table.getValue().toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static void lines(long id, CatalogueCreator creator, NicheTree tree, Map<String, StringBuilder> texts) {
        var it = creator.document();
        line(
                texts,
                "creator",
                id,
                it.slug(),
                it.name(),
                "person",
                it.bio(),
                it.country(),
                "{" + String.join(",", it.languages()) + "}",
                it.email(),
                it.mentions() != null,
                creator.createdAt(),
                creator.updatedAt());
        for (var niche : it.niches()) {
            line(texts, "creator_niche", id, niche(niche.niche(), tree), niche.weight());
        }
        account(id, it.accounts().getFirst(), texts);
        var position = 0;
        for (var mention :
                Objects.requireNonNullElse(it.mentions(), List.<io.closeknit.catalogue.CreatorDocument.Mention>of())) {
            line(
                    texts,
                    "mention",
                    id,
                    position++,
                    mention.brand(),
                    niche(mention.niche(), tree),
                    mention.paid(),
                    mention.on());
        }
        for (Rate rate : it.rates()) {
            line(
                    texts,
                    "rate",
                    id,
                    rate.platform().key(),
                    "post",
                    rate.price().amount(),
                    rate.price().currency());
        }
    }

    private static void account(long id, AccountDocument it, Map<String, StringBuilder> texts) {
        line(
                texts,
                "account",
                it.platform().key(),
                it.handle(),
                id,
                it.handle(),
                it.followers(),
                it.postsPerWeek(),
                it.engagementRate(),
                "followers",
                it.postsSampled(),
                it.likes(),
                it.comments(),
                it.replyRate(),
                it.authenticity(),
                it.growth90d(),
                it.lastPostAt(),
                it.audience() == null ? null : JSON.writeValueAsString(it.audience()),
                it.observedAt(),
                it.observedAt(),
                it.source());
    }

    private static int niche(String slug, NicheTree tree) {
        return tree.bySlug(slug).orElseThrow().id();
    }

    /** Nothing invented here holds a tab, a line's end or a backslash. */
    private static void line(Map<String, StringBuilder> texts, String table, @Nullable Object... values) {
        var line = new StringJoiner("\t", "", "\n");
        for (var value : values) {
            line.add(value == null ? "\\N" : value.toString());
        }
        texts.get(table).append(line);
    }

    private static long copyOut(Connection connection) throws SQLException, IOException {
        var bytes = new AtomicLong();
        var counting = new OutputStream() {
            @Override
            public void write(int b) {
                bytes.incrementAndGet();
            }

            @Override
            public void write(byte[] from, int offset, int length) {
                bytes.addAndGet(length);
            }
        };
        for (var table : TABLES.entrySet()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy " + table.getKey() + " (" + table.getValue() + ") to stdout", counting);
        }
        return bytes.get();
    }
}
