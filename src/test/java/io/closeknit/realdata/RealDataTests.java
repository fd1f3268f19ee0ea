package io.closeknit.realdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.closeknit.index.CreatorIndex;
import io.closeknit.testing.TestPeople;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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
import tools.jackson.databind.node.ObjectNode;

/** The main job on real input, through the public API, as anyone would do it. {@code mvn verify -Preal-data} */
@Tag("real-data")
@Import(TestPeople.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "closeknit.demo=false")
class RealDataTests {
    private static final int PAGE = 200;
    private static final int NAMED = 3;

    /** What the admins' page shows. */
    private static final Path FIGURES = Path.of("src", "main", "resources", "matching", "ranking-quality.json");

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
     * Brands and the creators that they really mention (development half): relevance alone. Three briefs: all of the brand's
     * tags, the three strongest, and all with the first three of its partners named, who are then no candidates. Beside each
     * stands the tag cosine over the same candidates. The figures of the admins' page are those measured here; with
     * {@code -Dcloseknit.quality.write=true} they are written anew.
     */
    @Test
    void findsRealPartners() throws IOException, InterruptedException {
        var niches = postNiches();
        var creators = tags("creator");
        postCreators(creators, niches);
        var candidates = new LinkedHashSet<String>();
        SharedData.rows("data/brand-creator/creators.csv", row -> {
            if (row.get("dev_candidate").equals("1")) {
                candidates.add(row.get("creator"));
            }
        });
        var right = new HashMap<String, Set<String>>();
        SharedData.rows("data/brand-creator/pairs.csv", row -> {
            if (candidates.contains(row.get("creator"))) {
                right.computeIfAbsent(row.get("brand"), _ -> new LinkedHashSet<>())
                        .add(row.get("creator"));
            }
        });
        var brands = new LinkedHashMap<String, Map<String, Double>>();
        var tags = tags("brand");
        SharedData.rows("data/brand-creator/brands.csv", row -> {
            if (row.get("split").equals("dev") && right.containsKey(row.get("brand"))) {
                brands.put(row.get("brand"), tags.get(row.get("brand")));
            }
        });
        var cosine = new PairQuality.TagCosine(creators);
        var slugs = slugs();

        var all = new SetUp("all");
        var three = new SetUp("three");
        var partners = new SetUp("partners");
        var lines = new ArrayList<>(List.of("brand,creator,score"));
        for (var brand : brands.entrySet()) {
            var own = right.get(brand.getKey());
            var scores = scores(niches, brand.getValue(), List.of(), candidates);
            scores.forEach((creator, score) -> lines.add(brand.getKey() + "," + creator + "," + score));
            all.add(scores, cosine.scores(brand.getValue(), candidates), own);

            var strongest = strongest(brand.getValue());
            three.add(scores(niches, strongest, List.of(), candidates), cosine.scores(strongest, candidates), own);

            var named = own.stream().limit(NAMED).toList();
            if (own.size() > NAMED) {
                var others = new LinkedHashSet<>(candidates);
                named.forEach(others::remove);
                var liked = named.stream().map(slugs::get).toList();
                partners.add(
                        scores(niches, brand.getValue(), liked, others), cosine.scores(brand.getValue(), others), own);
            }
        }

        // A second program comes to the same figures.
        var file = Path.of("target", "real-data", "scores.csv");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        var second = quality(file);
        assertThat(all.auc()).isCloseTo(second.get("AUC"), within(0.001));
        assertThat(all.ndcg10()).isCloseTo(second.get("nDCG10"), within(0.001));
        assertThat(all.recall10()).isCloseTo(second.get("R10"), within(0.001));

        var figures = figures(candidates.size(), List.of(all, three, partners));
        System.out.println("ranking quality, relevance alone: " + figures);
        assertThat(all.auc()).isGreaterThanOrEqualTo(0.79);
        assertThat(all.ndcg10()).isGreaterThanOrEqualTo(0.25);
        assertThat(three.auc()).isGreaterThanOrEqualTo(0.77);
        assertThat(three.ndcg10()).isGreaterThanOrEqualTo(0.21);
        assertThat(partners.auc()).isGreaterThanOrEqualTo(0.82);
        assertThat(partners.ndcg10()).isGreaterThanOrEqualTo(0.26);

        if (Boolean.getBoolean("closeknit.quality.write")) {
            Files.writeString(FIGURES, figures.toPrettyString() + "\n");
        }
        var published = Api.JSON.readTree(Files.readString(FIGURES)).get("setUps");
        for (var i = 0; i < published.size(); i++) {
            for (var figure : List.of("auc", "ndcg10", "recall10")) {
                assertThat(published.get(i).get(figure).asDouble())
                        .as("%s of %s", figure, published.get(i).get("key"))
                        .isCloseTo(figures.get("setUps").get(i).get(figure).asDouble(), within(0.005));
            }
        }
    }

    /** One kind of brief, and how well it and the tag cosine do, brand by brand. */
    private static final class SetUp {
        private final String key;
        private final List<PairQuality.OfBrand> ours = new ArrayList<>();
        private final List<PairQuality.OfBrand> cosine = new ArrayList<>();

        SetUp(String key) {
            this.key = key;
        }

        void add(Map<String, Double> scores, Map<String, Double> ofCosine, Set<String> right) {
            assertThat(scores.keySet()).containsExactlyInAnyOrderElementsOf(ofCosine.keySet());
            ours.add(PairQuality.measure(scores, right));
            cosine.add(PairQuality.measure(ofCosine, right));
        }

        double auc() {
            return PairQuality.auc(ours);
        }

        double ndcg10() {
            return PairQuality.mean(ours, PairQuality.OfBrand::ndcg10);
        }

        double recall10() {
            return PairQuality.mean(ours, PairQuality.OfBrand::recall10);
        }

        void write(ObjectNode node) {
            node.put("key", key);
            node.put("brands", ours.size());
            figures(node, ours);
            interval(node.putObject("ndcg10Interval"), i -> ours.get(i).ndcg10());
            figures(node.putObject("cosine"), cosine);
            interval(
                    node.putObject("ndcg10Ahead"),
                    i -> ours.get(i).ndcg10() - cosine.get(i).ndcg10());
            interval(
                    node.putObject("aucAhead"),
                    i -> ours.get(i).auc() - cosine.get(i).auc());
        }

        private static void figures(ObjectNode node, List<PairQuality.OfBrand> brands) {
            node.put("auc", rounded(PairQuality.auc(brands)));
            node.put("ndcg10", rounded(PairQuality.mean(brands, PairQuality.OfBrand::ndcg10)));
            node.put("recall10", rounded(PairQuality.mean(brands, PairQuality.OfBrand::recall10)));
        }

        private void interval(ObjectNode node, IntToDoubleFunction figure) {
            var interval = PairQuality.interval(IntStream.range(0, ours.size())
                    .mapToObj(figure::applyAsDouble)
                    .toList());
            node.put("low", rounded(interval.low()));
            node.put("high", rounded(interval.high()));
        }

        private static double rounded(double figure) {
            return Math.round(figure * 1_000) / 1_000.0;
        }
    }

    private static ObjectNode figures(int candidates, List<SetUp> setUps) {
        var node = Api.JSON.createObjectNode();
        node.put("measuredOn", LocalDate.now(ZoneOffset.UTC).toString());
        node.put("candidates", candidates);
        var array = node.putArray("setUps");
        setUps.forEach(setUp -> setUp.write(array.addObject()));
        return node;
    }

    private static Map<String, Double> strongest(Map<String, Double> tags) {
        var strongest = new LinkedHashMap<String, Double>();
        tags.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(3)
                .forEach(tag -> strongest.put(tag.getKey(), tag.getValue()));
        return strongest;
    }

    /** The shares of everybody's tags, in the order of the file. */
    private static Map<String, Map<String, Double>> tags(String who) throws IOException {
        var tags = new LinkedHashMap<String, Map<String, Double>>();
        SharedData.rows(
                "data/brand-creator/" + who + "_tags.csv",
                row -> tags.computeIfAbsent(row.get(who), _ -> new LinkedHashMap<>())
                        .merge(row.get("tag"), Double.parseDouble(row.get("share")), Double::sum));
        return tags;
    }

    /** Slugs by handle. */
    private Map<String, String> slugs() {
        var slugs = new HashMap<String, String>();
        jdbc.sql("select a.handle, c.slug from account a join creator c on c.id = a.creator_id")
                .query((row, _) -> slugs.put(row.getString(1), row.getString(2)))
                .list();
        return slugs;
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

    private void postCreators(Map<String, Map<String, Double>> creators, Map<String, String> niches)
            throws IOException, InterruptedException {
        var file = Path.of("target", "real-data", "creators.jsonl");
        Files.createDirectories(file.getParent());
        var lines = creators.entrySet().stream()
                .map(creator -> Api.JSON.writeValueAsString(Map.of(
                        "accounts",
                        List.of(Map.of("platform", "instagram", "handle", creator.getKey())),
                        "niches",
                        weighed(creator.getValue(), niches, "weight"))))
                .toList();
        Files.write(file, lines);
        var run = api.importFile(file, Map.of());
        assertThat(run.get("created").asInt()).as("%s", run).isEqualTo(creators.size());
        assertThat(index.catchUp(Duration.ofMinutes(2))).isTrue();
    }

    /** The tags as niches; several tags may mean one niche. */
    private static List<Map<String, Object>> weighed(
            Map<String, Double> tags, Map<String, String> niches, String weight) {
        var weights = new LinkedHashMap<String, Double>();
        tags.forEach((tag, share) -> weights.merge(niches.get(tag), share, Double::sum));
        return weights.entrySet().stream()
                .map(niche -> Map.<String, Object>of("niche", niche.getKey(), weight, niche.getValue()))
                .toList();
    }

    /** @return the score by handle, of the candidates */
    private Map<String, Double> scores(
            Map<String, String> niches, Map<String, Double> tags, List<String> likeCreators, Set<String> candidates)
            throws IOException, InterruptedException {
        var scores = new HashMap<String, Double>();
        String cursor = null;
        do {
            var request = new HashMap<String, Object>();
            request.put("brief", Map.of("niches", weighed(tags, niches, "importance"), "likeCreators", likeCreators));
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
                    scores.put(handle, item.get("score").asDouble());
                }
            });
            var next = answer.body().get("next");
            cursor = next == null || next.isNull() ? null : next.asString();
        } while (cursor != null && scores.size() < candidates.size());
        return scores;
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
        System.out.println("tools/ranking_quality.py, all tags: " + output.strip());
        var figures = new HashMap<String, Double>();
        var figure = Pattern.compile("(\\w+) (\\d+\\.\\d+)").matcher(output);
        while (figure.find()) {
            figures.put(figure.group(1), Double.parseDouble(figure.group(2)));
        }
        return figures;
    }
}
