package io.closeknit.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.brief.BriefDirectory;
import io.closeknit.brief.BriefWriter;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.index.CreatorIndex;
import io.closeknit.testing.TestPeople.TestPerson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A few invented creators and a brief for which the right one is plain. */
@TestComponent
class SampleCatalogue {
    /** Everything that the brief asks for. */
    static final String RIGHT = "Lea Trailhart";
    /** The right topic, the wrong audience, and reactions that few have. */
    static final String WRONG_AUDIENCE = "Bruno Berglauf";
    /** Three million followers who care for fashion. */
    static final String CELEBRITY = "Stella Glanz";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OTHERS = 30;

    private final JdbcClient jdbc;
    private final CatalogueWriter writer;
    private final CreatorIndex index;
    private final BriefDirectory directory;
    private final BriefWriter briefs;
    private final Clock clock;

    SampleCatalogue(
            JdbcClient jdbc,
            CatalogueWriter writer,
            CreatorIndex index,
            BriefDirectory directory,
            BriefWriter briefs,
            Clock clock) {
        this.jdbc = jdbc;
        this.writer = writer;
        this.index = index;
        this.directory = directory;
        this.briefs = briefs;
        this.clock = clock;
    }

    void empty() {
        // By the change log and in one go, so that the index lets go of them too.
        jdbc.sql("""
                        with gone as (delete from creator returning id)
                        insert into creator_change (creator_id, at) select id, now() from gone
                        """).update();
    }

    /** Instead of whatever was there. */
    void fill() throws InterruptedException {
        empty();
        var creators = new ArrayList<String>();
        creators.add("""
                {'slug': 'lea-trailhart', 'name': 'Lea Trailhart', 'country': 'HR', 'languages': ['hr'], 'bio': 'Far and uphill, every weekend',
                 'niches': [{'niche': 'trail-running', 'weight': 1}], 'mentions': [],
                 'rates': [{'platform': 'instagram', 'deliverable': 'reel', 'price': {'amount': 120, 'currency': 'EUR'}}],
                 'accounts': [{'platform': 'instagram', 'handle': 'lea.trailhart', 'followers': 18400, 'engagementRate': 0.041, 'postsPerWeek': 3,
                   'postsSampled': 30, 'authenticity': 0.93, 'observedAt': '2026-11-20T00:00:00Z', 'source': 'test panel',
                   'audience': {'countries': {'HR': 0.72}, 'ages': {'25-34': 0.58, '35-44': 0.2}, 'genders': {'female': 0.64, 'male': 0.36}}}]}
                """);
        creators.add("""
                {'slug': 'bruno-berglauf', 'name': 'Bruno Berglauf', 'country': 'DE', 'languages': ['de'], 'niches': [{'niche': 'trail-running', 'weight': 1}], 'mentions': [],
                 'accounts': [{'platform': 'instagram', 'handle': 'bruno.berglauf', 'followers': 15000, 'engagementRate': 0.15, 'postsPerWeek': 3, 'postsSampled': 60,
                   'authenticity': 0.99, 'observedAt': '2026-11-20T00:00:00Z',
                   'audience': {'countries': {'DE': 0.9, 'HR': 0.01}, 'ages': {'45-54': 0.9, '25-34': 0.02}, 'genders': {'female': 0.1, 'male': 0.9}}}]}
                """);
        creators.add("""
                {'slug': 'stella-glanz', 'name': 'Stella Glanz', 'country': 'US', 'niches': [{'niche': 'fashion', 'weight': 1}],
                 'accounts': [{'platform': 'tiktok', 'handle': 'stella.glanz', 'followers': 3000000, 'engagementRate': 0.008}]}
                """);
        for (var i = 0; i < OTHERS; i++) {
            creators.add(
                    "{'slug': 'other-%d', 'name': 'Other %d', 'country': '%s', 'niches': [{'niche': '%s'}], 'accounts': [{'platform': '%s', 'handle': 'other.%d', 'followers': %d}]}"
                            .formatted(
                                    i,
                                    i,
                                    i % 2 == 0 ? "HR" : "SI",
                                    i % 3 == 0 ? "fashion" : "travel",
                                    i % 2 == 0 ? "youtube" : "instagram",
                                    i,
                                    2_000 + 900 * i));
        }
        creators.add(
                "{'slug': 'no-figures', 'name': 'No Figures', 'accounts': [{'platform': 'blog', 'handle': 'no.figures'}]}");
        var batch = creators.stream()
                .map(json -> (ObjectNode) JSON.readTree(json.replace('\'', '"')))
                .toList();
        assertThat(writer.apply(batch, new Origin("test", clock.instant(), false)))
                .noneMatch(outcome -> outcome instanceof Outcome.Rejected);
        assertThat(index.catchUp(Duration.ofSeconds(60))).isTrue();
    }

    /** Creates or changes a creator, and waits until the ranking knows. @param json with single quotes for double ones */
    void put(String json) throws InterruptedException {
        assertThat(writer.apply(
                        java.util.List.of((ObjectNode) JSON.readTree(json.replace('\'', '"'))),
                        new Origin("test", clock.instant(), false)))
                .noneMatch(outcome -> outcome instanceof Outcome.Rejected);
        assertThat(index.catchUp(Duration.ofSeconds(60))).isTrue();
    }

    /** How many {@link #fill} stores. */
    static int size() {
        return OTHERS + 4;
    }

    /** A brief that {@link #RIGHT} fits, in the person's workspace. @return its id */
    String brief(TestPerson person) {
        return brief(person, """
                {'name': 'Autumn trail shoe', 'niches': [{'niche': 'trail-running'}], 'objective': 'sales',
                 'audience': {'countries': ['HR'], 'ages': ['25-34'], 'genders': ['female']}}
                """);
    }

    String brief(TestPerson person, String json) {
        var id = new AtomicReference<String>();
        person.does(() -> {
            var checked = directory.read((ObjectNode) JSON.readTree(json.replace('\'', '"')));
            assertThat(checked.problems()).isEmpty();
            id.set(briefs.add(checked.document()).value().toString());
        });
        return id.get();
    }
}
