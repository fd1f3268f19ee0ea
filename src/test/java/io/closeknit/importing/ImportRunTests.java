package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.catalogue.CreatorDocument.NicheWeight;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.catalogue.ReadCreator;
import io.closeknit.database.GiveWay;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.web.FieldProblem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@RecordApplicationEvents
class ImportRunTests {
    private static final SignedIn ADMIN = new SignedIn(UUID.randomUUID(), "Ada", UUID.randomUUID(), "Own", Role.ADMIN);

    @Autowired
    private ImportService imports;

    @Autowired
    private ImportRuns runs;

    @Autowired
    private ImportWorker worker;

    @Autowired
    private Inspections inspections;

    @Autowired
    private DryRuns dryRuns;

    @Autowired
    private Uploads uploads;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private Translators translators;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private ApplicationEventPublisher publisher;

    @Autowired
    private ApplicationEvents events;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void clear() {
        worker.stop(); // the tests work themselves, so that they can interrupt
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
        events.clear();
    }

    @AfterEach
    void letOthersImport() {
        worker.start();
    }

    private ImportRun queued(String fileName, String content) throws Exception {
        return queued(fileName, content, null);
    }

    private ImportRun queued(String fileName, String content, String mapping) throws Exception {
        var problems = new ArrayList<FieldProblem>();
        var run = imports.importNow(
                List.of(new ImportService.NewFile(
                        fileName, () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))),
                new ImportService.Settings(null, null, mapping, List.of(), false),
                ADMIN,
                problems);
        assertThat(problems).isEmpty();
        return run.getFirst();
    }

    private ImportExecution execution(CatalogueWriter catalogue) {
        return new ImportExecution(
                runs,
                inspections,
                uploads,
                catalogue,
                reader,
                dryRuns,
                translators,
                transactions,
                publisher,
                new GiveWay(),
                Clock.systemUTC(),
                Duration.ofMillis(1),
                2_000);
    }

    private ImportRun work(ImportRun run) {
        execution(writer).work(run.id(), () -> false);
        return runs.find(run.id()).orElseThrow();
    }

    private static String manyCreators(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "creator.%d,%d,fashion".formatted(i, 1_000 + i))
                .collect(Collectors.joining("\n", "username,followers,category\n", "\n"));
    }

    @Test
    void aTrialThatIsStoppedForgetsWhomItFoundNew() throws Exception {
        var run = queued("instagram.csv", manyCreators(1));
        var creator = writer.read((ObjectNode)
                JsonMapper.shared().readTree("{\"accounts\": [{\"platform\": \"instagram\", \"handle\": \"dara\"}]}"));
        var origin = new CatalogueWriter.Origin("test", Instant.now(), false, run.id());
        for (var outcome : List.of(Outcome.Created.class, Outcome.Updated.class)) {
            assertThat(dryRuns.outcomes(run, List.of(new DryRuns.Place(0, 2)), List.of(creator), origin))
                    .singleElement()
                    .isInstanceOf(outcome);
            jdbc.sql("delete from import_change").update();
        }
        assertThat(imports.cancel(run)).isTrue();
        assertThat(dryRuns.outcomes(run, List.of(new DryRuns.Place(0, 2)), List.of(creator), origin))
                .singleElement()
                .isInstanceOf(Outcome.Created.class);
        dryRuns.done(run);
    }

    @Test
    void aFileGoesInAndSentAgainNothingDoubles() throws Exception {
        var file =
                "username,category,followers,followees,posts\nAna.Trails,fasion,\"12,500\",300,40\nbo.cooks,beauty; fashion 0.5,1.2M,10,N/A\nana.trails,fashion,12600,,\n";
        var first = work(queued("instagram-2026.csv", file));

        assertThat(first.state()).isEqualTo(State.DONE);
        assertThat(List.of(first.created(), first.updated(), first.unchanged(), first.rejected()))
                .containsExactly(2L, 1L, 0L, 0L);
        assertThat(events.stream(ImportFinished.class)).containsExactly(new ImportFinished(first.id(), 2, 1));
        var ana = reader.find("ana-trails").orElseThrow().document();
        assertThat(ana.accounts()).singleElement().satisfies(account -> {
            assertThat(account.platform()).isEqualTo(Platform.INSTAGRAM);
            assertThat(account.followers()).isEqualTo(12_600);
            assertThat(account.following()).isEqualTo(300);
            assertThat(account.posts()).isEqualTo(40);
            assertThat(account.source()).isEqualTo("instagram-2026.csv");
        });
        assertThat(ana.niches())
                .extracting(NicheWeight::niche)
                .singleElement()
                .asString()
                .contains("fashion");
        var bo = reader.find("bo-cooks").orElseThrow().document();
        assertThat(bo.accounts()).singleElement().satisfies(account -> {
            assertThat(account.followers()).isEqualTo(1_200_000);
            assertThat(account.posts()).isNull();
        });
        assertThat(bo.niches()).hasSize(2).extracting(NicheWeight::weight).contains(0.5);

        var version = reader.version();
        var count = reader.count();
        var again = work(queued(
                "instagram-2026.csv",
                file.lines().filter(line -> !line.startsWith("Ana")).collect(Collectors.joining("\n"))));
        assertThat(List.of(again.created(), again.updated(), again.unchanged(), again.rejected()))
                .containsExactly(0L, 0L, 2L, 0L);
        assertThat(reader.version()).isEqualTo(version);
        assertThat(reader.count()).isEqualTo(count);
        assertThat(events.stream(ImportFinished.class)).hasSize(1);
    }

    @Test
    void oneBadRowIsOneRejectWithItsLineAndReason() throws Exception {
        var run = work(
                queued(
                        "creators.csv",
                        "handle,platform,followers,ER\nana,instagram,1000,3.4 %\nbo,tiktok,-5,2 %\ncy,instagram,many,1 %\n,instagram,5,1 %\ndi,myspace,5,1 %\nel,tiktok,7,1 %,x\n\"fa\nfi\",tiktok,7\n"));

        assertThat(run.state()).isEqualTo(State.DONE);
        assertThat(run.created() + run.rejected()).isEqualTo(run.position()).isEqualTo(7);
        var rejects = imports.firstRejects(run, 10);
        assertThat(rejects).extracting(ImportRuns.Reject::line).containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(rejects)
                .extracting(ImportRuns.Reject::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("followers").contains("-5"),
                        reason -> assertThat(reason)
                                .isEqualTo("followers: 'many' is not a number. Write it as 18400 or 18.4K."),
                        reason -> assertThat(reason).contains("no handle"),
                        reason -> assertThat(reason).contains("platform"),
                        reason -> assertThat(reason).contains("5 cells").contains("4"),
                        reason -> assertThat(reason).contains("handle"));
        assertThat(reader.find("ana")
                        .orElseThrow()
                        .document()
                        .accounts()
                        .getFirst()
                        .engagementRate())
                .isEqualTo(0.034);
    }

    @Test
    void sharesOfTheAudienceGoInByTheNamesOfTheirColumns() throws Exception {
        var run = work(queued("instagram.csv", """
                handle,Female %,Male %,18-24,Female 25-34,Audience: US,Top country 1,Top country 1 %,Top countries
                ana,64,36,40,20,5.5,Croatia,45.2,"Italy (10.5%), Spain 3 %"
                bo,80,70,-5,,,Atlantis,12,
                """));
        assertThat(run.created()).isEqualTo(2);
        var audience = reader.find("ana")
                .orElseThrow()
                .document()
                .accounts()
                .getFirst()
                .audience();
        assertThat(audience).isNotNull();
        assertThat(audience.genders()).isEqualTo(Map.of("female", 0.64, "male", 0.36));
        assertThat(audience.ages()).isEqualTo(Map.of("18-24", 0.4));
        assertThat(audience.agesByGender()).isEqualTo(Map.of("female", Map.of("25-34", 0.2)));
        assertThat(audience.countries()).isEqualTo(Map.of("US", 0.055, "HR", 0.452, "IT", 0.105, "ES", 0.03));
        assertThat(reader.find("bo")
                        .orElseThrow()
                        .document()
                        .accounts()
                        .getFirst()
                        .audience())
                .as("150 % of one whole, and less than nothing of an age, are none")
                .isNull();
        assertThat(imports.notes(run, 10))
                .extracting(ImportRuns.NoteSummary::column)
                .contains("genders", "18-24", "Top country 1", "Top country 1 %");
    }

    /** CASES 8. */
    @Test
    void case8EveryNotationOfOneSemicolonFileWithAByteOrderMarkGoesInAsWhatItMeans() throws Exception {
        var percents = work(queued(
                "instagram.csv",
                "\uFEFFhandle;followers;er\nAna.Trails;12.5K;3,4 %\nana.trails;;3,4\nbo;1.2M;\"3,4 %\"\n"
                        + IntStream.range(0, 10)
                                .mapToObj(i -> "c%d;%d;%d,1".formatted(i, 1_000 + i, 2 + i % 4))
                                .collect(Collectors.joining("\n"))));
        assertThat(percents.state()).isEqualTo(State.DONE);
        assertThat(List.of(percents.created(), percents.updated() + percents.unchanged(), percents.rejected()))
                .as("the handle in another case is the same account")
                .containsExactly(12L, 1L, 0L);
        var ana = reader.find("ana-trails").orElseThrow().document();
        assertThat(ana.accounts()).singleElement().satisfies(account -> {
            assertThat(account.followers())
                    .as("12.5K, and not lost where they are missing")
                    .isEqualTo(12_500);
            assertThat(account.engagementRate()).as("3,4 %").isEqualTo(0.034);
        });

        var fraction = work(queued(
                "tiktok.csv",
                "handle,followers,engagement rate,avg likes\nwedding,80080,1.913955,153269\n"
                        + IntStream.range(0, 10)
                                .mapToObj(i -> "t%d,%d,0.0%d,10".formatted(i, 1_000 + i, 2 + i))
                                .collect(Collectors.joining("\n"))));
        assertThat(fraction.rejected()).isZero();
        assertThat(reader.find("wedding").orElseThrow().document().accounts())
                .singleElement()
                .satisfies(account -> assertThat(account.engagementRate())
                        .as("a fraction above 1 is real: 191 %")
                        .isEqualTo(1.913955));
    }

    @Test
    void aRateThatCanBeEitherIsRejectedByNameUnlessTheMappingSaysIt() throws Exception {
        var file = "handle,ER\nana,1.913955\nbo,0.9\n";
        var unclear = work(queued("tiktok.csv", file));
        assertThat(unclear.rejected()).isEqualTo(2);
        assertThat(imports.firstRejects(unclear, 1).getFirst().reason())
                .contains("ER: '1.913955'")
                .contains("fraction")
                .contains("percentage");

        work(queued("tiktok.csv", file, "{\"columns\": {\"ER\": {\"unit\": \"fraction\"}}}"));
        assertThat(reader.find("ana")
                        .orElseThrow()
                        .document()
                        .accounts()
                        .getFirst()
                        .engagementRate())
                .isEqualTo(1.913955);
    }

    @Test
    void aRunThatWasKilledGoesOnBehindItsLastChunkExactlyOnce() throws Exception {
        var run = queued("instagram.csv", manyCreators(7_000));
        var calls = new AtomicInteger();
        execution(writer).work(run.id(), () -> calls.getAndIncrement() == 2);
        var stopped = runs.find(run.id()).orElseThrow();
        assertThat(stopped.state()).isEqualTo(State.RUNNING);
        assertThat(stopped.position()).isEqualTo(4_000);
        assertThat(reader.count().real()).isEqualTo(4_000);

        // Killed after the creators of the third chunk were written and before the commit.
        var killed = execution(new Delegate(writer) {
            @Override
            public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                super.applyRead(batch, origin);
                throw new SimulatedKill();
            }
        });
        try {
            killed.work(run.id(), () -> false);
        } catch (SimulatedKill e) {
            // as if the process were gone
        }
        assertThat(runs.find(run.id()).orElseThrow().position()).isEqualTo(4_000);
        assertThat(reader.count().real()).isEqualTo(4_000);

        var done = work(run);
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(List.of(done.created(), done.updated(), done.unchanged(), done.rejected()))
                .containsExactly(7_000L, 0L, 0L, 0L);
        assertThat(reader.count().real()).isEqualTo(7_000);
        assertThat(uploads.path(run.storedName())).doesNotExist();
    }

    @Test
    void aRowThatTheDatabaseRefusesKeepsNoOtherOut() throws Exception {
        var run = queued("instagram.csv", manyCreators(500));
        var bad = ConcurrentHashMap.<ReadCreator>newKeySet();
        execution(new Delegate(writer) {
                    @Override
                    public ReadCreator read(ObjectNode creator) {
                        var read = super.read(creator);
                        if (creator.toString().contains("creator.77\"")) {
                            bad.add(read);
                        }
                        return read;
                    }

                    @Override
                    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                        if (batch.stream().anyMatch(bad::contains)) {
                            throw new DataIntegrityViolationException("simulated");
                        }
                        return super.applyRead(batch, origin);
                    }
                })
                .work(run.id(), () -> false);
        var done = runs.find(run.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.created()).isEqualTo(499);
        assertThat(imports.firstRejects(done, 5)).singleElement().satisfies(reject -> {
            assertThat(reject.line()).isEqualTo(79);
            assertThat(reject.reason()).contains("could not be stored");
        });
    }

    @Test
    void aDatabaseThatIsAwayFailsTheRunWithASentenceAndItGoesOnLater() throws Exception {
        var run = queued("instagram.csv", manyCreators(3_000));
        var calls = new AtomicInteger();
        execution(new Delegate(writer) {
                    @Override
                    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                        if (calls.incrementAndGet() > 1) {
                            throw new TransientDataAccessResourceException("simulated");
                        }
                        return super.applyRead(batch, origin);
                    }
                })
                .work(run.id(), () -> false);
        var failed = runs.find(run.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(Wording.of(failed.message())).contains("database").contains("stays");
        assertThat(failed.created()).isEqualTo(2_000);

        assertThat(imports.retry(failed)).isTrue();
        var done = work(run);
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.created()).isEqualTo(3_000);
    }

    @Test
    void aDatabaseThatIsAwayForAMomentCostsNoRow() throws Exception {
        var run = queued("instagram.csv", manyCreators(30));
        var reads = new AtomicInteger();
        var writes = new AtomicInteger();
        execution(new Delegate(writer) {
                    @Override
                    public ReadCreator read(ObjectNode creator) {
                        if (reads.incrementAndGet() == 7) {
                            throw new TransientDataAccessResourceException("simulated: the niches are asked for");
                        }
                        return super.read(creator);
                    }

                    @Override
                    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                        if (writes.incrementAndGet()
                                == 1) { // as Hibernate says it, where a rollback finds its connection closed
                            throw new JpaSystemException(new RuntimeException(
                                    "Unable to rollback against JDBC Connection",
                                    new SQLException("Connection is closed")));
                        }
                        return super.applyRead(batch, origin);
                    }
                })
                .work(run.id(), () -> false);
        var done = runs.find(run.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.created()).isEqualTo(30);
        assertThat(done.rejected()).isZero();
        assertThat(reads.get()).as("one of them twice").isEqualTo(31);
    }

    @Test
    void aFullDiskIsSaidAndTheRunGoesOnWhenThereIsRoom() throws Exception {
        var run = queued("instagram.csv", manyCreators(10));
        execution(new Delegate(writer) {
                    @Override
                    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                        throw new UncategorizedSQLException(
                                "copy", null, new SQLException("could not extend file", "53100"));
                    }
                })
                .work(run.id(), () -> false);
        var failed = runs.find(run.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.message()).isEqualTo("importing.run.failed.full");
        assertThat(imports.retry(failed)).isTrue();
        assertThat(work(run).created()).isEqualTo(10);
    }

    @Test
    void twoServersNeverApplyARecordTwice() throws Exception {
        var run = queued("instagram.csv", manyCreators(4_500));
        var other = execution(writer);
        // A second server starts the same run in the middle of the first one's chunk.
        var once = new AtomicInteger();
        execution(new Delegate(writer) {
                    @Override
                    public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
                        if (once.getAndIncrement() == 0) {
                            var second = Thread.startVirtualThread(() -> other.work(run.id(), () -> false));
                            try {
                                second.join();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                        return super.applyRead(batch, origin);
                    }
                })
                .work(run.id(), () -> false);
        var done = runs.find(run.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(List.of(done.created(), done.updated(), done.unchanged(), done.rejected()))
                .containsExactly(4_500L, 0L, 0L, 0L);
    }

    @Test
    void jsonLinesGoInAndABrokenLineIsOneReject() throws Exception {
        var run = work(queued("creators.jsonl", """
                {"name": "Ana Horvat", "accounts": [{"platform": "instagram", "handle": "ana", "engagementRate": 1.913955}]}
                {"name": "Bo", "accounts": [{"platform": "tiktok", "handle": "bo"}}
                {"name": "Cy", "accounts": [{"platform": "tiktok", "handle": "cy", "audience": {"countries": {"HR": 0.9, "SI": 0.8}}}]}
                {"name": "\\ud83d", "accounts": [{"platform": "tiktok", "handle": "di"}]}
                [1, 2]
                {"name": "Ed", "accounts": [{"platform": "tiktok", "handle": "ed", "folowers": 3}]}
                """));
        assertThat(run.created()).isEqualTo(1);
        assertThat(imports.firstRejects(run, 9))
                .extracting(ImportRuns.Reject::line, ImportRuns.Reject::reason)
                .satisfiesExactly(
                        reject -> assertThat(reject.toList().toString())
                                .startsWith("[2, ")
                                .contains("column 6"),
                        reject -> assertThat(reject.toList().toString())
                                .startsWith("[3, ")
                                .contains("1.7"),
                        reject -> assertThat(reject.toList().toString())
                                .startsWith("[4, ")
                                .contains("half of a pair"),
                        reject -> assertThat(reject.toList().toString())
                                .startsWith("[5, ")
                                .contains("object"),
                        reject -> assertThat(reject.toList().toString())
                                .startsWith("[6, ")
                                .contains("folowers"));
    }

    @Test
    void theWorkerTakesWhatWaits() throws Exception {
        var run = queued("instagram.csv", manyCreators(10));
        worker.start();
        try {
            var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!runs.find(run.id()).orElseThrow().isOver() && System.nanoTime() < until) {
                Thread.sleep(50);
            }
        } finally {
            worker.stop();
        }
        assertThat(runs.find(run.id()).orElseThrow().created()).isEqualTo(10);
    }

    private static final class SimulatedKill extends Error {}

    private static class Delegate implements CatalogueWriter {
        private final CatalogueWriter writer;

        Delegate(CatalogueWriter writer) {
            this.writer = writer;
        }

        @Override
        public List<Outcome> applyRead(List<ReadCreator> batch, Origin origin) {
            return writer.applyRead(batch, origin);
        }

        @Override
        public ReadCreator read(ObjectNode creator) {
            return writer.read(creator);
        }

        @Override
        public List<Preview> previewRead(List<ReadCreator> batch, Origin origin) {
            return writer.previewRead(batch, origin);
        }

        @Override
        public int removeDemo() {
            throw new UnsupportedOperationException();
        }
    }
}
