package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Viewers read, workspaces are switched, archived and restored, and tokens reach as far as their scope. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@Import(TestPeople.class)
class ViewerTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private PeopleService service;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GET,  /,                 302",
        "GET,  /briefs,           200",
        "GET,  /account,          200",
        "GET,  /discover,         403",
        "GET,  /briefs/new,       403",
        "GET,  /admin/people,     403",
        "GET,  /a-new-page,       403",
        "GET,  /api/v1/briefs,    200",
        "POST, /api/v1/briefs,    403",
        "POST, /api/v1/rankings,  403",
        "GET,  /api/v1/imports,   403",
        "GET,  /api/v1/tokens,    200",
    })
    void aViewerReadsWhatIsSharedAndNothingThatNobodyThoughtOf(String method, String path, int status) {
        var vera = people.viewer();
        var request = mvc.method(HttpMethod.valueOf(method)).uri(path);
        if (path.startsWith("/api")) {
            request.header("Authorization", vera.bearer())
                    .contentType("application/json")
                    .content("{}");
        } else {
            request.with(vera.signedIn());
            if (method.equals("POST")) {
                request.with(csrf());
            }
        }
        assertThat(request).hasStatus(status);
    }

    @Test
    void aViewerStartsAtTheBriefs() {
        assertThat(mvc.get().uri("/").with(people.viewer().signedIn())).hasRedirectedUrl("/briefs");
        assertThat(mvc.get().uri("/briefs").with(people.viewer().signedIn()))
                .bodyText()
                .doesNotContain("href=\"/discover\"");
    }

    @Test
    void nothingLeadsAViewerToWhatViewersMayNotOpen() throws Exception {
        var ana = people.agency();
        var made = mvc.post()
                .uri("/api/v1/briefs")
                .header("Authorization", ana.bearer())
                .contentType("application/json")
                .content("{\"name\":\"Shared\",\"niches\":[{\"niche\":\"travel\"}]}")
                .exchange();
        String brief = JsonPath.read(made.getResponse().getContentAsString(), "$.id");
        var vera = people.colleague(ana, Role.VIEWER);
        for (var page : List.of("/briefs/" + brief, "/rankings", "/search?q=nothingofthekind")) {
            assertThat(mvc.get().uri(page).with(vera.signedIn()))
                    .as(page)
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain("href=\"/discover");
        }
        assertThat(mvc.get().uri("/briefs/" + brief).with(ana.signedIn()))
                .bodyText()
                .contains("href=\"/discover");
    }

    @Test
    void theOtherWorkspacesAreOneClickAway() {
        var ana = people.agency();
        var client = "Zoo " + UUID.randomUUID();
        var there = workspace(client);
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, 'VIEWER')")
                .param(ana.person().personId())
                .param(there)
                .update();
        var visitor = new Visitor(port);
        visitor.signIn(ana);
        assertThat(visitor.get("/account").body()).contains("ck-workspace-here", "Work in " + client);
        visitor.post("/workspace", Map.of("workspace", there.toString()));
        assertThat(visitor.get("/account").body()).contains("Viewer in " + client);
        assertThat(visitor.get("/discover").statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyWorksInAnArchivedWorkspaceAndNothingInItIsLost() {
        var admin = people.admin();
        var ana = people.agency();
        assertThat(mvc.get().uri("/api/v1/briefs").header("Authorization", ana.bearer()))
                .hasStatus(200);
        admin.does(
                () -> service.archiveWorkspace(ana.workspaceId(), admin.person().personId()));
        assertThat(mvc.get().uri("/api/v1/briefs").header("Authorization", ana.bearer()))
                .hasStatus(401);
        var card = service.find(ana.person().personId()).orElseThrow();
        var elsewhere = Map.of(admin.workspaceId(), Role.MARKETER);
        admin.does(() -> service.change(
                card.id(),
                card.version(),
                new PeopleService.PersonChange(card.name(), card.email(), false, elsewhere),
                admin.person().personId()));
        admin.does(() -> service.restoreWorkspace(ana.workspaceId()));
        assertThat(mvc.get().uri("/api/v1/briefs").header("Authorization", ana.bearer()))
                .hasStatus(200);
        assertThatThrownBy(() -> admin.does(() -> service.archiveWorkspace(
                        admin.workspaceId(), admin.person().personId())))
                .isInstanceOf(PeopleService.LastWorkspaceException.class);
    }

    @Test
    void aReadingTokenChangesNothingAndAWritingOneAdministersNothing() {
        var admin = people.admin();
        var reads = token(admin, "{\"name\":\"r\",\"scope\":\"read\"}");
        assertThat(mvc.get().uri("/api/v1/imports").header("Authorization", reads))
                .hasStatus(200);
        assertThat(mvc.delete().uri("/api/v1/tokens/" + UUID.randomUUID()).header("Authorization", reads))
                .hasStatus(403);
        var writes = token(admin, "{\"name\":\"w\",\"scope\":\"write\"}");
        assertThat(mvc.get().uri("/actuator/info").header("Authorization", writes))
                .hasStatus(403);
        assertThat(mvc.post()
                        .uri("/api/v1/tokens")
                        .header("Authorization", reads)
                        .contentType("application/json")
                        .content("{}"))
                .hasStatus(403);
        assertThat(mvc.post()
                        .uri("/api/v1/tokens")
                        .header("Authorization", writes)
                        .contentType("application/json")
                        .content("{\"scope\":\"admin\"}"))
                .hasStatus(422)
                .bodyText()
                .contains("\"scope\"");
    }

    @Test
    void aPasswordOpensTheWorkspaceThatTheHeaderNames() {
        var ana = people.agency();
        var name = "Client " + UUID.randomUUID();
        var there = workspace(name);
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, 'VIEWER')")
                .param(ana.person().personId())
                .param(there)
                .update();
        assertThat(mvc.post()
                        .uri("/api/v1/briefs")
                        .header("Authorization", ana.basic())
                        .header("Closeknit-Workspace", name.toUpperCase())
                        .contentType("application/json")
                        .content("{}"))
                .as("a viewer there")
                .hasStatus(403);
        var stranger = people.agency();
        for (var header : new String[] {stranger.basic(), stranger.bearer()}) {
            assertThat(mvc.get()
                            .uri("/api/v1/briefs")
                            .header("Authorization", header)
                            .header("Closeknit-Workspace", there.toString()))
                    .hasStatus(404);
        }
    }

    private String token(TestPeople.TestPerson of, String wish) {
        try {
            var made = mvc.post()
                    .uri("/api/v1/tokens")
                    .header("Authorization", of.bearer())
                    .contentType("application/json")
                    .content(wish)
                    .exchange();
            assertThat(made).hasStatus(201);
            return "Bearer "
                    + com.jayway.jsonpath.JsonPath.<String>read(
                            made.getResponse().getContentAsString(), "$.token");
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private UUID workspace(String name) {
        var id = UUID.randomUUID();
        jdbc.sql("insert into workspace (id, name, version) values (?, ?, 0)")
                .param(id)
                .param(name)
                .update();
        return id;
    }
}
