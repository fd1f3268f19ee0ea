package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.database.GiveWay;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.index.RankQuery.SortKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns answer what rows answer, in everything; a failure names the seed that made the creators and the brief. */
class BlockEngineTests {
    private static final List<Sort> SORTS =
            List.of(Sort.FIT, Sort.FIT, Sort.FIT, Sort.LOW, Sort.QUALITY, Sort.FOLLOWERS);

    @TempDir
    private Path folder;

    /** Several segments, with creators who were changed and others who were taken out. */
    private IndexStore store(List<CatalogueCreator> creators, Random dice) throws IOException {
        var store = IndexStore.create(folder.resolve("index"), "shape");
        var documents = new CreatorDocuments(FitSamples.TREE);
        for (var from = 0; from < creators.size(); from += 90) {
            store.put(documents, creators.subList(from, Math.min(from + 90, creators.size())));
            store.publish(from + 1);
        }
        store.put(
                documents,
                IntStream.range(0, 20)
                        .mapToObj(i -> Invented.stored(i * 3L + 1, Invented.creator(i * 3, dice), dice))
                        .toList());
        store.remove(List.of(2L, 77L, 130L));
        store.publish(1_000);
        return store;
    }

    private static RankingEngine.Request request(
            IndexReader reader, BriefQuestion question, Filters filters, Statistics statistics, Random dice) {
        var query = new RankQuery(
                question,
                filters,
                dice.nextInt(6) == 0 ? "padel" : null,
                null,
                SORTS.get(dice.nextInt(SORTS.size())),
                null,
                dice.nextInt(8) == 0 ? 0 : 1 + dice.nextInt(40),
                dice.nextBoolean(),
                dice.nextBoolean());
        return RankingEngine.Request.of(
                reader, query, FitSamples.TREE, statistics, FitSamples.TIERS, new WordHits.Cache());
    }

    private static RankingEngine.Request after(RankingEngine.Request request, Ranker.Hit last, int rank) {
        var query = request.query();
        var key = new SortKey(
                last.key().primary(),
                last.key().name(),
                last.key().followers(),
                new String(last.slug(), StandardCharsets.UTF_8),
                rank);
        return new RankingEngine.Request(
                request.reader(),
                request.narrowed(),
                request.brief(),
                request.filter(),
                request.words(),
                new RankQuery(
                        query.question(),
                        query.filters(),
                        query.words(),
                        query.slug(),
                        query.sort(),
                        key,
                        query.limit(),
                        query.facets(),
                        query.sideways()),
                request.turn());
    }

    private static void assertSame(Ranker.Result found, Ranker.Result expected, String as) {
        assertThat(found.total()).as("total, %s", as).isEqualTo(expected.total());
        assertThat(found.demo()).as("demo, %s", as).isEqualTo(expected.demo());
        assertThat(found.unknownCriteria()).as("unknown, %s", as).isEqualTo(expected.unknownCriteria());
        assertThat(found.unknownExcluded()).as("excluded, %s", as).isEqualTo(expected.unknownExcluded());
        assertThat(facets(found)).as("facets, %s", as).isEqualTo(facets(expected));
        assertThat(lines(found)).as("hits, %s", as).isEqualTo(lines(expected));
    }

    private static @Nullable Map<String, Map<String, Integer>> facets(Ranker.Result result) {
        var facets = result.facets();
        return facets == null ? null : facets.toMap();
    }

    private static List<String> lines(Ranker.Result result) {
        return result.hits().stream()
                .map(hit -> new String(hit.slug(), StandardCharsets.UTF_8) + " " + hit.key() + " " + hit.words() + " "
                        + hit.doc() + " " + Arrays.hashCode(hit.row()))
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void columnsAnswerWhatRowsAnswer(int seed) throws IOException {
        var dice = new Random(seed);
        var creators = Invented.creators(400, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var blocks = new BlockCache(new GiveWay());
        try (var store = store(creators, dice);
                var helpers = Executors.newFixedThreadPool(2);
                var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            var engines = List.of(new BlockEngine(blocks, null, 1), new BlockEngine(blocks, helpers, 3));
            for (var round = 0; round < 60; round++) {
                var filters = Invented.filters(dice);
                var request = request(snapshot.reader(), Invented.brief(dice).question(), filters, statistics, dice);
                var as = "seed " + seed + ", round " + round + ", " + request.query();
                for (var page = 0; page < 3; page++) {
                    var expected = new RowEngine(null).rank(request);
                    assertSame(engines.get(round % 2).rank(request), expected, as + ", page " + page);
                    if (expected.hits().isEmpty()) {
                        break;
                    }
                    request = after(request, expected.hits().getLast(), page + 1);
                }
            }
        }
    }

    /** Chunks of thousands, in which a screen has somebody to leave out and most words of a mask are mixed. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = 11)
    void columnsOfManyAnswerWhatRowsAnswer(int seed) throws IOException {
        var dice = new Random(seed);
        var creators = Invented.creators(2_500, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var blocks = new BlockCache(new GiveWay());
        try (var store = IndexStore.create(folder.resolve("many"), "shape")) {
            store.put(new CreatorDocuments(FitSamples.TREE), creators);
            store.publish(1);
            store.remove(List.of(3L, 700L, 701L));
            store.publish(2);
            try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                blocks.prepare(
                        snapshot.reader(), new BlockCache.View(FitSamples.TREE, statistics, FitSamples.TIERS), true);
                var engine = new BlockEngine(blocks, null, 1);
                for (var round = 0; round < 16; round++) {
                    var filters = round % 3 == 0 ? Filters.NONE : Invented.filters(dice);
                    var request =
                            request(snapshot.reader(), Invented.brief(dice).question(), filters, statistics, dice);
                    var as = "seed " + seed + ", round " + round + ", " + request.query();
                    for (var page = 0; page < 2; page++) {
                        var expected = new RowEngine(null).rank(request);
                        assertSame(engine.rank(request), expected, as + ", page " + page);
                        if (expected.hits().isEmpty()) {
                            break;
                        }
                        request = after(request, expected.hits().getLast(), page + 1);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {21, 22, 23})
    void noScoreIsAboveTheScreenOrFurtherBelowThanTheBound(int seed) throws IOException {
        var dice = new Random(seed);
        var creators = Invented.creators(300, dice);
        var rows = Invented.rows(creators);
        var statistics = FitSamples.calculated(rows, 20);
        var builder = new ColumnChunkBuilder(0, rows.size(), FitSamples.TREE, FitSamples.TIERS, statistics);
        for (var i = 0; i < rows.size(); i++) {
            builder.add(i, rows.get(i));
        }
        var chunk = builder.build();
        var everybody = new long[chunk.words];
        BitWords.fill(everybody, rows.size());
        var scratch = new CompiledBrief.Scratch();
        var work = new ChunkScreen.Work();
        for (var round = 0; round < 60; round++) {
            var question = Invented.brief(dice).question();
            var hits = new char[question.belief().words().isEmpty() ? 0 : rows.size()];
            for (var i = 0; i < hits.length; i++) {
                hits[i] = (char) dice.nextInt(question.belief().words().size() + 1);
            }
            for (var weights : weightings(question)) {
                var brief =
                        new CompiledBrief(question.withWeights(weights), FitSamples.TREE, statistics, FitSamples.TIERS);
                var screen = new ChunkScreen(brief, pointsOf(brief));
                var accounts = new BlockAccounts(brief.platforms());
                accounts.look(chunk);
                screen.unknowns(chunk, accounts, everybody, work);
                screen.screen(chunk, accounts, everybody, hits, work);
                for (var i = 0; i < rows.size(); i++) {
                    var exact = brief.evaluate(rows.get(i), hits.length == 0 ? 0 : hits[i], scratch).score;
                    var first = work.upper[i];
                    screen.refine(chunk, accounts, i, work);
                    assertThat(first)
                            .as("first stage, seed %s, round %s, %s", seed, round, rows.get(i).slug)
                            .isGreaterThanOrEqualTo((float) exact);
                    assertThat((double) work.upper[i])
                            .as("seed %s, round %s, %s, %s", seed, round, rows.get(i).slug, Arrays.toString(weights))
                            .isBetween(exact, exact + screen.slack(chunk));
                }
            }
        }
    }

    @Test
    void whatWasCountedIsKeptForOtherWeightsOnTheSameSnapshot() throws IOException {
        var dice = new Random(31);
        var creators = Invented.creators(300, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var engine = new BlockEngine(new BlockCache(new GiveWay()), null, 1);
        var briefs = new CompiledBriefs();
        var kept = new KeptFacets();
        try (var store = store(creators, dice)) {
            for (var round = 0; round < 20; round++) {
                var question = Invented.brief(dice).question();
                var filters = Invented.filters(dice);
                try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                    var first = weighed(snapshot.reader(), question, filters, briefs, statistics);
                    var counted =
                            Objects.requireNonNull(engine.rank(first).facets()).toMap();
                    kept.put(first, counted);
                    var moved =
                            question.withWeights(dice.doubles(Criterion.COUNT).toArray());
                    var second = weighed(snapshot.reader(), moved, filters, briefs, statistics);
                    var expected = new RowEngine(null)
                            .rank(RankingEngine.Request.of(
                                    snapshot.reader(),
                                    second.query(),
                                    FitSamples.TREE,
                                    statistics,
                                    FitSamples.TIERS,
                                    new WordHits.Cache()));
                    var as = "round " + round + ", " + second.query();
                    assertThat(kept.get(second)).as(as).isEqualTo(facets(expected));
                    var found = engine.rank(second.withoutFacets());
                    assertThat(lines(found)).as(as).isEqualTo(lines(expected));
                    assertThat(found.total()).as(as).isEqualTo(expected.total());
                    assertThat(found.unknownCriteria()).as(as).isEqualTo(expected.unknownCriteria());
                }
                store.put(
                        new CreatorDocuments(FitSamples.TREE),
                        List.of(Invented.stored(500 + round, Invented.creator(500 + round, dice), dice)));
                store.publish(2_000 + round);
                try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
                    var later = weighed(snapshot.reader(), question, filters, briefs, statistics);
                    assertThat(kept.get(later)).as("of another snapshot").isNull();
                }
            }
        }
    }

    private static RankingEngine.Request weighed(
            IndexReader reader, BriefQuestion question, Filters filters, CompiledBriefs briefs, Statistics statistics) {
        return RankingEngine.Request.of(
                reader,
                RankQuery.of(question, filters, 25),
                briefs.of(question, FitSamples.TREE, statistics, FitSamples.TIERS),
                new WordHits.Cache());
    }

    @Test
    void neitherEngineGoesOnWhenANewerRequestHasTakenTheTurn() throws IOException {
        var dice = new Random(32);
        var creators = Invented.creators(200, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var turns = new Turn.Turns();
        try (var store = store(creators, dice);
                var helpers = Executors.newFixedThreadPool(2);
                var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            var question = FitSamples.brief().about("padel").question();
            var older = weighed(snapshot.reader(), question, Filters.NONE, new CompiledBriefs(), statistics)
                    .inTurn(turns.take("anna"));
            var newer = older.inTurn(turns.take("anna"));
            for (var engine : List.of(
                    new RowEngine(null),
                    new RowEngine(helpers),
                    new BlockEngine(new BlockCache(new GiveWay()), null, 1),
                    new BlockEngine(new BlockCache(new GiveWay()), helpers, 2))) {
                assertThatExceptionOfType(RankingOvertakenException.class).isThrownBy(() -> engine.rank(older));
                assertThat(engine.rank(newer).hits()).isNotEmpty();
            }
        }
    }

    @Test
    void eachSnapshotIsAnsweredAlikeWhileCreatorsChange() throws Exception {
        var dice = new Random(33);
        var creators = Invented.creators(200, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var blocks = new BlockCache(new GiveWay());
        blocks.view(new BlockCache.View(FitSamples.TREE, statistics, FitSamples.TIERS));
        try (var store = IndexStore.create(folder.resolve("changing"), "shape", blocks::warm);
                var helpers = Executors.newFixedThreadPool(2);
                var writers = Executors.newSingleThreadExecutor()) {
            store.put(new CreatorDocuments(FitSamples.TREE), creators);
            store.publish(1);
            var written = writers.submit(() -> {
                var other = new Random(34);
                for (var change = 2; change < 120; change++) {
                    var number = other.nextInt(220);
                    store.put(
                            new CreatorDocuments(FitSamples.TREE),
                            List.of(Invented.stored(number + 1L, Invented.creator(number, other), other)));
                    store.remove(List.of(other.nextLong(1, 200)));
                    store.publish(change);
                }
                return true;
            });
            var engine = new BlockEngine(blocks, helpers, 2);
            var rounds = 0;
            while (!written.isDone() || rounds < 5) {
                rounds++;
                try (var snapshot = store.tryAcquire()) {
                    if (snapshot != null) {
                        var request = request(
                                snapshot.reader(),
                                Invented.brief(dice).question(),
                                Invented.filters(dice),
                                statistics,
                                dice);
                        assertSame(
                                engine.rank(request),
                                new RowEngine(null).rank(request),
                                "round " + rounds + ", " + request.query());
                    }
                }
            }
            assertThat(written.get()).isTrue();
        }
    }

    private static double[] pointsOf(CompiledBrief brief) {
        return Criterion.ALL.stream()
                .mapToDouble(criterion -> brief.points(criterion, 1))
                .toArray();
    }

    /** All criteria together, then each that is asked alone. */
    private static List<double[]> weightings(BriefQuestion question) {
        var weightings = new ArrayList<double[]>();
        weightings.add(question.weights());
        var asked = new CompiledBrief(question, FitSamples.TREE, FitSamples.statistics(), FitSamples.TIERS);
        for (var criterion : Criterion.ALL) {
            if (asked.isAsked(criterion)) {
                var alone = new double[Criterion.COUNT];
                alone[criterion.ordinal()] = 1;
                weightings.add(alone);
            }
        }
        return weightings;
    }
}
