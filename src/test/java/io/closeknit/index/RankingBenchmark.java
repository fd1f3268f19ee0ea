package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.database.EmbeddedPostgres;
import io.closeknit.database.GiveWay;
import io.closeknit.index.BenchmarkBriefs.Brief;
import io.closeknit.index.BenchmarkCatalogue.Shape;
import io.closeknit.niche.NicheTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast is the ranking? {@code mvn -Pbench} runs it; docs/benchmark.md says what is measured and what was seen. It
 * asserts no time, but ends in a failure where the engines disagree.
 */
@Tag("benchmark")
class RankingBenchmark {
    private static final int SHOWN = 50;
    /** Bytes that a broad brief has to touch for each creator, see docs/benchmark.md. */
    private static final int TOUCHED = 27;

    private static final Tiers TIERS = new Tiers(Tiers.DEFAULT);
    private static final NicheTree TREE = BenchmarkCatalogue.tree();

    private final Path folder = Path.of(System.getProperty("bench.folder", "target/benchmark"));
    private final List<Integer> sizes =
            list("bench.sizes", "100k,1m").stream().map(BenchmarkReport::size).toList();
    private final List<Shape> shapes =
            list("bench.shapes", "5,40").stream().map(Shape::of).toList();
    private final List<Integer> threads =
            list("bench.threads", "1,2").stream().map(Integer::valueOf).toList();
    private final int repetitions = Integer.getInteger("bench.repetitions", 5);
    /** Broad and selective briefs together, for the engines that take seconds. */
    private final int sqlBriefs = Integer.getInteger("bench.sql-briefs", 10);

    private final int rowBriefs = Integer.getInteger("bench.row-briefs", 20);
    /** SQL is left out above so many creators. */
    private final int sqlUpTo = BenchmarkReport.size(System.getProperty("bench.sql-up-to", "1m"));

    private final int changeSeconds = Integer.getInteger("bench.change-seconds", 20);
    private final boolean fresh = Boolean.getBoolean("bench.fresh");
    private final BenchmarkReport report = new BenchmarkReport();
    private final List<String> disagreements = new ArrayList<>();

    private static List<String> list(String property, String otherwise) {
        return List.of(System.getProperty(property, otherwise).split(","));
    }

    /** One engine, and how it is asked. */
    private record Candidate(String name, RankingEngine engine, int threads) {}

    @Test
    void everyEngineIsAskedTheSameBriefs() throws Exception {
        Files.createDirectories(folder);
        for (var shape : shapes) {
            for (var size : sizes) {
                if (size > 1_000_000 && shape != shapes.getFirst()) {
                    report.note("%s creators of shape %s are left out: the index would take %d GB of disk."
                            .formatted(BenchmarkReport.words(size), shape.key, size / 1_000_000));
                    continue;
                }
                measure(shape, size);
            }
        }
        report.bars();
        report.write(folder);
        assertThat(disagreements).as("where engines disagree").isEmpty();
    }

    private void measure(Shape shape, int size) throws Exception {
        var catalogue = new BenchmarkCatalogue(shape, TREE);
        var blocks = new BlockCache(new GiveWay());
        try (var store = open(shape, size, catalogue, blocks)) {
            report.begin(shape, size, store);
            Statistics statistics;
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                var started = System.nanoTime();
                statistics = new StatisticsCalculator(TREE, TIERS, 200)
                        .calculate(
                                snapshot::forEachRow,
                                1,
                                BenchmarkCatalogue.TODAY,
                                1,
                                Map.of(Codes.currency("EUR"), 1.0),
                                BenchmarkCatalogue.TODAY,
                                List.of());
                report.once("statistics over all creators", seconds(started));
                started = System.nanoTime();
                blocks.prepare(snapshot.reader(), new BlockCache.View(TREE, statistics, TIERS), true);
                report.once("columns made of the rows", seconds(started));
                report.memory("blocks in memory", blocks.bytes());
            }
            var briefs = BenchmarkBriefs.hundred(catalogue, TREE);
            report.streamingSum(streamingSum(size));
            try (var pool = Executors.newFixedThreadPool(Math.max(
                    1, threads.stream().mapToInt(Integer::intValue).max().orElse(1)))) {
                engines(store, blocks, statistics, briefs, size, pool);
                if (size <= sqlUpTo && sqlBriefs > 0) {
                    sql(store, statistics, briefs, shape, pool);
                }
                if (changeSeconds > 0) {
                    changes(store, blocks, statistics, catalogue, briefs, size, pool);
                }
            }
        }
    }

    // ---- the index

    private IndexStore open(Shape shape, int size, BenchmarkCatalogue catalogue, BlockCache blocks) throws Exception {
        var place = folder.resolve("index-" + shape.key + "-" + size);
        var name = "benchmark:" + BenchmarkCatalogue.VERSION + ":" + CreatorRow.FORMAT + ":" + size;
        if (!fresh) {
            var there = IndexStore.open(place, blocks::warm);
            if (there != null && there.shape().equals(name) && there.creators() == size && there.applied() == 1) {
                return there;
            }
            if (there != null) {
                there.close();
            }
        }
        org.springframework.util.FileSystemUtils.deleteRecursively(place);
        System.out.printf("Making %s creators of shape %s …%n", BenchmarkReport.words(size), shape.key);
        var started = System.nanoTime();
        var store = IndexStore.create(place, name, blocks::warm);
        var next = new AtomicLong(1);
        each(Runtime.getRuntime().availableProcessors(), () -> {
            var documents = new CreatorDocuments(TREE);
            for (var from = next.getAndAdd(1_000); from <= size; from = next.getAndAdd(1_000)) {
                var batch = new ArrayList<CatalogueCreator>();
                for (var number = from; number < from + 1_000 && number <= size; number++) {
                    batch.add(catalogue.creator(number));
                }
                store.add(documents, batch);
            }
            return null;
        });
        store.publish(1);
        store.commit();
        for (var segments = -1; segments != store.segments(); ) { // until Lucene has done its merging
            segments = store.segments();
            Thread.sleep(3_000);
            store.publish(1);
        }
        store.commit();
        System.out.printf(Locale.ROOT, "… in %.1f s%n", seconds(started));
        return store;
    }

    private static void each(int threads, Callable<Void> work) throws InterruptedException, ExecutionException {
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var done : pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(_ -> work).toList())) {
                done.get();
            }
        }
    }

    // ---- our engines

    /** The reference first. */
    private List<Candidate> candidates(BlockCache blocks, ExecutorService pool) {
        var candidates = new ArrayList<Candidate>();
        candidates.add(new Candidate("rows", new RowEngine(null), 1));
        for (var number : threads) {
            candidates.add(new Candidate("blocks", new BlockEngine(blocks, number == 1 ? null : pool, number), number));
        }
        if (threads.contains(2)) {
            candidates.add(new Candidate("rows", new RowEngine(pool), 2));
        }
        return candidates;
    }

    private void engines(
            IndexStore store,
            BlockCache blocks,
            Statistics statistics,
            List<Brief> briefs,
            int size,
            ExecutorService pool)
            throws IOException {
        var few = size > 200_000 ? some(briefs, rowBriefs) : briefs;
        for (var candidate : candidates(blocks, pool)) {
            var rows = candidate.name().equals("rows");
            var asked = rows ? few : briefs;
            var times = rows && size > 200_000 ? 1 : repetitions;
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                run(candidate, snapshot, statistics, asked, times, true);
                if (!rows || size <= 200_000) {
                    run(candidate, snapshot, statistics, asked, times, false);
                }
                if (!rows) {
                    first(candidate, snapshot, statistics, asked);
                }
            }
        }
        compare(store, blocks, statistics, few, pool);
    }

    /** As many broad ones as selective ones. */
    private static List<Brief> some(List<Brief> briefs, int count) {
        return briefs.subList(0, Math.min(count, briefs.size()));
    }

    private static RankingEngine.Request request(
            IndexStore.Snapshot snapshot, Statistics statistics, Brief brief, boolean facets) {
        return RankingEngine.Request.of(
                snapshot.reader(), brief.query(SHOWN, facets), TREE, statistics, TIERS, new WordHits.Cache());
    }

    private void run(
            Candidate candidate,
            IndexStore.Snapshot snapshot,
            Statistics statistics,
            List<Brief> briefs,
            int times,
            boolean facets)
            throws IOException {
        var requests = new LinkedHashMap<Brief, RankingEngine.Request>();
        briefs.forEach(brief -> requests.put(brief, request(snapshot, statistics, brief, facets)));
        var broad = new Samples();
        var selective = new Samples();
        for (var round = times > 1 ? -1 : 0; round < times; round++) { // the first one warms up
            for (var entry : requests.entrySet()) {
                var started = System.nanoTime();
                candidate.engine().rank(entry.getValue());
                if (round >= 0) {
                    (entry.getKey().broad() ? broad : selective).add(System.nanoTime() - started);
                }
            }
        }
        report.engine(
                candidate.name() + (facets ? "" : ", no facets"), candidate.threads(), briefs.size(), broad, selective);
    }

    /**
     * @param asked for the first time
     * @param moved asked again with other weights
     */
    record First(Samples asked, Samples moved) {}

    /** What somebody waits for who asks a brief for the first time, and what one waits for who moves a slider. */
    private void first(Candidate candidate, IndexStore.Snapshot snapshot, Statistics statistics, List<Brief> briefs)
            throws IOException {
        var broad = new First(new Samples(), new Samples());
        var selective = new First(new Samples(), new Samples());
        for (var brief : briefs) {
            var samples = brief.broad() ? broad : selective;
            var started = System.nanoTime();
            var request = request(snapshot, statistics, brief, true);
            candidate.engine().rank(request);
            samples.asked().add(System.nanoTime() - started);
            var weights = brief.question().weights().clone();
            weights[0] += 5;
            started = System.nanoTime();
            var slid = new RankingEngine.Request(
                    request.reader(),
                    request.narrowed(),
                    request.brief().withWeights(weights),
                    request.filter(),
                    request.words(),
                    brief.query(SHOWN, false),
                    Turn.UNDISPUTED);
            candidate.engine().rank(slid);
            samples.moved().add(System.nanoTime() - started);
        }
        report.first(candidate.name(), candidate.threads(), briefs.size(), broad, selective);
    }

    private static BenchmarkSql.Answer answer(Ranker.Result found) {
        return new BenchmarkSql.Answer(
                found.hits().stream()
                        .map(hit -> new String(hit.slug(), java.nio.charset.StandardCharsets.UTF_8))
                        .toList(),
                found.total(),
                found.facets() == null ? Map.of() : found.facets().toMap());
    }

    private void compare(
            IndexStore store, BlockCache blocks, Statistics statistics, List<Brief> briefs, ExecutorService pool)
            throws IOException {
        var candidates = candidates(blocks, pool);
        var compared = 0;
        try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            for (var brief : briefs) {
                var request = request(snapshot, statistics, brief, true);
                var expected = answer(candidates.getFirst().engine().rank(request));
                for (var other : candidates.subList(1, candidates.size())) {
                    same(
                            brief,
                            other.name() + " on " + other.threads() + " threads",
                            answer(other.engine().rank(request)),
                            expected);
                    compared++;
                }
            }
        }
        report.agreement("engines", compared);
    }

    private void same(Brief brief, String who, BenchmarkSql.Answer answer, BenchmarkSql.Answer expected) {
        if (!answer.equals(expected)) {
            var what = !answer.slugs().equals(expected.slugs())
                    ? "the first fifty"
                    : answer.total() != expected.total() ? "the total" : "the facets";
            disagreements.add("%s, brief %d: %s".formatted(who, brief.number(), what));
            report.note("DISAGREEMENT: %s, brief %d, %s. Expected %s, total %d; got %s, total %d."
                    .formatted(
                            who,
                            brief.number(),
                            what,
                            expected.slugs().stream().limit(5).toList(),
                            expected.total(),
                            answer.slugs().stream().limit(5).toList(),
                            answer.total()));
        }
    }

    // ---- the yardstick

    /** Nanoseconds to add up so many bytes as a broad brief has to touch. */
    private static long streamingSum(int size) {
        var words = new long[Math.toIntExact((long) TOUCHED * size / Long.BYTES)];
        Arrays.fill(words, 3);
        var samples = new Samples();
        var sum = 0L;
        for (var round = 0; round < 60; round++) {
            var started = System.nanoTime();
            sum += sum(words);
            if (round >= 20) {
                samples.add(System.nanoTime() - started);
            }
        }
        assertThat(sum).isPositive(); // or it would not be calculated
        return samples.quantile(0.5);
    }

    private static long sum(long[] words) {
        var sum = 0L;
        for (var word : words) {
            sum += word;
        }
        return sum;
    }

    // ---- SQL

    private void sql(IndexStore store, Statistics statistics, List<Brief> briefs, Shape shape, ExecutorService pool)
            throws IOException, InterruptedException, SQLException {
        var settings = Map.of("shared_buffers", "1GB", "fsync", "off", "max_wal_size", "4GB");
        try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres").toAbsolutePath(), settings);
                var connection = DriverManager.getConnection(
                        postgres.url(), EmbeddedPostgres.OWNER, postgres.password(EmbeddedPostgres.OWNER));
                var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            var sql = new BenchmarkSql(connection, TREE, statistics, TIERS, shape);
            var bytes = sql.fill(snapshot);
            var rows = new RowEngine(pool);
            var asked = some(briefs, sqlBriefs);
            for (var parallel : List.of(false, true)) {
                sql.parallel(parallel);
                var broad = new Samples();
                var selective = new Samples();
                for (var brief : asked) {
                    var compiled = new CompiledBrief(brief.question(), TREE, statistics, TIERS);
                    var started = System.nanoTime();
                    var answer = sql.ask(brief, compiled, SHOWN, true);
                    (brief.broad() ? broad : selective).add(System.nanoTime() - started);
                    same(
                            brief,
                            parallel ? "SQL in parallel" : "SQL",
                            answer,
                            answer(rows.rank(request(snapshot, statistics, brief, true))));
                }
                report.sql(parallel, asked.size(), broad, selective, bytes);
            }
            report.agreement("SQL", 2 * asked.size());
            sql.drop();
        }
    }

    // ---- changes

    /** 100 changes a second, applied as the keeper does, while somebody ranks: how long until each is found? */
    private void changes(
            IndexStore store,
            BlockCache blocks,
            Statistics statistics,
            BenchmarkCatalogue catalogue,
            List<Brief> briefs,
            int size,
            ExecutorService pool)
            throws Exception {
        var engine = candidates(blocks, pool).stream()
                .filter(candidate -> candidate.name().equals("blocks"))
                .toList()
                .getLast();
        var done = new AtomicBoolean();
        var asked = new Samples();
        var asking = Thread.ofPlatform().start(() -> {
            for (var i = 1; !done.get(); i = (i + 2) % briefs.size()) {
                try (var snapshot = store.tryAcquire()) {
                    if (snapshot != null) {
                        var started = System.nanoTime();
                        engine.engine().rank(request(snapshot, statistics, briefs.get(i), true));
                        asked.add(System.nanoTime() - started);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        var visible = new Samples();
        var documents = new CreatorDocuments(TREE);
        var began = System.nanoTime();
        var applied = 0;
        var random = new java.util.SplittableRandom(99);
        var change = store.applied();
        while (System.nanoTime() - began < changeSeconds * 1_000_000_000L) {
            Thread.sleep(200); // as often as the keeper looks
            var due = (int) ((System.nanoTime() - began) / 10_000_000); // one every 10 ms
            var batch = new ArrayList<CatalogueCreator>();
            for (var i = applied; i < due; i++) {
                batch.add(catalogue.creator(1 + random.nextInt(size), i + 1));
            }
            var distinct = new LinkedHashMap<Long, CatalogueCreator>();
            batch.forEach(creator -> distinct.put(creator.id(), creator));
            store.put(documents, distinct.values());
            store.publish(++change);
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                // The next ranking finds them: one creator by her slug pays for what new segments need first.
                var one = RankQuery.one(
                        briefs.getFirst().question(), batch.getLast().document().slug());
                var found = engine.engine()
                        .rank(RankingEngine.Request.of(
                                snapshot.reader(), one, TREE, statistics, TIERS, new WordHits.Cache()));
                assertThat(found.hits()).hasSize(1);
            }
            var now = System.nanoTime();
            for (var i = applied; i < due; i++) {
                visible.add(now - (began + (i + 1) * 10_000_000L));
            }
            applied = due;
        }
        done.set(true);
        asking.join();
        report.changes(applied, visible, asked, engine.threads());
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    /** Durations in nanoseconds. */
    static final class Samples {
        private long[] nanos = new long[64];
        private int size;

        void add(long took) {
            if (size == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * size);
            }
            nanos[size++] = took;
        }

        int size() {
            return size;
        }

        /** The smallest that at least this part of the samples does not exceed. */
        long quantile(double part) {
            if (size == 0) {
                return 0;
            }
            var sorted = Arrays.copyOf(nanos, size);
            Arrays.sort(sorted);
            return sorted[Math.max(0, (int) Math.ceil(part * size) - 1)];
        }
    }
}
