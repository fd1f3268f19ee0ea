package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome;
import io.closeknit.testing.TestPeople;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class MergesTests {
    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private StoredCatalogue reader;

    @Autowired
    private Merges merges;

    @Autowired
    private Doubles doubles;

    @Autowired
    private ImportUndo undo;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void clear() {
        jdbc.sql("delete from creator").update();
    }

    private List<Outcome> send(UUID importId, String... creators) {
        return writer.apply(
                Arrays.stream(creators)
                        .map(it -> (ObjectNode) json.readTree(it))
                        .toList(),
                new Origin("file", Instant.now(), false, importId));
    }

    private StoredCreator creator(String slug) {
        return reader.stored(slug).orElseThrow();
    }

    private static final String ON_INSTAGRAM = """
            {"name": "Ana", "country": "HR", "email": "Ana@mail.example", "niches": [{"niche": "fashion", "weight": 1}],
             "accounts": [{"platform": "instagram", "handle": "ana", "followers": 1000}]}""";
    private static final String ON_TIKTOK = """
            {"name": "Ana T.", "city": "Zagreb", "email": "ana@mail.example", "niches": [{"niche": "beauty"}], "mentions": [],
             "history": [{"platform": "tiktok", "on": "2026-01-01", "followers": 70}],
             "accounts": [{"platform": "tiktok", "handle": "ana_t", "followers": 90}]}""";
    private static final String LINK = """
            {"accounts": [{"platform": "instagram", "handle": "Ana"}, {"platform": "tiktok", "handle": "ana_T", "followers": 95}]}""";

    @Test
    void aThirdFileThatNamesBothAccountsMakesOneCreatorOfTwo() {
        send(UUID.randomUUID(), ON_INSTAGRAM);
        send(UUID.randomUUID(), ON_TIKTOK);
        assertThat(send(UUID.randomUUID(), LINK)).singleElement().isInstanceOf(Outcome.Updated.class);

        var ana = creator("ana");
        assertThat(ana.accounts()).extracting(it -> it.key().handleKey()).containsExactly("ana", "ana_t");
        assertThat(ana.accounts().getLast().document().followers()).isEqualTo(95);
        assertThat(ana.name()).isEqualTo("Ana");
        assertThat(ana.city()).as("a gap is filled").isEqualTo("Zagreb");
        assertThat(ana.niches()).hasSize(2);
        assertThat(ana.mentions()).isEmpty();
        assertThat(ana.history()).isNotEmpty();
        assertThat(reader.find("ana-t")).isEmpty();
        assertThat(merges.mergedInto("ana-t")).contains("ana");
        assertThat(send(UUID.randomUUID(), LINK)).singleElement().isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void twoRowsAndTheirLinkInOneFileMakeOneCreator() {
        send(UUID.randomUUID(), ON_INSTAGRAM, ON_TIKTOK, LINK);
        assertThat(reader.count().real()).isEqualTo(1);
        assertThat(creator("ana").accounts()).hasSize(2);
    }

    @Test
    void aRollbackOfTheLinkingImportTakesThemApartAndOfTheSecondOneRemovesTheSecond() {
        send(UUID.randomUUID(), ON_INSTAGRAM);
        var second = UUID.randomUUID();
        send(second, ON_TIKTOK);
        var before = creator("ana");
        var other = creator("ana-t");
        var link = UUID.randomUUID();
        send(link, LINK);

        rollback(link);

        assertThat(facts(creator("ana"))).isEqualTo(facts(before));
        assertThat(creator("ana-t").id()).isEqualTo(other.id());
        assertThat(creator("ana-t").name()).isEqualTo("Ana T.");
        assertThat(creator("ana-t").history()).isEqualTo(other.history());
        rollback(second);
        assertThat(reader.find("ana-t")).isEmpty();
        assertThat(reader.find("ana")).isPresent();
    }

    private static List<Object> facts(StoredCreator it) {
        return Arrays.asList(
                it.name(),
                it.country(),
                it.city(),
                it.email(),
                it.niches(),
                it.accounts(),
                it.history(),
                it.mentions());
    }

    private void rollback(UUID importId) {
        var after = 0L;
        for (var more = true; more; ) {
            var undone = undo.undo(importId, after, 10, "Rollback", Instant.now());
            after = undone.lastId();
            more = undone.more();
        }
    }

    @Test
    void anAdminMakesOneOfLikelyDoublesAndTakesThemApartAgain() {
        send(null, ON_INSTAGRAM, ON_TIKTOK, """
                {"name": "Bo", "accounts": [{"platform": "tiktok", "handle": "bo"}]}""");
        assertThat(doubles.likely(10)).singleElement().satisfies(pair -> {
            assertThat(pair.reason()).isEqualTo(Doubles.Reason.EMAIL);
            assertThat(pair.value()).isEqualTo("ana@mail.example");
        });
        var admin = people.admin();
        assertThat(mvc.get().uri("/admin/doubles").with(admin.signedIn()))
                .hasStatusOk()
                .bodyText()
                .contains("ana@mail.example", "tiktok/ana_t");
        assertThat(mvc.get().uri("/admin/doubles").with(people.agency().signedIn()))
                .hasStatus(403);

        assertThat(mvc.post()
                        .uri("/admin/doubles/merge")
                        .param("one", "ana")
                        .param("other", "ana-t")
                        .param("reason", "EMAIL")
                        .with(admin.signedIn())
                        .with(csrf()))
                .hasRedirectedUrl("/admin/doubles");
        assertThat(creator("ana").accounts()).hasSize(2);
        assertThat(mvc.get().uri("/creators/ana-t").with(admin.signedIn())).hasRedirectedUrl("/creators/ana");
        send(null, """
                {"accounts": [{"platform": "tiktok", "handle": "ana_t", "followers": 123}]}""");

        var merge = merges.latest(1).getFirst();
        assertThat(mvc.post()
                        .uri("/admin/doubles/" + merge.id() + "/undo")
                        .with(admin.signedIn())
                        .with(csrf()))
                .hasRedirectedUrl("/admin/doubles");
        assertThat(creator("ana").accounts()).hasSize(1);
        assertThat(creator("ana").city()).isNull();
        assertThat(creator("ana-t").accounts().getFirst().document().followers())
                .as("what came since stays with the account")
                .isEqualTo(123);
        assertThat(merges.undo(merge.id())).as("a second time").isEmpty();

        merges.keepApart("ana", "ana-t", "Ada");
        assertThat(doubles.likely(10)).isEmpty();
    }

    @Test
    void theApiListsMergesAndTakesApart() {
        send(UUID.randomUUID(), ON_INSTAGRAM);
        send(UUID.randomUUID(), ON_TIKTOK);
        var ada = people.admin();
        assertThat(api(mvc.get().uri("/api/v1/doubles"), ada))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.items[0].reason", it -> it.assertThat().isEqualTo("EMAIL"))
                .hasPathSatisfying("$.total", it -> it.assertThat().isEqualTo(1));

        var made = api(mvc.post().uri("/api/v1/doubles/merges"), ada, "{\"one\": \"ana-t\", \"other\": \"ana\"}");
        assertThat(made)
                .hasStatus(201)
                .bodyJson()
                .hasPathSatisfying("$.kept.slug", it -> it.assertThat().isEqualTo("ana"));
        var address = String.valueOf(made.getResponse().getHeader("Location"));
        assertThat(api(mvc.get().uri(address), ada))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.undone", it -> it.assertThat().isEqualTo(false));
        assertThat(api(mvc.get().uri("/api/v1/creators/ana-t"), ada))
                .as("the old address leads to the new one")
                .hasStatus(308)
                .hasHeader("Location", "/api/v1/creators/ana");

        assertThat(api(mvc.post().uri(address + "/undo"), ada, "")).hasStatusOk();
        assertThat(api(mvc.get().uri("/api/v1/creators/ana-t"), ada)).hasStatusOk();
        assertThat(api(mvc.post().uri(address + "/undo"), ada, "")).hasStatus(409);

        assertThat(api(mvc.post().uri("/api/v1/doubles/apart"), ada, "{\"one\": \"ana\", \"other\": \"ana-t\"}"))
                .hasStatus(204);
        assertThat(api(mvc.get().uri("/api/v1/doubles"), ada))
                .bodyJson()
                .hasPathSatisfying("$.total", it -> it.assertThat().isEqualTo(0));
        assertThat(api(mvc.post().uri("/api/v1/doubles/merges"), ada, "{\"one\": \"nobody\", \"with\": 1}"))
                .hasStatus(422);
        assertThat(api(mvc.post().uri("/api/v1/doubles/merges"), ada, "{\"one\": \"ana\", \"other\": \"ana\"}"))
                .hasStatus(422);
        assertThat(api(mvc.get().uri("/api/v1/doubles?limit=0"), ada)).hasStatus(422);
        assertThat(api(mvc.get().uri("/api/v1/doubles"), people.marketer())).hasStatus(403);
    }

    private static MvcTestResult api(MockMvcTester.MockMvcRequestBuilder request, TestPeople.TestPerson person) {
        return request.header("Authorization", person.bearer()).exchange();
    }

    private static MvcTestResult api(
            MockMvcTester.MockMvcRequestBuilder request, TestPeople.TestPerson person, String body) {
        return request.header("Authorization", person.bearer())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
