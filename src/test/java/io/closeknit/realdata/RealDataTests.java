package io.closeknit.realdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.index.CreatorIndex;
import io.closeknit.testing.TestPeople;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main job on real input, through the public API, as anyone would do it. {@code mvn verify -Preal-data} */
@Tag("real-data")
@Import(TestPeople.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "closeknit.demo=false")
class RealDataTests {
    private static final int PAGE = 200;

    @LocalServerPort
    private int port;

    @Autowired
    private TestPeople people;

    @Autowired
    private CreatorIndex index;

    @Autowired
    private JdbcClient jdbc;

    private Api api;

    @BeforeEach
    void signIn() {
        empty();
        api = new Api(port, people.admin().bearer());
    }

    @AfterEach
    void empty() {
        jdbc.sql("delete from creator_change").update();
        jdbc.sql("delete from creator").update();
    }

    /** Every row goes in, sent again nothing doubles, and a brief finds creators of its niche. */
    @Test
    void importsTheWholeCatalogueOf34ThousandCreators() throws IOException, InterruptedException {
        var file = SharedData.file("data/catalogue/instagram-34k.csv");

        var started = System.nanoTime();
        var first = api.importFile(file, Map.of());
        System.out.printf("34k import: %.1f s%n", (System.nanoTime() - started) / 1e9);
        var second = api.importFile(file, Map.of());

        assertThat(first.get("state").asString()).as("%s", first).isEqualTo("DONE");
        assertThat(first.get("created").asInt()).isEqualTo(33_935);
        assertThat(first.get("rejected").asInt()).isZero();
        assertThat(second.get("created").asInt()).isZero();
        assertThat(second.get("updated").asInt()).isZero();
        assertThat(second.get("unchanged").asInt()).isEqualTo(33_935);

        assertThat(index.catchUp(Duration.ofMinutes(2))).isTrue();
        var answer = api.post(
                "/rankings",
                Map.of(
                        "brief",
                        Map.of(
                                "niches", List.of(Map.of("niche", "beauty")),
                                "followers", Map.of("min", 1_000, "max", 100_000))));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("total").asInt()).isGreaterThan(20_000);
        var top = answer.body().get("items").get(0);
        assertThat(top.at("/criteria/0/value").asDouble()).isEqualTo(1);
        // 1,542 rows say beauty; the misspelt fashions are fashion.
        assertThat(jdbc.sql(
                                "select count(*) from creator_niche cn join niche n on n.id = cn.niche_id where n.slug = 'beauty'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1_542);
        assertThat(jdbc.sql("""
                                select count(*) from creator_niche cn join niche n on n.id = cn.niche_id
                                 where n.slug = (select n2.slug from niche n2 join niche_alias a on a.niche_id = n2.id where a.word = 'ootd')
                                """).query(Long.class).single()).isEqualTo(11_913);
        System.out.printf(
                "34k ranking: %.1f ms in the index%n",
                answer.body().get("tookMillis").asDouble());
    }

    /**
     * Brands and the creators that they really mention (dev split): relevance alone, with all of the brand's tags as niches.
     * The bar is the tag cosine, 0.237 nDCG@10 and 0.178 R@10, less 0.005.
     */
    @Test
    void ranksRealPartnersAsWellAsTheTagCosine() throws IOException, InterruptedException {
        var niches = postNiches();
        postCreators(niches);
        var candidates = new HashSet<String>();
        SharedData.rows("data/brand-creator/creators.csv", row -> {
            if (row.get("dev_candidate").equals("1")) {
                candidates.add(row.get("creator"));
            }
        });
        var briefs = new LinkedHashMap<String, Map<String, Double>>();
        SharedData.rows("data/brand-creator/brands.csv", row -> {
            if (row.get("split").equals("dev")) {
                briefs.put(row.get("brand"), new HashMap<>());
            }
        });
        SharedData.rows("data/brand-creator/brand_tags.csv", row -> {
            var brief = briefs.get(row.get("brand"));
            if (brief != null) {
                brief.merge(niches.get(row.get("tag")), Double.parseDouble(row.get("share")), Double::sum);
            }
        });

        var scores = Path.of("target", "real-data", "scores.csv");
        Files.createDirectories(scores.getParent());
        var lines = new ArrayList<String>();
        lines.add("brand,creator,score");
        for (var brief : briefs.entrySet()) {
            score(brief.getKey(), brief.getValue(), candidates, lines);
        }
        Files.write(scores, lines);

        var figures = quality(scores);
        assertThat(figures.get("nDCG10")).isGreaterThanOrEqualTo(0.237 - 0.005);
        assertThat(figures.get("R10")).isGreaterThanOrEqualTo(0.178 - 0.005);
    }

    /** @return the niche's slug by tag; a tag that a niche or alias of ours already means is that niche */
    private Map<String, String> postNiches() throws IOException, InterruptedException {
        var tags = new HashSet<String>();
        SharedData.rows("data/brand-creator/creator_tags.csv", row -> tags.add(row.get("tag")));
        SharedData.rows("data/brand-creator/brand_tags.csv", row -> tags.add(row.get("tag")));
        var slugs = new HashMap<String, String>();
        for (var tag : tags) {
            var answer = api.post("/niches", Map.of("name", tag));
            var slug = answer.status() == 201
                    ? answer.body().get("slug")
                    : answer.body().get("existing");
            assertThat(slug.isString()).as("%s: %s", tag, answer).isTrue();
            slugs.put(tag, slug.asString());
        }
        return slugs;
    }

    private void postCreators(Map<String, String> niches) throws IOException, InterruptedException {
        var creators = new LinkedHashMap<String, Map<String, Double>>();
        SharedData.rows(
                "data/brand-creator/creator_tags.csv",
                row -> creators.computeIfAbsent(row.get("creator"), _ -> new LinkedHashMap<>())
                        .merge(niches.get(row.get("tag")), Double.parseDouble(row.get("share")), Double::sum));
        var file = Path.of("target", "real-data", "creators.jsonl");
        Files.createDirectories(file.getParent());
        var lines = creators.entrySet().stream()
                .map(creator -> Api.JSON.writeValueAsString(Map.of(
                        "accounts",
                        List.of(Map.of("platform", "instagram", "handle", creator.getKey())),
                        "niches",
                        creator.getValue().entrySet().stream()
                                .map(tag -> Map.of("niche", tag.getKey(), "weight", tag.getValue()))
                                .toList())))
                .toList();
        Files.write(file, lines);
        var run = api.importFile(file, Map.of());
        assertThat(run.get("created").asInt()).as("%s", run).isEqualTo(creators.size());
        assertThat(index.catchUp(Duration.ofMinutes(2))).isTrue();
    }

    private void score(String brand, Map<String, Double> tags, HashSet<String> candidates, List<String> lines)
            throws IOException, InterruptedException {
        var niches = tags.entrySet().stream()
                .map(tag -> Map.of("niche", tag.getKey(), "importance", tag.getValue()))
                .toList();
        String cursor = null;
        do {
            var request = new HashMap<String, Object>();
            request.put("brief", Map.of("niches", niches));
            request.put("weights", Map.of("relevance", 1));
            request.put("limit", PAGE);
            request.put("facets", false);
            if (cursor != null) {
                request.put("cursor", cursor);
            }
            var answer = api.post("/rankings", request);
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
            answer.body().get("items").forEach(item -> {
                var handle = item.at("/creator/handle").asString();
                if (candidates.contains(handle)) {
                    lines.add(brand + "," + handle + "," + item.get("score").asDouble());
                }
            });
            var next = answer.body().get("next");
            cursor = next == null || next.isNull() ? null : next.asString();
        } while (cursor != null);
    }

    private static Map<String, Double> quality(Path scores) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "python3",
                        SharedData.file("tools/ranking_quality.py").toString(),
                        scores.toString(),
                        SharedData.ROOT.resolve("data/brand-creator").toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        System.out.println("ranking quality, relevance alone, all tags: " + output.strip());
        var figures = new HashMap<String, Double>();
        var figure = Pattern.compile("(\\w+) (\\d+\\.\\d+)").matcher(output);
        while (figure.find()) {
            figures.put(figure.group(1), Double.parseDouble(figure.group(2)));
        }
        return figures;
    }
}
