package io.closeknit.niche;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
@Import({TestPeople.class, NicheTables.class})
class NicheApiTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private NicheTables tables;

    @Autowired
    private NicheDirectory niches;

    private TestPerson admin;

    @BeforeEach
    void anAdmin() {
        tables.clear();
        admin = people.admin();
    }

    @AfterEach
    void leaveTheTaxonomyAsItWas() {
        tables.clear();
    }

    @Test
    void listsAllNichesBySlugInPages() {
        var slugs = new ArrayList<String>();
        String cursor = null;
        do {
            var page = json(get("/api/v1/niches?limit=200" + (cursor == null ? "" : "&cursor=" + cursor)));
            slugs.addAll(JsonPath.read(page, "$.items[*].slug"));
            assertThat(JsonPath.<Integer>read(page, "$.total"))
                    .isEqualTo(niches.tree().all().size());
            cursor = JsonPath.<Map<String, Object>>read(page, "$").containsKey("next")
                    ? JsonPath.read(page, "$.next")
                    : null;
        } while (cursor != null);
        assertThat(slugs)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(niches.tree().all().size());
        assertThat(JsonPath.<List<String>>read(json(get("/api/v1/niches")), "$.items[*].slug"))
                .hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=201, limit", "limit=x, limit", "cursor=%C3%A4, cursor", "cursor=!, cursor"})
    void badPagingIsRefusedByName(String query, String field) {
        var answer = get("/api/v1/niches?" + query);
        assertThat(answer).hasStatus(422);
        assertThat(JsonPath.<List<String>>read(json(answer), "$.errors[*].field"))
                .containsExactly(field);
    }

    @Test
    void showsANicheBySlugAndByAWordThatMeansIt() {
        var answer = get("/api/v1/niches/skin-care");
        assertThat(answer).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"" + version("skin-care") + "\"");
        var json = json(answer);
        assertThat(JsonPath.<String>read(json, "$.parent")).isEqualTo("beauty");
        assertThat(JsonPath.<String>read(json, "$.iabId")).isEqualTo("559");
        assertThat(JsonPath.<List<String>>read(json, "$.aliases")).contains("hautpflege");
        assertThat(JsonPath.<List<String>>read(json, "$.hashtags")).contains("glowingskin");
        assertThat(JsonPath.<List<Double>>read(json, "$.related[?(@.niche == 'makeup-and-accessories')].strength"))
                .containsExactly(0.5);
        assertThat(json(get("/api/v1/niches/SkinCare"))).isEqualTo(json);
        assertThat(get("/api/v1/niches/qwertz")).hasStatus(404);
    }

    @Test
    void addsANicheWithASlugFromItsName() {
        var answer = post("""
                {"name": "Test: Čamac & Čaj", "parent": "trail running", "description": "A test",
                 "aliases": ["test Čaj", "TEST-čaj", " ", "Test Boot"], "hashtags": ["#testboat", "testboot"],
                 "related": [{"niche": "hiking", "strength": 0.4}]}""");
        assertThat(answer)
                .hasStatus(201)
                .hasHeader(HttpHeaders.LOCATION, "/api/v1/niches/test-camac-caj")
                .hasHeader(HttpHeaders.ETAG, "\"1\"");
        var niche = niches.tree().resolve("#TestBoat").orElseThrow();
        assertThat(niche.slug()).isEqualTo("test-camac-caj");
        assertThat(niche.iabId()).isNull();
        assertThat(niche.aliases()).containsExactly("Test Boot", "test Čaj");
        assertThat(niche.hashtags()).as("testboot is an alias already").containsExactly("testboat");
        assertThat(niches.tree().path(niche.id())).extracting(Niche::slug).endsWith("running", "trail-running");
        var hiking = niches.tree().bySlug("hiking").orElseThrow();
        assertThat(hiking.related()).contains(new Niche.Related("test-camac-caj", 0.4));
        assertThat(json(answer)).isEqualTo(json(get("/api/v1/niches/test-camac-caj")));
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "Trail running"} | trail-running
            {"name": "trail-running"} | trail-running
            {"name": "Food and Drink"} | food-drink
            {"name": "travel"} | travel
            {"name": "ootd"} | fashion
            {"name": "Test one", "slug": "skincare"} | skin-care
            {"name": "Test one", "slug": "vanlife"} | vanlife
            {"name": "Test one", "aliases": ["Test two", "hautpflege"]} | skin-care
            {"name": "Test one", "hashtags": ["#OOTD"]} | fashion
            {"name": "Test one", "aliases": ["Running & Jogging"]} | running
            """)
    void aWordThatMeansAnotherNicheIsTaken(String sent, String existing) {
        var answer = post(sent);
        assertThat(answer).hasStatus(409);
        assertThat(JsonPath.<String>read(json(answer), "$.existing")).isEqualTo(existing);
        assertThat(niches.tree().bySlug("test-one")).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {} | name
            {"name": "  "} | name
            {"name": 7} | name
            {"name": "!?"} | name
            {"name": "猫"} | slug
            {"name": "New"} | slug
            {"name": "Test", "slug": "Test One"} | slug
            {"name": "Test", "parent": "no such niche"} | parent
            {"name": "Test", "alias": ["x"]} | alias
            {"name": "Test", "iabId": "1"} | iabId
            {"name": "Test", "aliases": "one, two"} | aliases
            {"name": "Test", "aliases": ["good", "§"]} | aliases[1]
            {"name": "Test", "hashtags": ["two words"]} | hashtags[0]
            {"name": "Test", "related": [{"niche": "hiking", "strength": 1.5}]} | related[0].strength
            {"name": "Test", "related": [{"niche": "hiking"}]} | related[0].strength
            {"name": "Test", "related": [{"niche": "nobody knows", "strength": 0.5}]} | related[0].niche
            {"name": "Test", "related": [{"niche": "hiking", "strength": 0.5}, {"niche": "hike", "strength": 0.2}]} | related[1].niche
            {"name": "Test", "related": ["hiking"]} | related[0]
            """)
    void whatCannotBeAcceptedIsNamedAtItsField(String sent, String field) {
        var answer = post(sent);
        assertThat(answer).hasStatus(422);
        assertThat(JsonPath.<List<String>>read(json(answer), "$.errors[*].field"))
                .containsExactly(field);
        assertThat(JsonPath.<List<String>>read(json(answer), "$.errors[*].reason"))
                .allSatisfy(
                        reason -> assertThat(reason).matches("[A-Z'].{8,}\\.").doesNotContain("{0}"));
    }

    @Test
    void tooMuchIsRefused() {
        assertThat(post("{\"name\": \"" + "x".repeat(121) + "\"}")).hasStatus(422);
        assertThat(post("{\"name\": \"Test\", \"description\": \"" + "x".repeat(2001) + "\"}"))
                .hasStatus(422);
        assertThat(post("{\"name\": \"Test\", \"aliases\": [\"" + "x".repeat(121) + "\"]}"))
                .hasStatus(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void onlyAdminsChangeTheTaxonomy(String method) {
        for (var person : List.of(people.marketer(), people.agency())) {
            var answer = mvc.method(HttpMethod.valueOf(method))
                    .uri(method.equals("POST") ? "/api/v1/niches" : "/api/v1/niches/hiking")
                    .with(person.signedIn())
                    .header(HttpHeaders.IF_MATCH, "\"1\"")
                    .contentType(MediaType.APPLICATION_JSON)
                    .content("{\"name\": \"Test\"}")
                    .exchange();
            assertThat(answer).hasStatus(403);
        }
        assertThat(mvc.get().uri("/api/v1/niches/hiking").with(people.marketer().signedIn()))
                .hasStatusOk();
    }

    @Test
    void aChangeReplacesAllButTheSlug() {
        post(
                "{\"name\": \"Test one\", \"parent\": \"sports\", \"aliases\": [\"test alpha\"], \"related\": [{\"niche\": \"tea\", \"strength\": 0.3}]}");
        var answer = put(
                "test-one",
                "\"1\"",
                "{\"name\": \"Test renamed\", \"parent\": \"tea\", \"hashtags\": [\"testalpha\"]}");
        assertThat(answer).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"2\"");
        var niche = niches.tree().bySlug("test-one").orElseThrow();
        assertThat(niche.name()).isEqualTo("Test renamed");
        assertThat(niche.aliases()).isEmpty();
        assertThat(niche.hashtags()).containsExactly("testalpha");
        assertThat(niche.related()).isEmpty();
        assertThat(niches.tree().topLevel(niche.id()))
                .isEqualTo(niches.tree().bySlug("food-drink").orElseThrow().id());
        assertThat(json(answer)).isEqualTo(json(get("/api/v1/niches/test-one")));
    }

    @Test
    void whatWasReadCanBeSentBackUnchanged() {
        var read = get("/api/v1/niches/skin-care");
        var answer = put("skin-care", read.getResponse().getHeader(HttpHeaders.ETAG), json(read));
        assertThat(answer)
                .hasStatusOk()
                .hasHeader(HttpHeaders.ETAG, read.getResponse().getHeader(HttpHeaders.ETAG));
    }

    @Test
    void aStaleChangeIsAnsweredWithBothVersions() {
        post("{\"name\": \"Test one\"}");
        put("test-one", "\"1\"", "{\"name\": \"Test one\", \"description\": \"theirs\"}");
        var answer = put("test-one", "\"1\"", "{\"name\": \"Test one\", \"description\": \"mine\"}");
        assertThat(answer).hasStatus(409);
        assertThat(JsonPath.<String>read(json(answer), "$.current.description")).isEqualTo("theirs");
        assertThat(JsonPath.<String>read(json(answer), "$.yours.description")).isEqualTo("mine");
        assertThat(put("test-one", null, "{\"name\": \"Test one\"}")).hasStatus(428);
        assertThat(put("test-none", "\"1\"", "{\"name\": \"Test one\"}")).hasStatus(404);
    }

    @Test
    void anotherNichesRelationCountsAsAChangeOfBoth() {
        post("{\"name\": \"Test one\"}");
        post("{\"name\": \"Test two\", \"related\": [{\"niche\": \"test-one\", \"strength\": 0.5}]}");
        assertThat(put("test-one", "\"1\"", "{\"name\": \"Test one\"}")).hasStatus(409);
        assertThat(put("test-one", "\"2\"", "{\"name\": \"Test one\"}")).hasStatusOk();
        assertThat(niches.tree().bySlug("test-two").orElseThrow().related()).isEmpty();
        assertThat(version("test-two")).isEqualTo(2);
    }

    @Test
    void aNicheNeverLiesBelowItself() {
        post("{\"name\": \"Test one\"}");
        post("{\"name\": \"Test two\", \"parent\": \"test-one\"}");
        post("{\"name\": \"Test three\", \"parent\": \"test-two\"}");
        for (var parent : List.of("test-one", "test-two", "test-three")) {
            var answer = put("test-one", "\"1\"", "{\"name\": \"Test one\", \"parent\": \"" + parent + "\"}");
            assertThat(answer).hasStatus(422);
            assertThat(JsonPath.<List<String>>read(json(answer), "$.errors[*].field"))
                    .containsExactly("parent");
        }
    }

    @Test
    void theSlugStays() {
        post("{\"name\": \"Test one\"}");
        var answer = put("test-one", "\"1\"", "{\"name\": \"Test one\", \"slug\": \"test-other\"}");
        assertThat(answer).hasStatus(422);
        assertThat(JsonPath.<List<String>>read(json(answer), "$.errors[*].field"))
                .containsExactly("slug");
    }

    /** A program that posts its list of tags. Reading the whole taxonomy again for each takes several times as long. */
    @Test
    void fourHundredTagsAreAddedQuickly() {
        niches.tree();
        var started = System.nanoTime();
        for (var i = 0; i < 400; i++) {
            assertThat(post("{\"name\": \"Test tag " + i + "\", \"hashtags\": [\"testtagged" + i + "\"]}"))
                    .hasStatus(201);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        assertThat(niches.tree().resolve("#testtagged399")).map(Niche::slug).hasValue("test-tag-399");
        var ids = niches.tree().all().stream()
                .filter(niche -> niche.name().startsWith("Test tag"))
                .mapToInt(Niche::id);
        assertThat(ids.summaryStatistics())
                .satisfies(range -> assertThat(range.getMax() - range.getMin())
                        .as("ids are dense")
                        .isEqualTo(399));
    }

    private long version(String slug) {
        return niches.tree().bySlug(slug).orElseThrow().version();
    }

    private MvcTestResult get(String uri) {
        return mvc.get().uri(java.net.URI.create(uri)).with(admin.signedIn()).exchange();
    }

    private MvcTestResult post(String json) {
        return mvc.post()
                .uri("/api/v1/niches")
                .with(admin.signedIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult put(String slug, String ifMatch, String json) {
        var request = mvc.put()
                .uri("/api/v1/niches/" + slug)
                .with(admin.signedIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json);
        return (ifMatch == null ? request : request.header(HttpHeaders.IF_MATCH, ifMatch)).exchange();
    }

    private static String json(MvcTestResult answer) {
        return new String(answer.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
