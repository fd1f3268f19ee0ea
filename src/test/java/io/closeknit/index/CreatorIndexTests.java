package io.closeknit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.niche.NicheDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From creators in the catalogue to a ranked answer, on the real PostgreSQL and a real index. */
@SpringBootTest(properties = "closeknit.demo=false")
class CreatorIndexTests {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private CreatorIndex index;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private NicheDirectory niches;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    @AfterEach
    void empty() {
        jdbc.sql("delete from creator_change").update();
        jdbc.sql("delete from creator").update();
    }

    private void store(String... creators) throws InterruptedException {
        var batch = Arrays.stream(creators)
                .map(json -> (ObjectNode) JSON.readTree(json.replace('\'', '"')))
                .toList();
        assertThat(writer.apply(batch, new Origin("test", Instant.now(), false)))
                .noneMatch(outcome -> outcome instanceof Outcome.Rejected);
        assertThat(index.catchUp(Duration.ofSeconds(20))).isTrue();
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

        jdbc.sql(
                        "insert into creator_change (number, creator_id) select coalesce(max(number), 0) + 1, (select id from creator) from creator_change")
                .update();
        jdbc.sql("delete from creator").update();
        index.catchUp(Duration.ofSeconds(20));

        assertThat(index.rank(RankQuery.of(about("trail-running"), Filters.NONE, 5))
                        .total())
                .isZero();
    }
}
