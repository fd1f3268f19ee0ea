package io.closeknit.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CreatorDocument;
import io.closeknit.catalogue.CreatorDocument.AccountDocument;
import io.closeknit.catalogue.ImportUndo.Kept;
import io.closeknit.importing.ImportRun.State;
import io.closeknit.testing.TestPeople;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class ImportUndoTests {
    private static final SignedIn ADMIN = new SignedIn(UUID.randomUUID(), "Ada", UUID.randomUUID(), "Own", Role.ADMIN);

    @Autowired
    private ImportService imports;

    @Autowired
    private ImportRuns runs;

    @Autowired
    private ImportWorker worker;

    @Autowired
    private ImportExecution execution;

    @Autowired
    private ImportRollback rollback;

    @Autowired
    private UndoRetention retention;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @BeforeEach
    void clear() {
        worker.stop();
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator").update();
    }

    @AfterEach
    void letOthersImport() {
        worker.start();
    }

    private ImportRun queued(String fileName, String content) throws Exception {
        return imports.importNow(
                        List.of(new ImportService.NewFile(
                                fileName, () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))),
                        ImportService.Settings.NONE,
                        ADMIN,
                        new ArrayList<>())
                .getFirst();
    }

    private ImportRun imported(String fileName, String content) throws Exception {
        var run = queued(fileName, content);
        execution.work(run.id(), () -> false);
        var done = runs.find(run.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        return done;
    }

    private ImportRun rolledBack(ImportRun run) throws Exception {
        assertThat(imports.rollback(run, ADMIN)).isTrue();
        rollback.work(run.id(), () -> false);
        return runs.find(run.id()).orElseThrow();
    }

    /** What a person changes on the page or over the API. */
    private void edit(String creator) {
        var outcome =
                writer.apply(List.of((ObjectNode) json.readTree(creator)), new Origin("Ada", Instant.now(), false));
        assertThat(outcome).noneMatch(CatalogueWriter.Outcome.Rejected.class::isInstance);
    }

    private CreatorDocument creator(String slug) {
        return reader.find(slug).orElseThrow().document();
    }

    private AccountDocument account(String slug) {
        return creator(slug).accounts().getFirst();
    }

    private static String manyCreators(int count, int followers) {
        return IntStream.range(0, count)
                .mapToObj(i -> "creator.%d,%d,fashion".formatted(i, followers + i))
                .collect(Collectors.joining("\n", "username,followers,category\n", "\n"));
    }

    @Test
    void aRollbackRemovesWhoCameAndRestoresWhoWasThere() throws Exception {
        imported("instagram-1.csv", "username,followers,category,country\nana,1000,fashion,HR\nbo,2000,beauty,SI\n");
        var ana = creator("ana");
        var second = imported(
                "instagram-2.csv", "username,followers,category,country\nana,1500,beauty,\ncy,3000,fashion,DE\n");
        assertThat(account("ana").followers()).isEqualTo(1_500);

        var undone = rolledBack(second);

        assertThat(undone.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(List.of(
                        undone.undo().removed(),
                        undone.undo().restored(),
                        undone.undo().kept()))
                .containsExactly(1L, 1L, 0L);
        assertThat(creator("ana")).isEqualTo(ana);
        assertThat(reader.find("cy")).isEmpty();
        assertThat(reader.find("bo")).isPresent();
        assertThat(imports.rollback(undone, ADMIN)).as("a second time").isFalse();
    }

    @Test
    void whatAnOldImportReplacedIsForgottenAndTheImportSaysThatItCannotBeRolledBack() throws Exception {
        var first = imported("instagram-1.csv", "username,followers\nana,1000\n");
        var second = imported("instagram-2.csv", "username,followers\nana,1500\n");
        jdbc.sql("update import_run set started_at = started_at - interval '400 days' where id = ?")
                .param(first.id())
                .update();
        jdbc.sql("update creator_revision set at = at - interval '400 days' where origin_id = ?")
                .param(first.id())
                .update();

        assertThat(retention.forgetOlderThan(Duration.ofDays(365))).isEqualTo(1);

        var old = runs.find(first.id()).orElseThrow();
        assertThat(old.isUndoable()).isFalse();
        assertThat(old.isTooOldToUndo()).isTrue();
        assertThat(imports.rollback(old, ADMIN)).isFalse();
        assertThat(mvc.get()
                        .uri("/admin/imports/" + first.id())
                        .with(people.admin().signedIn()))
                .hasStatusOk()
                .bodyText()
                .contains("can no longer be rolled back");
        rolledBack(runs.find(second.id()).orElseThrow());
        assertThat(account("ana").followers()).as("the younger one still can").isEqualTo(1_000);
    }

    @Test
    void whatAHaltedImportStillAsksForIsNotForgotten() throws Exception {
        imported("instagram-1.csv", "username,followers\nana,1000\n");
        var halted = queued("instagram-2.csv", "username,followers\nana,1500\n");
        jdbc.sql("update import_run set state = 'PAUSED', started_at = now() - interval '500 days' where id = ?")
                .param(halted.id())
                .update();
        jdbc.sql("update creator_revision set at = at - interval '400 days'").update();
        assertThat(retention.forgetOlderThan(Duration.ofDays(365))).isZero();
    }

    @Test
    void whatWasEditedSinceStaysAndIsListed() throws Exception {
        imported("instagram-1.csv", "username,followers,country\nana,1000,HR\n");
        var second = imported("instagram-2.csv", "username,followers,country\nana,1500,SI\nbo,2000,SI\n");
        edit("""
                {"slug": "ana", "city": "Maribor", "accounts": [{"platform": "instagram", "handle": "ana", "followers": 1700}]}""");
        edit("""
                {"slug": "bo", "bio": "Runs and bakes"}""");

        var undone = rolledBack(second);

        assertThat(account("ana").followers()).as("edited").isEqualTo(1_700);
        assertThat(creator("ana").country()).as("taken back").isEqualTo("HR");
        assertThat(creator("ana").city()).as("edited").isEqualTo("Maribor");
        assertThat(creator("bo").bio()).isEqualTo("Runs and bakes");
        assertThat(undone.undo().kept()).isEqualTo(2);
        assertThat(imports.kept(undone, 10))
                .satisfiesExactly(
                        kept -> {
                            assertThat(kept.slug()).isEqualTo("ana");
                            assertThat(kept.facts())
                                    .contains("instagram/ana followers")
                                    .doesNotContain("country");
                        },
                        kept -> assertThat(kept)
                                .extracting(Kept::slug, Kept::facts)
                                .containsExactly("bo", List.of()));
    }

    @Test
    void whoCameWithOneImportAndGrewWithAnotherGoesWhenBothAreTakenBack() throws Exception {
        var first = imported("instagram-1.csv", "username,followers\nana,1000\n");
        var second = imported("instagram-2.csv", "username,followers\nana,1500\n");

        rolledBack(first);
        assertThat(account("ana").followers()).isEqualTo(1_500);
        rolledBack(second);

        assertThat(reader.find("ana")).isEmpty();
    }

    @Test
    void aRollbackThatWasKilledGoesOn() throws Exception {
        imported("instagram-1.csv", manyCreators(50, 100));
        var run = imported("instagram-2.csv", manyCreators(6_000, 1_000));
        assertThat(imports.rollback(run, ADMIN)).isTrue();
        var asked = new AtomicInteger();
        rollback.work(run.id(), () -> asked.getAndIncrement() == 2);
        var half = runs.find(run.id()).orElseThrow();
        assertThat(half.state()).isEqualTo(State.ROLLING_BACK);
        assertThat(half.undo().removed() + half.undo().restored()).isEqualTo(4_000);

        rollback.work(run.id(), () -> false);

        var undone = runs.find(run.id()).orElseThrow();
        assertThat(undone.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(List.of(undone.undo().removed(), undone.undo().restored())).containsExactly(5_950L, 50L);
        assertThat(reader.count().real()).isEqualTo(50);
        assertThat(account("creator-7").followers()).isEqualTo(107);
    }

    @Test
    void theSameAgainIsUnchangedAndAnEditInBetweenIsSeen() throws Exception {
        var file = manyCreators(100, 1_000);
        imported("instagram.csv", file);
        var version = reader.version();
        assertThat(imported("instagram.csv", file).unchanged()).isEqualTo(100);
        assertThat(reader.version()).isEqualTo(version);

        edit("""
                {"slug": "creator-7", "accounts": [{"platform": "instagram", "handle": "creator.7", "followers": 5}]}""");
        var third = imported("instagram.csv", file);
        assertThat(List.of(third.updated(), third.unchanged())).containsExactly(1L, 99L);
        assertThat(account("creator-7").followers()).isEqualTo(1_007);
    }

    @Test
    void aRunIsHaltedGoesOnAndIsStopped() throws Exception {
        var run = queued("instagram.csv", manyCreators(12_000, 1_000));
        var chunks = new AtomicInteger();
        execution.work(run.id(), () -> {
            if (chunks.getAndIncrement() == 1) {
                assertThat(imports.pause(run)).isTrue();
            }
            return false;
        });
        var paused = runs.find(run.id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.position())
                .isEqualTo(ImportExecution.CHUNK_RECORDS)
                .isEqualTo(reader.count().real());
        execution.work(run.id(), () -> false);
        assertThat(runs.find(run.id()).orElseThrow())
                .as("halted, nothing moves it")
                .isEqualTo(paused);

        assertThat(imports.resume(paused)).isTrue();
        chunks.set(0);
        execution.work(run.id(), () -> {
            if (chunks.getAndIncrement() == 1) {
                try {
                    assertThat(imports.cancel(run)).isTrue();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            return false;
        });
        var stopped = runs.find(run.id()).orElseThrow();
        assertThat(stopped.state()).isEqualTo(State.CANCELLED);
        assertThat(stopped.created())
                .isEqualTo(2 * ImportExecution.CHUNK_RECORDS)
                .isEqualTo(reader.count().real());
        assertThat(imports.resume(stopped)).isFalse();
        assertThat(rolledBack(stopped).undo().removed()).isEqualTo(2 * ImportExecution.CHUNK_RECORDS);
        assertThat(reader.count().real()).isZero();
    }

    @Test
    void theApiHaltsGoesOnStopsAndTakesBack() throws Exception {
        var ada = people.admin();
        var run = queued("instagram.csv", manyCreators(3, 1_000));
        var address = "/api/v1/imports/" + run.id();
        assertThat(mvc.post()
                        .uri(address + "/pause")
                        .header("Authorization", people.agency().bearer()))
                .hasStatus(403);
        assertThat(mvc.post().uri(address + "/pause").header("Authorization", ada.bearer()))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("PAUSED");
        assertThat(mvc.post().uri(address + "/pause").header("Authorization", ada.bearer()))
                .as("a second time")
                .hasStatus(409);
        assertThat(mvc.post().uri(address + "/resume").header("Authorization", ada.bearer()))
                .hasStatusOk();
        assertThat(mvc.get().uri(address + "/rollback").header("Authorization", ada.bearer()))
                .hasStatus(404);
        execution.work(run.id(), () -> false);
        assertThat(mvc.post().uri(address + "/cancel").header("Authorization", ada.bearer()))
                .as("over already")
                .hasStatus(409);
        edit("{\"slug\": \"creator-1\", \"bio\": \"Edited\"}");

        assertThat(mvc.post().uri(address + "/rollback").header("Authorization", ada.bearer()))
                .hasStatus(202)
                .hasHeader("Location", address);
        rollback.work(run.id(), () -> false);
        assertThat(mvc.get().uri(address + "/rollback").header("Authorization", ada.bearer()))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"state": "ROLLED_BACK", "removed": 2, "restored": 0, "total": 1,
                         "items": [{"slug": "creator-1", "facts": []}]}""");
        assertThat(mvc.post().uri(address + "/rollback").header("Authorization", ada.bearer()))
                .hasStatus(409);
    }

    /** Two imports of the same creators and people who edit them: nobody waits for ever, no edit is lost. */
    @Test
    void importsAndEditsAtTheSameTimeNeitherDeadlockNorLoseAnEdit() throws Exception {
        imported("instagram.csv", manyCreators(6_000, 1));
        var one = queued("instagram-one.csv", manyCreators(6_000, 10_000));
        var other = queued("instagram-other.csv", manyCreators(6_000, 20_000));
        assertThat(runs.begin(one.id(), Instant.now())).isTrue(); // both began before the edits
        assertThat(runs.begin(other.id(), Instant.now())).isTrue();
        Thread.sleep(5);
        try (var threads = Executors.newFixedThreadPool(6)) {
            var working = new ArrayList<java.util.concurrent.Future<?>>();
            working.add(threads.submit(() -> execution.work(one.id(), () -> false)));
            working.add(threads.submit(() -> execution.work(other.id(), () -> false)));
            for (var editor = 0; editor < 4; editor++) {
                var first = editor;
                working.add(threads.submit(() -> {
                    for (var i = first; i < 6_000; i += 160) {
                        edit("""
                                {"slug": "creator-%d", "bio": "Edited", "accounts": [{"platform": "instagram", "handle": "creator.%d", "followers": 77}]}""".formatted(i, i));
                    }
                }));
            }
            for (var work : working) {
                work.get();
            }
        }
        for (var run : List.of(one, other)) {
            var done = runs.find(run.id()).orElseThrow();
            assertThat(done.state()).as(done.toString()).isEqualTo(State.DONE);
            assertThat(done.created() + done.updated() + done.unchanged()).isEqualTo(6_000);
        }
        for (var editor = 0; editor < 4; editor++) {
            for (var i = editor; i < 6_000; i += 160) {
                assertThat(creator("creator-" + i).bio()).isEqualTo("Edited");
                assertThat(account("creator-" + i).followers())
                        .as("creator-" + i)
                        .isEqualTo(77);
            }
        }
    }
}
