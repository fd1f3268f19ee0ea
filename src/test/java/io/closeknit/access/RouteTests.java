package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.testing.TestPeople;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who gets what at each of our addresses. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class RouteTests {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    /** 302 for nobody leads to the sign-in page; 404 for an admin means that the door was open. */
    @ParameterizedTest(name = "{0} {1}: nobody {2}, marketer {3}, agency {4}, admin {5}")
    @CsvSource({
        "GET,  /sign-in,                        200, 302, 302, 302",
        "GET,  /account,                        302, 200, 200, 200",
        "POST, /account/name,                   302, 422, 422, 422",
        "POST, /account/password,               302, 422, 422, 422",
        "POST, /account/tokens,                 302, 422, 422, 422",
        "POST, /account/tokens/{id}/revoke,     302, 302, 302, 302",
        "POST, /workspace?workspace={id},       302, 404, 404, 404",
        "GET,  /admin/people,                   302, 403, 403, 200",
        "POST, /admin/people,                   302, 403, 403, 422",
        "GET,  /admin/people/new,               302, 403, 403, 200",
        "GET,  /admin/people/{id},              302, 403, 403, 404",
        "POST, /admin/people/{id},              302, 403, 403, 404",
        "POST, /admin/people/{id}/disable,      302, 403, 403, 404",
        "POST, /admin/people/{id}/enable,       302, 403, 403, 404",
        "POST, /admin/people/{id}/password,     302, 403, 403, 404",
        "POST, /admin/people/workspaces,        302, 403, 403, 302",
        "POST, /admin/people/workspaces/{id},   302, 403, 403, 302",
        "POST, /admin/people/workspaces/{id}/archive, 302, 403, 403, 404",
        "POST, /admin/people/workspaces/{id}/restore, 302, 403, 403, 404",
        "POST, /admin/people/{id}/invitation,   302, 403, 403, 404",
        "POST, /admin/people/{id}/sessions/end, 302, 403, 403, 404",
        "POST, /admin/people/{id}/second-factor/off, 302, 403, 403, 404",
        "GET,  /sign-in/code,                   302, 302, 302, 302",
        "GET,  /forgotten,                      200, 200, 200, 200",
        "GET,  /link/{id},                      404, 404, 404, 404",
        "GET,  /account/second-factor,          302, 302, 302, 302",
        "GET,  /admin/audit,                    302, 403, 403, 200",
        "GET,  /admin/audit/export.csv,         302, 403, 403, 200",
        "GET,  /api/v1/tokens,                  401, 200, 200, 200",
        "POST, /api/v1/tokens,                  401, 201, 201, 201",
        "DELETE, /api/v1/tokens/{id},           401, 404, 404, 404",
        "GET,  /v3/api-docs,                    401, 200, 200, 200",
        "GET,  /swagger-ui.html,                302, 302, 302, 302",
        "GET,  /actuator/health,                200, 200, 200, 200",
        "GET,  /actuator/health/liveness,       200, 200, 200, 200",
        "GET,  /actuator/health/readiness,      200, 200, 200, 200",
        "GET,  /actuator/metrics,               401, 403, 403, 200",
        "GET,  /actuator/info,                  401, 403, 403, 200",
        "GET,  /actuator,                       401, 403, 403, 200",
        "GET,  /no-such-page,                   302, 404, 404, 404",
        "GET,  /api/v1/no-such-thing,           401, 404, 404, 404",
    })
    void everybodyGetsWhatTheyMay(String method, String path, int nobody, int marketer, int agency, int admin) {
        assertThat(status(method, path, null)).as("nobody").isEqualTo(nobody);
        assertThat(status(method, path, people.marketer())).as("marketer").isEqualTo(marketer);
        assertThat(status(method, path, people.agency())).as("agency").isEqualTo(agency);
        assertThat(status(method, path, people.admin())).as("admin").isEqualTo(admin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sign-in", "/api/v1/tokens", "/actuator/health", "/v3/api-docs", "/web/tokens.css", "/nowhere"})
    void everyAnswerCarriesTheStrictPolicy(String path) {
        var answer = mvc.get().uri(path).exchange();
        assertThat(answer)
                .hasHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
                                + "form-action 'self'; frame-ancestors 'none'")
                .hasHeader("X-Content-Type-Options", "nosniff")
                .hasHeader("Referrer-Policy", "same-origin");
    }

    @Test
    void behindTlsTheBrowserIsToldToStayThere() {
        assertThat(mvc.get()
                        .uri("/sign-in")
                        .secure(true)
                        .exchange()
                        .getResponse()
                        .getHeader("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000 ; includeSubDomains");
        assertThat(mvc.get().uri("/sign-in").exchange().getResponse().getHeader("Strict-Transport-Security"))
                .isNull();
    }

    @Test
    void aCookieDoesNotOpenTheApi() {
        var session = mvc.get()
                .uri("/account")
                .with(people.admin().signedIn())
                .exchange()
                .getRequest()
                .getSession();
        assertThat(mvc.get().uri("/api/v1/tokens").session((org.springframework.mock.web.MockHttpSession) session))
                .hasStatus(401);
    }

    @Test
    void theRefusalSaysWhoOneIsAndWhatOneMayDo() {
        var ana = people.marketer();
        assertThat(mvc.get().uri("/access-refused").with(ana.signedIn()))
                .hasStatus(403)
                .bodyText()
                .contains(ana.person().name(), ana.person().workspaceName(), "Marketers discover creators");
    }

    @Test
    void htmxIsSentToTheSignInPageAsAWhole() {
        assertThat(mvc.get()
                        .uri("/account")
                        .header("HX-Request", "true")
                        .header("HX-Current-URL", "http://localhost/discover?niche=yoga"))
                .hasStatus(401)
                .hasHeader("HX-Redirect", "/sign-in?next=%2Fdiscover%3Fniche%3Dyoga");
    }

    private int status(String method, String path, TestPeople.TestPerson person) {
        var request = mvc.method(HttpMethod.valueOf(method)).uri(path.replace("{id}", NOBODY));
        if (path.startsWith("/api/") && person != null) {
            request.header("Authorization", person.bearer());
        } else if (person != null) {
            request.with(person.signedIn());
        }
        if (method.equals("POST") && !path.startsWith("/api/")) {
            request.with(csrf());
        }
        MvcTestResult result = request.exchange();
        return result.getResponse().getStatus();
    }
}
