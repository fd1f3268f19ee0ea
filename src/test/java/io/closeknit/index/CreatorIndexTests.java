package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.database.DataDirectory;
import io.closeknit.database.GiveWay;
import io.closeknit.niche.NicheDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From creators in the catalogue to a ranked answer, on the real PostgreSQL and a real index. */
@SpringBootTest(properties = {"closeknit.demo=false", "closeknit.index.poll=20ms", "closeknit.index.commit=100ms"})
class CreatorIndexTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    private CreatorIndex index;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IndexKeeper keeper;

    @Autowired
    private DataDirectory data;

    @Autowired
    private IndexAdministration administration;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CatalogueReader catalogue;

    @Autowired
    private StatisticsStore statisticsStore;

    @Autowired
    private IndexProperties properties;

    /** Through the change log, so that the index forgets them, too. */
    @BeforeEach
    @AfterEach
    void empty() throws InterruptedException {
        // In one statement: the keeper follows every 20 ms and must not see the change before the deletion.
        jdbc.sql("with gone as (delete from creator returning id) "
                        + "insert into creator_change (creator_id, at) select id, now() from gone")
                .update();
        assertThat(index.catchUp(PATIENCE)).isTrue();
    }

    private void store(String... creators) throws InterruptedException {
        write(false, creators);
        assertThat(index.catchUp(PATIENCE)).isTrue();
    }

    private void write(boolean demo, String... creators) {
        var batch = Arrays.stream(creators)
                .map(json -> (ObjectNode) JSON.readTree(json.replace('\'', '"')))
                .toList();
        assertThat(writer.apply(batch, new Origin("test", Instant.now(), demo)))
                .noneMatch(outcome -> outcome instanceof Outcome.Rejected);
    }

    private BriefQuestion about(String niche) {
        return new BriefQuestion(
                0,
                Map.of(niches.tree().resolve(niche).orElseThrow().id(), 1.0),
                List.of(),
                BriefQuestion.Target.ANYBODY,
                BriefQuestion.Belief.NOTHING,
                new int[7],
                false,
                Criterion.defaultWeights());
    }

    @Test
    void ranksThoseFirstWhoPublishAboutTheBriefsNiche() throws InterruptedException {
        store("""
                {'name': 'Lea Runs', 'country': 'HR', 'niches': [{'niche': 'trail-running', 'weight': 1}],
                 'accounts': [{'platform': 'instagram', 'handle': 'lea.runs', 'followers': 20000, 'engagementRate': 0.03}]}
                """, """
                {'name': 'Star Striker', 'niches': [{'niche': 'fashion', 'weight': 1}],
                 'accounts': [{'platform': 'instagram', 'handle': 'striker', 'followers': 3000000, 'engagementRate': 0.03}]}
                """);

        var ranking = index.rank(RankQuery.of(about("trail-running"), Filters.NONE, 10));

        assertThat(ranking.items())
                .extracting(item -> item.creator().name())
                .containsExactly("Lea Runs", "Star Striker");
        assertThat(ranking.total()).isEqualTo(2);
        assertThat(ranking.facets().get("tier")).containsEntry("micro", 1).containsEntry("mega", 1);
        var first = ranking.items().getFirst();
        assertThat(first.criteria().getFirst().value()).isCloseTo(1, within(1e-9));
        assertThat(first.criteria().stream()
                        .mapToDouble(Ranking.CriterionScore::points)
                        .sum())
                .isCloseTo(first.score(), within(1e-9));
    }

    @Test
    void findsWhatIsTypedWithATypo() throws InterruptedException {
        store("{'name': 'Marlene Brandt', 'bio': 'Tiny kitchen, vegan baking',"
                + " 'accounts': [{'platform': 'tiktok', 'handle': 'marlene.bakes'}]}");

        var query = new RankQuery(
                about("trail-running"), Filters.NONE, "marlne bakng", null, RankQuery.Sort.FIT, null, 5, false, false);

        var items = index.rank(query).items();
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().creator().excerpts())
                .anySatisfy(excerpt -> assertThat(excerpt.parts()).contains(new Ranking.Excerpt.Part("baking", true)));
    }

    @Test
    void countsWhoseCountryIsNotKnownAndLetsThemInWithTheSwitch() throws InterruptedException {
        store(
                "{'country': 'HR', 'accounts': [{'platform': 'blog', 'handle': 'known'}]}",
                "{'accounts': [{'platform': 'blog', 'handle': 'unknown'}]}");

        assertThat(index.rank(RankQuery.of(about("trail-running"), inCroatia(false), 5))
                        .total())
                .isEqualTo(1);
        assertThat(index.rank(RankQuery.of(about("trail-running"), inCroatia(false), 5))
                        .unknownExcluded())
                .isEqualTo(Map.of("country", 1));
        assertThat(index.rank(RankQuery.of(about("trail-running"), inCroatia(true), 5))
                        .total())
                .isEqualTo(2);
    }

    private static Filters inCroatia(boolean keepUnknown) {
        var none = Filters.NONE;
        return new Filters(
                0,
                none.platforms(),
                null,
                null,
                none.tiers(),
                none.niches(),
                new Filters.Choice<>(Set.of(Codes.country("HR")), Set.of()),
                none.languages(),
                null,
                null,
                null,
                null,
                none.workedWith(),
                null,
                null,
                Map.of(),
                null,
                Set.of(),
                keepUnknown);
    }

    @Test
    void aRemovedCreatorIsGone() throws InterruptedException {
        store("{'accounts': [{'platform': 'blog', 'handle': 'leaving'}]}");
        assertThat(index.rank(RankQuery.of(about("trail-running"), Filters.NONE, 5))
                        .total())
                .isEqualTo(1);

        empty();

        assertThat(index.rank(RankQuery.of(about("trail-running"), Filters.NONE, 5))
                        .total())
                .isZero();
    }

    private Ranking ranking() {
        return index.rank(RankQuery.of(about("trail-running"), Filters.NONE, 10));
    }

    private static String blogger(String handle, String niche) {
        return "{'niches': [{'niche': '%s', 'weight': 1}], 'accounts': [{'platform': 'blog', 'handle': '%s'}]}"
                .formatted(niche, handle);
    }

    @Test
    void aChangedCreatorAnswersWithHerNewFigures() throws InterruptedException {
        store(blogger("her", "fashion"));
        assertThat(ranking().items().getFirst().criteria().getFirst().value()).isZero();

        store(blogger("her", "trail-running"));

        assertThat(ranking().total()).isOne();
        assertThat(ranking().items().getFirst().criteria().getFirst().value()).isCloseTo(1, within(1e-9));
    }

    @Test
    void newFiguresMakeANewStatisticsVersionAndTheOldOneCanStillBeRead() throws InterruptedException {
        store(blogger("first", "fashion"));
        var before = ranking().statisticsVersion();
        assertThat(JSON.readTree(index.statistics(Optional.empty()).orElseThrow())
                        .get("creators")
                        .asInt())
                .isOne();

        store(blogger("second", "trail-running"));
        var after = ranking().statisticsVersion();

        assertThat(after).isGreaterThan(before);
        var old = JSON.readTree(index.statistics(Optional.of(before)).orElseThrow());
        assertThat(old.get("version").asLong()).isEqualTo(before);
        assertThat(old.get("creators").asInt()).isOne();
        assertThat(old.get("df").has("trail-running")).isFalse();
        var now = JSON.readTree(index.statistics(Optional.of(after)).orElseThrow());
        assertThat(now.get("df").get("trail-running").asInt()).isOne();
        assertThat(index.statistics(Optional.of(after + 1))).isEmpty();
    }

    @Test
    void theSameFiguresKeepTheirNumberAndAnotherAudienceDoesNot() throws InterruptedException {
        store(
                "{'accounts': [{'platform': 'blog', 'handle': 'her', 'audience': {'countries': {'HR': 0.5, 'DE': 0.5}}}]}");
        var version = ranking().statisticsVersion();
        index.catchUp(PATIENCE);
        assertThat(ranking().statisticsVersion()).isEqualTo(version);

        // Nothing that is published of it changes, but what stands in for audiences that are not known does.
        store(
                "{'accounts': [{'platform': 'blog', 'handle': 'her', 'audience': {'countries': {'HR': 0.9, 'DE': 0.1}}}]}");
        assertThat(ranking().statisticsVersion()).isGreaterThan(version);
    }

    @Test
    void inventedCreatorsCountOnlyWhileThereIsNoRealOne() throws InterruptedException {
        write(true, blogger("invented", "fashion"), blogger("made-up", "fashion"));
        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().demoStatistics()).isTrue();
        assertThat(keeper.statistics().creators()).isEqualTo(2);

        store(blogger("real", "trail-running"));

        assertThat(ranking().demoStatistics()).isFalse();
        assertThat(ranking().total()).as("still found").isEqualTo(3);
        assertThat(ranking().demo()).isEqualTo(2);
        assertThat(keeper.statistics().creators()).isOne();
        var fashion = niches.tree().resolve("fashion").orElseThrow().id();
        assertThat(keeper.statistics().df()[fashion]).isZero();
        assertThat(keeper.statistics().sample()).hasSize(1);
    }

    private String folder() throws IOException {
        return Files.readString(data.resolve("index").resolve("CURRENT"));
    }

    @Test
    void aRestartGoesOnFromTheCommit() throws Exception {
        store(blogger("before", "trail-running"));
        var folder = folder();
        keeper.stop();
        assertThatExceptionOfType(IndexNotReadyException.class).isThrownBy(this::ranking);

        write(false, blogger("meanwhile", "trail-running"));
        keeper.start();
        assertThat(index.catchUp(PATIENCE)).isTrue();

        assertThat(ranking().total()).isEqualTo(2);
        assertThat(folder()).as("not built anew").isEqualTo(folder);
    }

    @Test
    void anIndexThatIsOlderThanTheLogOfChangesIsBuiltAnew() throws Exception {
        store(blogger("gone", "trail-running"), blogger("stays", "trail-running"));
        var folder = folder();
        keeper.stop();
        jdbc.sql("delete from creator where slug = 'gone'").update(); // what the log would have told was forgotten
        write(false, blogger("meanwhile", "trail-running"), blogger("another", "trail-running"));
        jdbc.sql("delete from creator_change where number < (select max(number) from creator_change)")
                .update();
        keeper.start();

        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().total()).isEqualTo(3);
        assertThat(folder()).isNotEqualTo(folder);
    }

    @Test
    void anIndexThatIsGoneIsBuiltAnew() throws Exception {
        store(blogger("her", "trail-running"));
        keeper.stop();
        FileSystemUtils.deleteRecursively(data.resolve("index"));
        keeper.start();

        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().total()).isOne();
    }

    @Test
    void aDamagedIndexIsBuiltAnew() throws Exception {
        store(blogger("her", "trail-running"));
        keeper.stop();
        var folder = folder();
        try (var files = Files.list(data.resolve("index").resolve(folder.strip()))) {
            for (var file : files.filter(file -> Files.exists(file) && !file.endsWith("write.lock"))
                    .toList()) {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 20));
            }
        }
        keeper.start();

        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().total()).isOne();
        assertThat(folder()).isNotEqualTo(folder);
    }

    @Test
    void whenANicheMovesTheIndexIsBuiltAnewWhileTheOldOneAnswers() throws Exception {
        store(blogger("her", "trail-running"));
        var folder = folder();
        var tree = niches.tree();
        var niche = tree.resolve("trail-running").orElseThrow();
        var elsewhere = tree.resolve("fashion").orElseThrow();
        var done = new AtomicBoolean();
        var asking = CompletableFuture.supplyAsync(() -> {
            var answers = 0;
            while (!done.get()) {
                assertThat(ranking().total()).isOne(); // else the exception ends it
                answers++;
            }
            return answers;
        });
        try {
            move(niche.id(), elsewhere.id());
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (folder().equals(folder) && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertThat(folder()).isNotEqualTo(folder);
            assertThat(index.catchUp(PATIENCE)).isTrue();
            assertThat(ranking().total()).isOne();
            // What lies below fashion is now relevant to it.
            var fashion = index.rank(RankQuery.of(about("fashion"), Filters.NONE, 1));
            assertThat(fashion.items().getFirst().criteria().getFirst().value())
                    .isCloseTo(Math.pow(0.9, 2.25), within(1e-9));
        } finally {
            done.set(true);
            move(niche.id(), niche.parentId());
        }
        assertThat(asking.get(60, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void aRebuildThatWasAskedForKeepsWhatAnswersUntilItIsComplete() throws Exception {
        store(blogger("before", "trail-running"));
        var folder = folder();
        var statistics = keeper.statistics().version();

        assertThat(administration.rebuild()).isTrue();
        write(false, blogger("meanwhile", "trail-running"));
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (folder().equals(folder) && System.nanoTime() < end) {
            assertThat(ranking().total()).isPositive(); // else the exception ends it
            Thread.sleep(10);
        }

        assertThat(folder()).isNotEqualTo(folder);
        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().total()).isEqualTo(2);
        assertThat(ranking().statisticsVersion()).isGreaterThan(statistics);
        var state = administration.state();
        assertThat(state.rebuild()).isNull();
        assertThat(state.lastRebuild().failed()).isFalse();
        assertThat(state.lag()).isZero();
        assertThat(state.creators()).isEqualTo(2);
        assertThat(state.bytesOnDisk()).isPositive();
        assertThat(data.resolve("index").resolve("REBUILD")).doesNotExist();
    }

    @Test
    void aRebuildThatWasKilledBeginsAgainAndLeavesNothingBehind() throws Exception {
        store(blogger("her", "trail-running"), blogger("him", "fashion"));
        var folder = folder();
        keeper.stop();
        // What a kill leaves: the wish, and half of an index that nobody committed.
        Files.writeString(data.resolve("index").resolve("REBUILD"), "wanted");
        var half = data.resolve("index").resolve("index-half");
        Files.createDirectories(half);
        Files.writeString(half.resolve("_0.cfs"), "half");
        keeper.start();

        var end = System.nanoTime() + PATIENCE.toNanos();
        while (folder().equals(folder) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(folder()).isNotEqualTo(folder);
        assertThat(index.catchUp(PATIENCE)).isTrue();
        assertThat(ranking().total()).isEqualTo(2);
        try (var folders = Files.list(data.resolve("index"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString()))
                    .containsExactly(folder().strip());
        }
    }

    @Test
    void anotherNodeAndARestartKeepTheStatisticsVersionWhereNothingChanged(@TempDir Path elsewhere) throws Exception {
        store(blogger("her", "trail-running"));
        var version = keeper.statistics().version();
        var fresh = new IndexKeeper(
                catalogue,
                niches,
                statisticsStore,
                properties,
                index.tiers(),
                new IndexMetrics(new SimpleMeterRegistry()),
                new BlockCache(new GiveWay()),
                Clock.systemUTC(),
                new GiveWay(),
                new DataDirectory(elsewhere));
        fresh.start(); // as another node would
        try {
            assertThat(fresh.await(PATIENCE)).isTrue();
            assertThat(fresh.statistics().version()).isEqualTo(version);
        } finally {
            fresh.stop();
        }
    }

    @Test
    void whatAnOperatorWatchesIsMeasured() throws Exception {
        store(blogger("her", "trail-running"));
        ranking();
        assertThat(meters.get("closeknit.index.ranking").timer().count()).isPositive();
        assertThat(meters.get("closeknit.index.creators").gauge().value()).isEqualTo(1);
        assertThat(meters.get("closeknit.index.lag").gauge().value()).isZero();
        assertThat(meters.get("closeknit.index.disk.size").gauge().value()).isPositive();
        assertThat(meters.get("closeknit.index.statistics.version").gauge().value())
                .isEqualTo(keeper.statistics().version());
        assertThat(meters.get("closeknit.index.statistics.age").timeGauge().value(TimeUnit.SECONDS))
                .isNotNegative();
        assertThat(meters.get("closeknit.index.rebuild.running").gauge().value())
                .isZero();
        assertThat(administration.state().rankings().count()).isPositive();
    }

    private void move(int niche, Integer below) {
        jdbc.sql("update niche set parent_id = ? where id = ?")
                .params(below, niche)
                .update();
        jdbc.sql("update niche_tree set version = version + 1").update();
    }
}
