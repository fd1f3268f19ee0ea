package io.closeknit.brief;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
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
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class BriefApiTests {
    /** The brief of the API's description. */
    private static final String TRAIL_SHOE = """
            {
              "name": "Autumn trail shoe",
              "brand": {"name": "Speedgoat", "niche": "running", "competitors": ["Salomon"], "values": "light and far"},
              "product": "A trail shoe", "message": "Runs in mud", "objective": "awareness",
              "niches": [{"niche": "running", "importance": 1.0}, {"niche": "travel", "importance": 0.5}],
              "audience": {"countries": ["HR", "SI"], "ages": ["25-34"], "genders": ["female"], "languages": [], "interests": ["travel"]},
              "platforms": ["instagram"], "followers": {"min": 1000, "max": 100000},
              "deliverables": [{"deliverable": "reel", "count": 1}], "budget": {"amount": 5000, "currency": "EUR"},
              "competitorWindowDays": 90, "likeCreators": ["brief-ana"], "excludeCreators": [], "excludeNiches": [],
              "weights": {"relevance": 25.0, "audience": 25.0}
            }
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private CatalogueWriter catalogue;

    private TestPerson ana;

    @BeforeEach
    void anAgencyAndACreator() {
        ana = people.agency();
        catalogue.apply(
                List.of((ObjectNode) JSON.readTree("""
                        {"slug": "brief-ana", "name": "Brief Ana", "accounts": [{"platform": "instagram", "handle": "brief.ana"}]}
                        """)),
                new Origin("test", Instant.parse("2026-11-20T00:00:00Z"), false));
    }

    @Test
    void savedBriefIsAnsweredAsItWasSent() {
        var saved = post(ana, TRAIL_SHOE);
        assertThat(saved).hasStatus(201).hasHeader(HttpHeaders.ETAG, "\"1\"");
        var location = saved.getResponse().getHeader(HttpHeaders.LOCATION);
        assertThat(location).endsWith("/api/v1/briefs/" + id(saved));

        var read = get(ana, id(saved));
        assertThat(read).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
        var document = (ObjectNode) JSON.readTree(body(read));
        assertThat(document.get("draft").asBoolean()).isFalse();
        assertThat(document.get("createdBy").asString()).isEqualTo(ana.person().name());
        document.remove(List.of("id", "draft", "version", "createdAt", "createdBy", "updatedAt", "updatedBy"));
        assertThat(JSON.treeToValue(document, BriefDocument.class))
                .isEqualTo(JSON.readValue(TRAIL_SHOE, BriefDocument.class));
    }

    @Test
    void aliasIsResolvedToTheNichesSlug() {
        var saved = post(
                ana, "{\"name\": \"Alias\", \"niches\": [{\"niche\": \"RUNNING\"}], \"excludeNiches\": [\"Travel\"]}");
        assertThat(saved).hasStatus(201);
        assertThat(JsonPath.<String>read(body(saved), "$.niches[0].niche")).isEqualTo("running");
        assertThat(JsonPath.<List<String>>read(body(saved), "$.excludeNiches")).containsExactly("travel");
    }

    @Test
    void whatWasAnsweredCanBeSentBack() {
        var saved = post(ana, TRAIL_SHOE);
        assertThat(put(ana, id(saved), "\"1\"", body(saved))).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
    }

    @Test
    void changeNeedsTheVersionItIsAbout() {
        var id = id(post(ana, TRAIL_SHOE));
        assertThat(put(ana, id, null, "{\"name\": \"No version\"}")).hasStatus(428);
        assertThat(delete(ana, id, null)).hasStatus(428);
        assertThat(body(get(ana, id))).contains("Autumn trail shoe");
    }

    @Test
    void loserOfTwoChangesGetsBothVersions() {
        var id = id(post(ana, TRAIL_SHOE));
        assertThat(put(ana, id, "\"1\"", "{\"name\": \"First\"}")).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"2\"");

        var lost = put(ana, id, "\"1\"", "{\"name\": \"Second\"}");
        assertThat(lost).hasStatus(409);
        assertThat(JsonPath.<String>read(body(lost), "$.yours.name")).isEqualTo("Second");
        assertThat(JsonPath.<String>read(body(lost), "$.current.name")).isEqualTo("First");
        assertThat(JsonPath.<Integer>read(body(lost), "$.current.version")).isEqualTo(2);
        assertThat(delete(ana, id, "\"1\"")).hasStatus(409);
        assertThat(body(get(ana, id))).contains("First");
    }

    @Test
    void removedBriefIsGone() {
        var id = id(post(ana, TRAIL_SHOE));
        assertThat(delete(ana, id, "\"1\"")).hasStatus(204);
        assertThat(get(ana, id)).hasStatus(404);
        assertThat(delete(ana, id, "\"1\"")).hasStatus(404);
    }

    @Test
    void marketerReadsAndWritesNothing() {
        var id = id(post(ana, TRAIL_SHOE));
        var mark = people.colleague(ana, io.closeknit.access.Role.MARKETER);
        assertThat(get(mark, id)).hasStatusOk();
        assertThat(mvc.get().uri("/api/v1/briefs").header("Authorization", mark.bearer()))
                .hasStatusOk();
        assertThat(post(mark, TRAIL_SHOE)).hasStatus(403);
        assertThat(put(mark, id, "\"1\"", "{\"name\": \"Mine\"}")).hasStatus(403);
        assertThat(delete(mark, id, "\"1\"")).hasStatus(403);
    }

    @Test
    void nobodyWithoutATokenReadsAnything() {
        assertThat(mvc.get().uri("/api/v1/briefs")).hasStatus(401);
    }

    @Test
    void anotherWorkspacesBriefIsNotThere() {
        var id = id(post(ana, TRAIL_SHOE));
        var stranger = people.admin();
        assertThat(get(stranger, id)).hasStatus(404);
        assertThat(put(stranger, id, "\"1\"", TRAIL_SHOE)).hasStatus(404);
        assertThat(delete(stranger, id, "\"1\"")).hasStatus(404);
        var list = mvc.get()
                .uri("/api/v1/briefs")
                .header("Authorization", stranger.bearer())
                .exchange();
        assertThat(JsonPath.<Integer>read(body(list), "$.total")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-uuid", "00000000-0000-0000-0000-000000000000"})
    void unknownIdIsNotFound(String id) {
        assertThat(get(ana, id)).hasStatus(404);
    }

    @Test
    void listGoesOnWhereItStopped() {
        IntStream.range(0, 5).forEach(number -> post(ana, "{\"name\": \"Brief " + number + "\"}"));
        var first = list("?limit=3");
        assertThat(JsonPath.<List<String>>read(first, "$.items[*].name"))
                .containsExactly("Brief 4", "Brief 3", "Brief 2");
        assertThat(JsonPath.<Integer>read(first, "$.total")).isEqualTo(5);
        var second = list("?limit=3&cursor=" + JsonPath.<String>read(first, "$.next"));
        assertThat(JsonPath.<List<String>>read(second, "$.items[*].name")).containsExactly("Brief 1", "Brief 0");
        assertThat(second).doesNotContain("\"next\"");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=201, limit", "limit=ten, limit", "cursor=abc, cursor", "cursor=%00, cursor"})
    void unusableParameterIsNamed(String query, String field) {
        var refused = mvc.get()
                .uri("/api/v1/briefs?" + query)
                .header("Authorization", ana.bearer())
                .exchange();
        assertThat(refused).hasStatus(422);
        assertThat(JsonPath.<String>read(body(refused), "$.errors[0].field")).isEqualTo(field);
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        var refused = post(ana, """
                {"name": " ", "nmae": 1, "objective": "fame", "niches": [{"niche": "beuaty"}, {"niche": "travel", "importance": "high"}],
                 "followers": {"min": 5, "max": 1}, "budget": {"amount": -1, "currency": "EURO"}, "weights": {"relevance": 0}}
                """);
        assertThat(refused).hasStatus(422);
        assertThat(JsonPath.<List<String>>read(body(refused), "$.errors[*].field"))
                .contains(
                        "nmae",
                        "name",
                        "objective",
                        "niches[1].importance",
                        "followers.max",
                        "budget.amount",
                        "budget.currency",
                        "weights");
    }

    @Test
    void draftIsKeptAsOne() {
        var saved = post(ana, "{\"name\": \"Not yet\", \"draft\": true}");
        assertThat(JsonPath.<Boolean>read(body(saved), "$.draft")).isTrue();
    }

    @Test
    void unreadableBodyIsRefused() {
        assertThat(post(ana, "{\"name\": ")).hasStatus(400);
        assertThat(post(ana, "[]").getResponse().getStatus()).isIn(400, 422);
    }

    private String list(String query) {
        return body(mvc.get()
                .uri("/api/v1/briefs" + query)
                .header("Authorization", ana.bearer())
                .exchange());
    }

    private MvcTestResult post(TestPerson by, String json) {
        return mvc.post()
                .uri("/api/v1/briefs")
                .header("Authorization", by.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult get(TestPerson by, String id) {
        return mvc.get()
                .uri("/api/v1/briefs/" + id)
                .header("Authorization", by.bearer())
                .exchange();
    }

    private MvcTestResult put(TestPerson by, String id, String version, String json) {
        var request = mvc.put()
                .uri("/api/v1/briefs/" + id)
                .header("Authorization", by.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .content(json);
        return (version == null ? request : request.header(HttpHeaders.IF_MATCH, version)).exchange();
    }

    private MvcTestResult delete(TestPerson by, String id, String version) {
        var request = mvc.delete().uri("/api/v1/briefs/" + id).header("Authorization", by.bearer());
        return (version == null ? request : request.header(HttpHeaders.IF_MATCH, version)).exchange();
    }

    private static String id(MvcTestResult saved) {
        return JsonPath.read(body(saved), "$.id");
    }

    private static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
