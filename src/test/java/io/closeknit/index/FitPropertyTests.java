package io.closeknit.index;

import static io.closeknit.index.FitSamples.brief;
import static io.closeknit.index.FitSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CatalogueCreator;
import io.closeknit.index.RankQuery.Sort;
import io.closeknit.index.RankQuery.SortKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every creator and every brief, on invented ones; a failure names the seed that made them. */
class FitPropertyTests {
    @TempDir
    private Path folder;

    // ---- of one creator

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void valuesAreSharesWithinTheirIntervalsAndPointsAddUp(int seed) {
        var dice = new Random(seed);
        var rows = Invented.rows(Invented.creators(250, dice));
        var statistics = FitSamples.calculated(rows, 20);
        for (var round = 0; round < 25; round++) {
            var compiled = Invented.brief(dice).compile(statistics);
            var explainer = new Explainer(compiled);
            var scratch = new CompiledBrief.Scratch();
            for (var row : rows) {
                var fit = compiled.evaluate(row, 0, scratch);
                var at = "seed " + seed + ", round " + round + ", " + row.slug;
                for (var i = 0; i < Criterion.COUNT; i++) {
                    assertThat(fit.value[i]).as(at + " " + Criterion.ALL.get(i)).isBetween(0.0, 1.0);
                    assertThat(fit.low[i]).as(at).isBetween(0.0, fit.value[i] + 1e-12);
                    assertThat(fit.high[i]).as(at).isBetween(fit.value[i] - 1e-12, 1.0);
                }
                assertThat(fit.score).as(at).isBetween(0.0, 100 + 1e-9);
                assertThat(fit.lowScore).as(at).isLessThanOrEqualTo(fit.score + 1e-9);
                assertThat(fit.highScore).as(at).isGreaterThanOrEqualTo(fit.score - 1e-9);

                var item = explainer.explain(row, 0, 1, List.of());
                assertThat(item.score()).as(at).isEqualTo(fit.score);
                assertThat(item.criteria().stream()
                                .mapToDouble(Ranking.CriterionScore::points)
                                .sum())
                        .as(at)
                        .isCloseTo(fit.score, within(1e-9));
                item.criteria().stream()
                        .filter(Ranking.CriterionScore::asked)
                        .forEach(score -> assertThat(score.value())
                                .isEqualTo(fit.value[score.criterion().ordinal()]));
                assertThat(item.criteria().stream().filter(score -> !score.asked()))
                        .allMatch(score -> score.value() == null && score.points() == 0);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {5, 6})
    void aRowThatWasPackedAndReadScoresTheSame(int seed) {
        var dice = new Random(seed);
        var rows = Invented.rows(Invented.creators(200, dice));
        var statistics = FitSamples.calculated(rows, 20);
        var compiled = Invented.brief(dice).about("padel").compile(statistics);
        var scratch = new CompiledBrief.Scratch();
        var view = new CreatorRow();
        for (var row : rows) {
            var score = compiled.evaluate(row, 0, scratch).score;
            var bytes = row.toBytes();
            view.read(bytes, 0, bytes.length);
            assertThat(compiled.evaluate(view, 0, scratch).score)
                    .as("seed " + seed)
                    .isEqualTo(score);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {7, 8, 9})
    void onExactMatchesTheRelevanceIsTheFormulaAndNeverAboveOne(int seed) {
        var dice = new Random(seed);
        var df = dice.ints(21, 0, 400).toArray();
        var statistics = FitSamples.statistics(List.of(), 200, 400, df);
        for (var round = 0; round < 300; round++) {
            // Top-level niches are nobody's siblings: they match exactly or not at all.
            var wanted = weights(Invented.TOPS, dice);
            var has = weights(Invented.TOPS, dice);
            var asked = brief();
            wanted.forEach(asked::about);
            var row = new CreatorRow();
            has.forEach((slug, weight) -> row.addNiche(id(slug), weight.intValue()));
            var relevance = asked.compile(statistics).evaluate(row, 0, new CompiledBrief.Scratch()).value[0];
            assertThat(relevance)
                    .as("seed %s, %s and %s", seed, wanted, has)
                    .isCloseTo(overlap(wanted, has, statistics), within(1e-9));

            var anywhere = brief();
            weights(Invented.NICHES, dice).forEach(anywhere::about);
            var other = new CreatorRow();
            weights(Invented.NICHES, dice).forEach((slug, weight) -> other.addNiche(id(slug), weight.intValue()));
            assertThat(anywhere.compile(statistics).evaluate(other, 0, new CompiledBrief.Scratch()).value[0])
                    .isBetween(0.0, 1.0);
        }
    }

    private static Map<String, Double> weights(List<String> niches, Random dice) {
        var weights = new HashMap<String, Double>();
        for (var i = dice.nextInt(1, 6); i > 0; i--) {
            weights.put(Invented.one(niches, dice), (double) dice.nextInt(1, 5_000));
        }
        return weights;
    }

    /** docs/fit.md, as it is written there. */
    private static double overlap(Map<String, Double> brief, Map<String, Double> creator, Statistics statistics) {
        var reached = reached(brief, creator, statistics);
        return Math.min(1, reached / reached(brief, brief, statistics));
    }

    private static double reached(Map<String, Double> brief, Map<String, Double> creator, Statistics statistics) {
        var wanted = vector(brief, 0.5, statistics);
        var has = vector(creator, 0.75, statistics);
        return wanted.entrySet().stream()
                .mapToDouble(
                        part -> Math.pow(part.getValue(), 1.25) * Math.pow(has.getOrDefault(part.getKey(), 0.0), 0.75))
                .sum();
    }

    private static Map<String, Double> vector(Map<String, Double> shares, double power, Statistics statistics) {
        var vector = new HashMap<String, Double>();
        shares.forEach((slug, share) -> vector.put(slug, Math.pow(share, power) * statistics.idf(id(slug))));
        var length = Math.sqrt(
                vector.values().stream().mapToDouble(part -> part * part).sum());
        vector.replaceAll((_, part) -> part / length);
        return vector;
    }

    // ---- of rankings

    private IndexStore store(List<CatalogueCreator> creators, String name) throws IOException {
        var store = IndexStore.create(folder.resolve(name), "shape");
        var documents = new CreatorDocuments(FitSamples.TREE);
        for (var from = 0; from < creators.size(); from += 60) { // several segments
            store.put(documents, creators.subList(from, Math.min(from + 60, creators.size())));
            store.publish(from + 1);
        }
        return store;
    }

    private static List<Ranker.Hit> ranked(
            IndexStore store, CompiledBrief brief, Sort sort, @Nullable SortKey after, int limit) throws IOException {
        var query = new RankQuery(brief.question(), Filters.NONE, null, null, sort, after, limit, false, false);
        var filter = new RowFilter(Filters.NONE, 0, FitSamples.TREE, FitSamples.TIERS, brief.statistics());
        var words = new WordHits(brief.question().belief().words(), new WordHits.Cache());
        try (var snapshot = Objects.requireNonNull(store.tryAcquire())) {
            return new RowEngine(null)
                    .rank(new RankingEngine.Request(
                            snapshot.reader(), new MatchAllDocsQuery(), brief, filter, words, query, Turn.UNDISPUTED))
                    .hits();
        }
    }

    private static String slug(Ranker.Hit hit) {
        return new String(hit.slug(), StandardCharsets.UTF_8);
    }

    private static Map<String, Double> scores(List<Ranker.Hit> hits) {
        return hits.stream()
                .collect(Collectors.toMap(
                        FitPropertyTests::slug, hit -> hit.key().primary()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {10, 11})
    void pagesPutTogetherAreOneRankingInEveryOrder(int seed) throws IOException {
        var dice = new Random(seed);
        var creators = Invented.creators(200, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var compiled = Invented.brief(dice).compile(statistics);
        try (var store = store(creators, "index")) {
            for (var sort : Sort.values()) {
                var whole = ranked(store, compiled, sort, null, 1_000).stream()
                        .map(FitPropertyTests::slug)
                        .toList();
                var pages = new ArrayList<String>();
                SortKey after = null;
                for (var page = ranked(store, compiled, sort, after, 7);
                        !page.isEmpty();
                        page = ranked(store, compiled, sort, after, 7)) {
                    page.forEach(hit -> pages.add(slug(hit)));
                    var last = page.getLast();
                    after = new SortKey(
                            last.key().primary(), last.key().name(), last.key().followers(), slug(last), pages.size());
                }
                assertThat(pages)
                        .as("seed %s, by %s", seed, sort)
                        .isEqualTo(whole)
                        .hasSize(200);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {12, 13})
    void aScoreDependsOnNobodyElseAndIsThatOfTheExplanation(int seed) throws IOException {
        var dice = new Random(seed);
        var creators = Invented.creators(150, dice);
        var statistics = FitSamples.calculated(Invented.rows(creators), 20);
        var compiled = Invented.brief(dice)
                .about("padel")
                .text("padel rackets for everybody")
                .compile(statistics);
        try (var all = store(creators, "all");
                var few = store(creators.subList(30, 50), "few")) {
            var hits = ranked(all, compiled, Sort.FIT, null, 1_000);
            assertThat(scores(hits))
                    .as("seed %s", seed)
                    .containsAllEntriesOf(scores(ranked(few, compiled, Sort.FIT, null, 1_000)));
            assertThat(ranked(all, compiled, Sort.FIT, null, 1_000).stream().map(FitPropertyTests::slug))
                    .as("asked twice")
                    .isEqualTo(hits.stream().map(FitPropertyTests::slug).toList());
            var explainer = new Explainer(compiled);
            var row = new CreatorRow();
            for (var hit : hits) {
                row.read(hit.row(), 0, hit.row().length);
                assertThat(Math.rint(explainer
                                        .explain(row, hit.words(), 1, List.of())
                                        .score()
                                * 1e9))
                        .isEqualTo(hit.key().primary());
            }
        }
    }

    @Test
    void equalScoresGoToFewerFollowersThenToTheSlug() throws IOException {
        // CASES 15: nothing is known of any of them but the followers, and that weighs nothing.
        var followers = new HashMap<String, Integer>();
        followers.put("b-small", 1_000);
        followers.put("a-large", 9_000);
        followers.put("c-unknown", null);
        followers.put("a-small", 1_000);
        followers.put("b-unknown", null);
        var creators = new ArrayList<CatalogueCreator>();
        followers.forEach((slug, count) -> creators.add(FitSamples.stored(
                creators.size() + 1L,
                FitSamples.document("{'slug': '" + slug + "', 'accounts': [{'platform': 'twitch', 'handle': 'h'"
                        + (count == null ? "" : ", 'followers': " + count) + "}]}"))));
        creators.sort(Comparator.comparing(CatalogueCreator::id).reversed());
        var compiled = brief().about("padel").compile(FitSamples.statistics());
        try (var store = store(creators, "index")) {
            assertThat(ranked(store, compiled, Sort.FIT, null, 10).stream().map(FitPropertyTests::slug))
                    .containsExactly("a-small", "b-small", "a-large", "b-unknown", "c-unknown");
        }
    }
}
