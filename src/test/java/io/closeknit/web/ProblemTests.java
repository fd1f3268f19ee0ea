package io.closeknit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What programs and people are told when something goes wrong, over real HTTP: the container's errors are among it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({TestPeople.class, SampleController.Api.class, SampleController.Pages.class})
class ProblemTests {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Autowired
    private TestPeople people;

    @Autowired
    private JsonMapper configured;

    @LocalServerPort
    private int port;

    private TestPeople.TestPerson ana;

    @BeforeEach
    void somebody() {
        ana = people.admin();
    }

    @ParameterizedTest(name = "{1} at {2}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"name\":\"a\",\"shaer\":0.5}|422|shaer|Did you mean 'share'?",
                "{\"name\":\"a\",\"accounts\":[{\"folowers\":1}]}|422|accounts[0].folowers|Did you mean 'followers'?",
                "{\"name\":\"a\",\"count\":\"many\"}|422|count|'many' is not a whole number",
                "{\"name\":\"a\",\"count\":1.5}|422|count|whole number",
                "{\"name\":\"a\",\"count\":99999999999}|400|none|out of range",
                "{\"name\":\"a\",\"on\":\"20.11.2026\"}|422|on|a day such as 2026-11-20",
                "{\"name\":\"a\",\"accounts\":{}}|422|accounts|a list",
                "{\"name\":\"a\",\"accounts\":[{\"platform\":\"myspace\"}]}|422|accounts[0].platform|instagram, tiktok",
                "{\"name\":\" \"}|422|name|Fill this in",
                "{\"name\":\"a\",\"share\":1.7}|422|share|at most 1",
                "{\"name\":\"a\",\"name\":\"b\"}|400|none|line 1, column 1",
                "{\"name\":\"a\"|400|none|line 1, column",
                "[1]|422|none|an object",
                "``|400|none|body is missing"
            })
    void jsonThatDoesNotFitIsToldWhereAndWhy(String body, int status, String field, String reason) {
        var problem = problem(post(body), status);
        assertThat(problem.path("detail").asString()).contains(reason);
        if (field != null) {
            assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
            assertThat(problem.at("/errors/0/reason").asString()).contains(reason);
        }
        assertThat(problem.toString()).doesNotContain("io.closeknit", "tools.jackson", "Exception");
    }

    @Test
    void hugeTextsAndDeepNestingAreRefused() {
        problem(post("{\"name\":\"" + "x".repeat(1_000_001) + "\"}"), 413);
        assertThatThrownBy(() -> configured.readTree("[".repeat(200)))
                .isInstanceOfSatisfying(
                        JacksonException.class,
                        deep -> assertThat(JsonProblems.of(deep).getBody().getDetail())
                                .contains("100 levels"));
    }

    @Test
    void goodJsonComesBackPlain() {
        var answer = post("{\"name\":\"a\",\"price\":180.00,\"on\":\"2026-11-20\",\"share\":0.5}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"price\":180.00", "\"on\":\"2026-11-20\"", "\"share\":0.5");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/samples?cursor=a&folowers.min=3|folowers.min|Did you mean 'followers.min'?",
                "/api/v1/samples?cursor=a&nihce=x|nihce|Did you mean 'niche'?",
                "/api/v1/samples?cursor=a&zzzzzz=x|zzzzzz|Known are: country, cursor, followers",
                "/api/v1/samples|cursor|is required",
                "/api/v1/samples?cursor=a&limit=many|limit|a number",
                "/api/v1/samples?cursor=a&followers.min=-1|followers.min|at least 0",
                "/api/v1/samples/known?w=1|w|not known here"
            })
    void parametersThatDoNotFitAreNamed(String path, String field, String reason) {
        var problem = problem(get(path), 422);
        assertThat(problem.path("type").asString()).isEqualTo("urn:closeknit:problem:unacceptable");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo(field);
        assertThat(problem.at("/errors/0/reason").asString()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/samples?cursor=a&limit=5&niche=x&country=HR&country=SI&followers.min=1",
        "/api/v1/samples/known?w.relevance=25&q=a",
        "/api/v1/samples/any?whatever=1"
    })
    void knownParametersPass(String path) {
        assertThat(get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"stale, 409, stale", "taken, 409, taken", "other, 500, internal"})
    void failuresSayNothingOfTheInside(String kind, int status, String type) {
        var problem = problem(get("/api/v1/samples/" + kind + "/failure"), status);
        assertThat(problem.path("type").asString()).endsWith(":" + type);
        assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/samples/" + kind + "/failure");
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @Test
    void wrongMethodsAndTypesAreToldWhatIsPossible() {
        var method = send(request("/api/v1/samples").DELETE());
        assertThat(problem(method, 405).path("detail").asString())
                .contains("DELETE is not possible here, but GET, POST");
        assertThat(method.headers().firstValue("Allow")).isPresent();
        var type = send(
                request("/api/v1/samples").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("a")));
        assertThat(problem(type, 415).path("detail").asString()).contains("application/json");
        problem(
                send(request("/api/v1/samples")
                        .header("Accept", "application/pdf")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"a\"}"))),
                406);
        problem(get("/api/v1/nothing"), 404);
    }

    @Test
    void theDescriptionNamesProblemsAndSignIn() {
        var api = json.readTree(get("/v3/api-docs").body());
        assertThat(api.at("/info/title").asString()).isEqualTo("Closeknit");
        assertThat(api.at("/components/securitySchemes").toString()).contains("bearer", "basic");
        assertThat(api.at("/components/parameters/Closeknit-Workspace/in").asString())
                .isEqualTo("header");
        assertThat(api.at("/paths/~1api~1v1~1samples/post/parameters").toString())
                .contains("#/components/parameters/Closeknit-Workspace");
        assertThat(api.at("/paths/~1api~1v1~1samples/post/responses/422/content")
                        .toString())
                .contains("#/components/schemas/Problem");
    }

    @Test
    void pagesRefuseMisspeltFiltersToo() {
        var visitor = visitor();
        var page = visitor.get("/samples?nich=x");
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("Did you mean &#39;niche&#39;?").contains("<html");
        assertThat(visitor.get("/samples/plain?utm_source=mail").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "stale, 409, Somebody was faster",
        "taken, 409, Somebody was faster",
        "gone, 404, This sample was deleted by Ana.",
        "other, 500, Something went wrong here"
    })
    void errorPagesKeepWhatWasTyped(String kind, int status, String said) {
        var visitor = visitor();
        visitor.get("/search");
        var page =
                visitor.post("/samples", Map.of("kind", kind, "message", "Typed <with> care", "password", "hidden-1"));
        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.body()).contains(said, "Typed &lt;with&gt; care").doesNotContain("secret", "hidden-1", "\tat ");
    }

    @Test
    void htmxIsAnsweredWithANotice() {
        var part = visitor().get("/nothing", "HX-Request", "true");
        assertThat(part.statusCode()).isEqualTo(404);
        assertThat(part.body())
                .contains("ck-notice-error", "There is nothing at this address")
                .doesNotContain("<html");
    }

    @Test
    void staticFilesAreCachedForAYearAndCompressed() throws IOException, InterruptedException {
        var page = visitor().get("/search").body();
        var path = page.replaceAll("(?s).*href=\"(/web/closeknit-[0-9a-f]{32}\\.css)\".*", "$1");
        var file = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).hasValue("max-age=31536000");
        assertThat(file.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(file.headers().allValues("Set-Cookie")).isEmpty();
        var head = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/robots.txt"))
                        .HEAD()
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private Visitor visitor() {
        var visitor = new Visitor(port);
        assertThat(visitor.signIn(ana).statusCode()).isEqualTo(302);
        return visitor;
    }

    private JsonNode problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        var problem = json.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).startsWith("urn:closeknit:problem:");
        assertThat(problem.path("detail").asString()).isNotBlank();
        return problem;
    }

    private HttpResponse<String> post(String body) {
        return send(request("/api/v1/samples")
                .header("Content-Type", "application/json")
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", ana.basic());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
