package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.closeknit.catalogue.CatalogueReader.Change;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Created;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Rejected;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Unchanged;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Updated;
import io.closeknit.catalogue.CreatorDocument.Platform;
import io.closeknit.niche.NicheDirectory;
import io.closeknit.niche.NicheUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
class CatalogueIntakeTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant MONDAY = Instant.parse("2026-11-16T08:00:00Z");
    private static final Origin CSV = new Origin("creators.csv", MONDAY, false);

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private NicheUsage usage;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @BeforeEach
    void clear() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    private Outcome apply(String text) {
        return writer.apply(List.of(json(text)), CSV).getFirst();
    }

    private CreatorDocument document(String slug) {
        return reader.find(slug).orElseThrow().document();
    }

    @Test
    void createsUpdatesAndLeavesUnchangedCountingVersions() {
        var sent =
                "{'accounts': [{'platform': 'instagram', 'handle': '@Ana.Trails', 'followers': 18400, 'engagementRate': 0.041}]}";

        assertThat(apply(sent)).isInstanceOf(Created.class);
        var version = reader.version();
        assertThat(apply(sent.replace("Ana.Trails", "ana.trails"))).isInstanceOf(Unchanged.class);

        assertThat(reader.version()).isEqualTo(version);
        var ana = reader.find("ana-trails").orElseThrow();
        assertThat(ana.version()).isEqualTo(1);
        assertThat(ana.document().name()).isEqualTo("Ana.Trails");
        assertThat(ana.document().accounts().getFirst().observedAt()).isEqualTo(MONDAY);
        assertThat(ana.document().accounts().getFirst().source()).isEqualTo("creators.csv");

        assertThat(apply(sent.replace("18400", "18500"))).isInstanceOf(Updated.class);
        assertThat(reader.find("ana-trails").orElseThrow().version()).isEqualTo(2);
        assertThat(reader.changesAfter(version, 10))
                .extracting(Change::creatorId)
                .containsExactly(ana.id());
    }

    @Test
    void previewSaysWhatWouldHappenAndWritesNothing() {
        apply("{'name': 'Ana', 'accounts': [{'platform': 'instagram', 'handle': 'ana', 'followers': 100}]}");
        var version = reader.version();
        var previews = writer.preview(
                List.of(
                        json("{'accounts': [{'platform': 'instagram', 'handle': 'ANA', 'followers': 120}]}"),
                        json("{'accounts': [{'platform': 'instagram', 'handle': 'ana', 'followers': 120}]}"),
                        json("{'accounts': [{'platform': 'tiktok', 'handle': 'bo'}], 'niches': [{'niche': 'zzyzx'}]}"),
                        json("{'accounts': [{'platform': 'myspace', 'handle': 'cy'}]}")),
                CSV);

        assertThat(previews)
                .extracting(preview -> preview.outcome().getClass().getSimpleName())
                .containsExactly("Updated", "Unchanged", "Created", "Rejected");
        var changed = previews.getFirst();
        assertThat(changed.before().accounts().getFirst().followers()).isEqualTo(100);
        assertThat(changed.after().accounts().getFirst().followers()).isEqualTo(120);
        assertThat(previews.get(2).before()).isNull();
        assertThat(previews.get(2).unknownNiches()).containsExactly("zzyzx");
        assertThat(previews.get(3).after()).isNull();
        assertThat(reader.version()).isEqualTo(version);
        assertThat(reader.count().real()).isEqualTo(1);
        assertThat(document("ana").accounts().getFirst().followers()).isEqualTo(100);
    }

    @Test
    void keepsEveryFieldAsItWasSent() {
        var sent = json("""
                {"slug": "ana", "name": "Ana \\"Trail\\" Horvat", "kind": "person", "bio": "Runs\\tuphill.\\nC:\\\\ \\\\N", "country": "HR",
                 "city": "Zagreb", "languages": ["hr", "en-GB"], "email": "ana@example.com", "website": "https://ana.example",
                 "niches": [{"niche": "running", "weight": 0.7, "source": "bio"}, {"niche": "travel", "weight": 0.1, "source": "posts"}],
                 "hashtags": [{"tag": "trailrunning", "weight": 0.4}],
                 "accounts": [{"platform": "instagram", "handle": "ana.trails", "url": "https://instagram.com/ana.trails",
                   "followers": 18400, "following": 512, "posts": 830, "postsPerWeek": 3.1, "engagementRate": 1.913955,
                   "engagementBasis": "followers", "engagementStatistic": "median", "postsSampled": 30, "likes": 610.5,
                   "comments": 41.0, "shares": 12.0, "saves": 30.0, "views": 5200.0, "reach": 9100.0, "replyRate": 0.6,
                   "authenticity": 0.93, "growth90d": -0.035, "lastPostAt": "2026-11-15T09:00:00Z",
                   "audience": {"countries": {"HR": 0.71}, "ages": {"25-34": 0.58}, "genders": {"female": 0.64},
                     "languages": {"hr": 0.8}, "interests": {"running": 0.5}, "agesByGender": {"female": {"25-34": 0.37}}},
                   "observedAt": "2026-11-16T00:00:00Z", "source": "panel"}],
                 "history": [{"platform": "instagram", "on": "2026-10-01", "followers": 17900, "engagementRate": 0.043}],
                 "mentions": [{"brand": "Salomon", "niche": "running", "paid": true, "on": "2026-09-14", "platform": "instagram",
                   "url": "https://instagram.com/p/1"}],
                 "rates": [{"platform": "instagram", "deliverable": "post", "price": {"amount": 180, "currency": "EUR"}}]}""");

        assertThat(writer.apply(List.of(sent), CSV)).hasOnlyElementsOfType(Created.class);

        assertThat(JSON.valueToTree(document("ana")).toString())
                .isEqualTo(JSON.valueToTree(JSON.treeToValue(sent, CreatorDocument.class))
                        .toString());
        assertThat(writer.apply(List.of(sent), CSV)).hasOnlyElementsOfType(Unchanged.class);
    }

    @Test
    void objectsForOneCreatorInABatchAreAppliedInOrder() {
        var outcomes = writer.apply(
                List.of(
                        json("{'accounts': [{'platform': 'tiktok', 'handle': 'ÖZGE', 'followers': 10}]}"),
                        json(
                                "{'accounts': [{'platform': 'tiktok', 'handle': 'özge', 'followers': 20}], 'city': 'Izmir'}"),
                        json("{'accounts': [{'platform': 'tiktok', 'handle': '@Özge'}]}")),
                CSV);

        assertThat(outcomes)
                .extracting(outcome -> (Object) outcome.getClass())
                .containsExactly(Created.class, Updated.class, Unchanged.class);
        var creator = reader.find("ozge").orElseThrow();
        assertThat(creator.version()).isEqualTo(1);
        assertThat(creator.document().city()).isEqualTo("Izmir");
        assertThat(creator.document().accounts()).singleElement().satisfies(account -> {
            assertThat(account.followers()).isEqualTo(20);
            assertThat(account.handle()).isEqualTo("ÖZGE");
        });
    }

    @Test
    void anAccountOfAnotherCreatorThanTheSlugNamesIsRejectedNamingBoth() {
        apply("{'accounts': [{'platform': 'tiktok', 'handle': 'one'}]}");
        apply("{'accounts': [{'platform': 'x', 'handle': 'two'}]}");

        var outcome = apply(
                "{'slug': 'one', 'accounts': [{'platform': 'tiktok', 'handle': 'one'}, {'platform': 'x', 'handle': 'Two'}]}");

        assertThat(((Rejected) outcome).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("accounts[1]");
            assertThat(problem.reason()).contains("“two”", "“one”");
        });
    }

    @Test
    void theRestOfABatchGoesInWhereOneIsRejected() {
        var outcomes = writer.apply(
                List.of(
                        json("{'accounts': [{'platform': 'tiktok', 'handle': 'fine'}]}"),
                        json("{'accounts': [{'platform': 'tiktok', 'handle': 'broken', 'followers': -1}]}"),
                        json("{'name': 'Nobody'}")),
                CSV);

        assertThat(outcomes)
                .extracting(outcome -> (Object) outcome.getClass())
                .containsExactly(Created.class, Rejected.class, Rejected.class);
        assertThat(reader.count().real()).isEqualTo(1);
    }

    @Test
    void slugsAreMadeUniqueByThePlatformThenByANumber() {
        var slugs = writer
                .apply(
                        List.of(
                                json("{'accounts': [{'platform': 'tiktok', 'handle': 'a.b'}]}"),
                                json("{'accounts': [{'platform': 'tiktok', 'handle': 'a_b'}]}"),
                                json("{'accounts': [{'platform': 'tiktok', 'handle': 'a-b'}]}")),
                        CSV)
                .stream()
                .map(outcome -> ((Created) outcome).slug())
                .toList();
        assertThat(slugs).containsExactly("a-b", "a-b-tiktok", "a-b-tiktok-2");

        assertThat(apply("{'accounts': [{'platform': 'tiktok', 'handle': 'a b'}]}"))
                .isInstanceOfSatisfying(
                        Created.class, created -> assertThat(created.slug()).isEqualTo("a-b-tiktok-3"));
        assertThat(apply("{'accounts': [{'platform': 'tiktok', 'handle': '日本'}]}"))
                .isInstanceOfSatisfying(
                        Created.class, created -> assertThat(created.slug()).isEqualTo("creator"));
    }

    @Test
    void nichesAreFoundByTheirWordsAndUnknownOnesKeptAsHashtags() {
        apply("""
                {'accounts': [{'platform': 'tiktok', 'handle': 'one'}],
                 'niches': [{'niche': 'Running', 'weight': 0.5}, {'niche': 'quidditch leagues', 'weight': 0.2}],
                 'mentions': [{'brand': 'Broomco', 'niche': 'quidditch leagues'}]}""");

        var one = document("one");
        assertThat(one.niches()).singleElement().satisfies(niche -> {
            assertThat(niche.niche()).isEqualTo("running");
            assertThat(niche.source()).isEqualTo("creators.csv");
        });
        assertThat(one.hashtags()).singleElement().satisfies(hashtag -> {
            assertThat(hashtag.tag()).isEqualTo("quidditch leagues");
            assertThat(hashtag.weight()).isEqualTo(0.2);
        });
        assertThat(one.mentions())
                .singleElement()
                .satisfies(mention -> assertThat(mention.niche()).isNull());
        assertThat(jdbc.sql("select niche_word from mention")
                        .query(String.class)
                        .list())
                .containsExactly("quidditch leagues");
    }

    @Test
    void saysHowManyCreatorsCarryEachNiche() {
        apply(
                "{'accounts': [{'platform': 'x', 'handle': 'one'}], 'niches': [{'niche': 'running'}, {'niche': 'travel'}]}");
        apply("{'accounts': [{'platform': 'x', 'handle': 'two'}], 'niches': [{'niche': 'running'}]}");

        var tree = niches.tree();
        assertThat(usage.creatorsByNiche())
                .containsOnly(
                        entry(tree.bySlug("running").orElseThrow().id(), 2L),
                        entry(tree.bySlug("travel").orElseThrow().id(), 1L));
    }

    @Test
    void aNewerFigureLeavesTheOldOneInTheHistory() {
        apply("{'accounts': [{'platform': 'x', 'handle': 'one', 'followers': 100, 'observedAt': '2026-10-01'}]}");
        apply("{'accounts': [{'platform': 'x', 'handle': 'one', 'followers': 150, 'observedAt': '2026-11-01'}]}");

        assertThat(document("one").history()).singleElement().satisfies(point -> {
            assertThat(point.platform()).isEqualTo(Platform.X);
            assertThat(point.on()).isEqualTo(LocalDate.of(2026, 10, 1));
            assertThat(point.followers()).isEqualTo(100);
        });
    }

    @Test
    void scanAndLoadGoInTheOrderOfTheIds() {
        apply("{'accounts': [{'platform': 'x', 'handle': 'b'}]}");
        apply("{'accounts': [{'platform': 'x', 'handle': 'a'}]}");

        var all = reader.scan(0, 10);
        assertThat(all).extracting(creator -> creator.document().slug()).containsExactly("b", "a");
        assertThat(reader.scan(all.getFirst().id(), 10))
                .extracting(creator -> creator.document().slug())
                .containsExactly("a");
        assertThat(reader.load(List.of(all.getLast().id(), -1L, all.getFirst().id())))
                .isEqualTo(all);
    }

    @Test
    void aRealFileMakesADemoCreatorReal() {
        var invented = List.of(json("{'accounts': [{'platform': 'x', 'handle': 'both'}]}"));
        writer.apply(invented, new Origin("demo", MONDAY, true));

        apply("{'accounts': [{'platform': 'x', 'handle': 'both', 'followers': 5000}]}");

        assertThat(reader.find("both").orElseThrow().demo()).isFalse();
        assertThat(writer.removeDemo()).isZero();
    }

    @Test
    void removingTheDemoLeavesRealCreatorsAndIsLogged() {
        apply("{'accounts': [{'platform': 'x', 'handle': 'real'}]}");
        writer.apply(
                List.of(json("{'accounts': [{'platform': 'x', 'handle': 'demo'}]}")), new Origin("demo", MONDAY, true));
        assertThat(reader.count()).isEqualTo(new CatalogueReader.Count(1, 1));
        var demo = reader.find("demo").orElseThrow();
        assertThat(demo.demo()).isTrue();
        var version = reader.version();

        assertThat(writer.removeDemo()).isEqualTo(1);

        assertThat(reader.count()).isEqualTo(new CatalogueReader.Count(1, 0));
        assertThat(reader.changesAfter(version, 10))
                .extracting(Change::creatorId)
                .containsExactly(demo.id());
    }

    @Test
    void takesPartInTheCallersTransaction() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            apply("{'accounts': [{'platform': 'x', 'handle': 'gone'}]}");
            status.setRollbackOnly();
        });

        assertThat(reader.find("gone")).isEmpty();
    }

    @Test
    void writersAtOnceNeitherBlockEachOtherForEverNorLoseAnythingAndATailMissesNothing() throws Exception {
        var from = reader.version();
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Change>> tail = threads.submit(() -> {
                var seen = new ArrayList<Change>();
                var at = from;
                while (true) {
                    var last = done.get(); // before reading: what was committed by then must be seen
                    var changes = reader.changesAfter(at, 7);
                    seen.addAll(changes);
                    at = changes.isEmpty() ? at : changes.getLast().number();
                    if (changes.isEmpty() && last) {
                        return seen;
                    }
                }
            });
            var writers = new ArrayList<Callable<Void>>();
            for (var thread = 0; thread < 4; thread++) {
                var platform = List.of("instagram", "tiktok", "youtube", "x").get(thread);
                var backwards = thread % 2 == 1;
                writers.add(() -> {
                    for (var round = 0; round < 5; round++) {
                        var r = round;
                        // The same creators from every writer, in opposite orders, each writer with figures of its own.
                        var batch = IntStream.range(0, 40)
                                .map(i -> backwards ? 39 - i : i)
                                .mapToObj(i -> json(
                                        "{'slug': 'c%d', 'accounts': [{'platform': '%s', 'handle': 'c%d', 'followers': %d}]}"
                                                .formatted(i, platform, i, r)))
                                .toList();
                        assertThat(writer.apply(batch, CSV)).noneMatch(Rejected.class::isInstance);
                    }
                    return null;
                });
            }
            for (var written : threads.invokeAll(writers)) {
                written.get();
            }
            done.set(true);
            var seen = tail.get();

            assertThat(reader.count().real()).isEqualTo(40);
            assertThat(reader.scan(0, 100)).allSatisfy(creator -> {
                assertThat(creator.document().accounts()).hasSize(4).allMatch(account -> account.followers() == 4);
                assertThat(creator.version()).isEqualTo(20);
            });
            assertThat(seen).hasSize(4 * 5 * 40).isSortedAccordingTo((a, b) -> Long.compare(a.number(), b.number()));
            assertThat(reader.changesAfter(from, 10_000)).isEqualTo(seen);
        }
    }

    @Test
    void thousandsOfCreatorsGoInWithinSeconds() {
        var started = System.nanoTime();
        for (var chunk = 0; chunk < 5; chunk++) {
            var c = chunk;
            writer.apply(
                    IntStream.range(0, 2_000)
                            .mapToObj(i -> json(
                                    "{'niches': [{'niche': 'running'}, {'niche': 'travel'}], 'accounts': [{'platform': 'x', 'handle': 'many.%d.%d', 'followers': %d, 'audience': {'countries': {'HR': 0.5, 'SI': 0.2}}}]}"
                                            .formatted(c, i, i)))
                            .toList(),
                    CSV);
        }
        var last = 0L;
        var count = 0;
        for (var page = reader.scan(0, 1_000); !page.isEmpty(); page = reader.scan(last, 1_000)) {
            last = page.getLast().id();
            count += page.size();
        }

        assertThat(count).isEqualTo(10_000);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(30));
    }
}
