package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.catalogue.CatalogueWriter.Outcome.Rejected;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class CreatorApiTests {
    private static final String ANA =
            "{'name': 'Ana', 'accounts': [{'platform': 'instagram', 'handle': 'ana.trails', 'engagementRate': 0.0413}]}";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private CatalogueReader reader;

    @Autowired
    private JdbcClient jdbc;

    private TestPerson admin;

    @BeforeEach
    void clear() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
        admin = people.admin();
    }

    private MvcTestResult put(TestPerson person, String slug, String body, String... headers) {
        var request = mvc.put()
                .uri("/api/v1/creators/" + slug)
                .with(person.signedIn())
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"'));
        for (var i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return request.exchange();
    }

    private MvcTestResult get(TestPerson person, String slug) {
        return mvc.get().uri("/api/v1/creators/" + slug).with(person.signedIn()).exchange();
    }

    private MvcTestResult delete(TestPerson person, String slug, String ifMatch) {
        var request = mvc.delete().uri("/api/v1/creators/" + slug).with(person.signedIn());
        return (ifMatch == null ? request : request.header(HttpHeaders.IF_MATCH, ifMatch)).exchange();
    }

    @Test
    void createsOnceThenAsksForTheVersion() {
        var created = put(admin, "ana", ANA);
        assertThat(created).hasStatus(201).hasHeader("ETag", "\"1\"").hasHeader("Location", "/api/v1/creators/ana");

        assertThat(put(admin, "ana", ANA)).hasStatus(428);
        assertThat(put(admin, "ana", ANA, "If-None-Match", "*")).hasStatus(409);
        assertThat(put(admin, "ana", "{'city': 'Zagreb'}", "If-Match", "\"1\""))
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
        assertThat(put(admin, "ana", "{'city': 'Zagreb'}", "If-Match", "\"2\""))
                .as("nothing new")
                .hasStatus(200)
                .hasHeader("ETag", "\"2\"");
    }

    @Test
    void showsFiguresUnroundedToEverybody() {
        put(admin, "ana", ANA);

        assertThat(get(people.marketer(), "ana"))
                .hasStatus(200)
                .hasHeader("ETag", "\"1\"")
                .bodyJson()
                .satisfies(json -> {
                    assertThat(json)
                            .extractingPath("$.accounts[0].engagementRate")
                            .isEqualTo(0.0413);
                    assertThat(json).extractingPath("$.accounts[0].observedAt").isNotNull();
                    assertThat(json).extractingPath("$.slug").isEqualTo("ana");
                });
        assertThat(get(people.marketer(), "nobody")).hasStatus(404);
    }

    @Test
    void onlyAdminsChangeAndErase() {
        put(admin, "ana", ANA);

        for (var person : List.of(people.marketer(), people.agency())) {
            assertThat(put(person, "ana", "{'city': 'Split'}", "If-Match", "\"1\""))
                    .hasStatus(403);
            assertThat(delete(person, "ana", "\"1\"")).hasStatus(403);
        }
        assertThat(reader.find("ana").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void aStaleVersionIsRefusedWithBoth() {
        put(admin, "ana", ANA);
        put(admin, "ana", "{'city': 'Zagreb'}", "If-Match", "\"1\"");

        assertThat(put(admin, "ana", "{'city': 'Split'}", "If-Match", "\"1\""))
                .hasStatus(409)
                .bodyJson()
                .satisfies(json -> {
                    assertThat(json).extractingPath("$.yours.version").isEqualTo(1);
                    assertThat(json).extractingPath("$.yours.creator.city").isEqualTo("Split");
                    assertThat(json).extractingPath("$.current.version").isEqualTo(2);
                    assertThat(json).extractingPath("$.current.creator.city").isEqualTo("Zagreb");
                });
    }

    @Test
    void whatIsWrongIsNamedByItsPath() {
        var body =
                "{'folowers': 1, 'slug': 'other', 'niches': [{'niche': 'quidditch leagues'}], 'accounts': [{'platform': 'x', 'handle': 'a', 'engagementRate': -1}]}";

        assertThat(put(admin, "ana", body)).hasStatus(422).bodyJson().satisfies(json -> {
            assertThat(json)
                    .extractingPath("$.errors[*].field")
                    .asArray()
                    .containsExactlyInAnyOrder("folowers", "niches[0].niche", "accounts[0].engagementRate");
            assertThat(json)
                    .extractingPath("$.errors[*].reason")
                    .asArray()
                    .anySatisfy(reason -> assertThat((String) reason).contains("-1"));
        });
        assertThat(put(admin, "ana", ANA.replace("{'name'", "{'slug': 'other', 'name'")))
                .hasStatus(422);
        assertThat(put(admin, "ana", "[]")).hasStatus(422);
        assertThat(put(admin, "ana", "{")).hasStatus(400);
        assertThat(put(admin, "Not_A_Slug", ANA)).hasStatus(422);
        assertThat(put(admin, "ana", "{'name': 'Without an account'}")).hasStatus(422);
        assertThat(reader.count().all()).isZero();
    }

    @Test
    void anAccountOfAnotherCreatorIsTaken() {
        put(admin, "ana", ANA);

        assertThat(put(admin, "other", ANA))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.existing.slug")
                .isEqualTo("ana");
    }

    @Test
    void theErasedStayOut() {
        put(admin, "ana", ANA);
        var id = reader.find("ana").orElseThrow().id();
        var version = reader.version();

        assertThat(delete(admin, "ana", null)).hasStatus(428);
        assertThat(delete(admin, "ana", "\"7\"")).hasStatus(409);
        assertThat(delete(admin, "ana", "\"1\"")).hasStatus(204);

        assertThat(get(admin, "ana")).hasStatus(404);
        assertThat(delete(admin, "ana", "\"1\"")).hasStatus(404);
        assertThat(reader.changesAfter(version, 10))
                .singleElement()
                .satisfies(change -> assertThat(change.creatorId()).isEqualTo(id));
        var again = writer.apply(
                List.of((ObjectNode)
                        JsonMapper.shared().readTree(ANA.replace('\'', '"').replace("ana.trails", "@Ana.TRAILS"))),
                new Origin("again.csv", Instant.parse("2026-11-20T00:00:00Z"), false));
        assertThat(again)
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems().getFirst().reason())
                                .contains("was erased"));
        assertThat(put(admin, "ana", ANA)).hasStatus(422);
        assertThat(jdbc.sql("select count(*) from account").query(Long.class).single())
                .isZero();
    }

    @Test
    void whatIsReadCanBeSentBack() throws Exception {
        put(admin, "ana", ANA);
        var imported =
                "{'slug': 'ana', 'accounts': [{'platform': 'instagram', 'handle': 'ana.trails', 'audience': {'interests': {'quidditch': 0.2}}}],"
                        + " 'mentions': [{'brand': 'Broomco', 'niche': 'quidditch leagues'}], 'niches': [{'niche': 'quidditch'}, {'niche': 'running'}]}";
        writer.apply(
                List.of((ObjectNode) JsonMapper.shared().readTree(imported.replace('\'', '"'))),
                new Origin("some.csv", Instant.now(), false));
        var read = get(admin, "ana").getResponse().getContentAsString();

        assertThat(put(admin, "ana", read, "If-Match", "\"2\"")).hasStatus(200).hasHeader("ETag", "\"2\"");
    }
}
