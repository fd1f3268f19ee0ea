package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.io.UnsupportedEncodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class TokenApiTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void emailAndPasswordMakeATokenThatLetsItsOwnerIn() throws Exception {
        var ana = people.agency();
        var made = make(ana.basic(), "{\"name\":\"Nightly export\",\"role\":\"marketer\"}");
        assertThat(made).hasStatus(HttpStatus.CREATED);
        assertThat(made).bodyJson().extractingPath("$.name").isEqualTo("Nightly export");
        assertThat(made).bodyJson().extractingPath("$.role").isEqualTo("marketer");
        assertThat(made)
                .bodyJson()
                .extractingPath("$.workspace")
                .isEqualTo(ana.person().workspaceName());

        assertThat(list("Bearer " + read(made, "$.token"))).hasStatusOk();
    }

    @Test
    void everythingInTheRequestIsOptional() throws Exception {
        var ana = people.admin();
        var made = mvc.post()
                .uri("/api/v1/tokens")
                .header("Authorization", ana.basic())
                .exchange();
        assertThat(made).hasStatus(HttpStatus.CREATED);
        assertThat(made).bodyJson().extractingPath("$.role").isEqualTo("admin");
        assertThat(made).bodyJson().extractingPath("$.expiresAt").isNotNull();
        assertThat(made.getResponse().getHeader("Location")).isEqualTo("/api/v1/tokens/" + read(made, "$.id"));
    }

    @Test
    void onlyTheHashOfATokenIsStored() throws Exception {
        var secret = read(make(people.marketer().bearer(), "{}"), "$.token");
        assertThat(secret).matches("ck_[A-Za-z0-9_-]{43}");
        assertThat(jdbc.sql("select count(*) from personal_token where secret_hash = ?")
                        .param(sha256(secret))
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void theListNamesOnesOwnTokensWithoutTheirSecrets() throws Exception {
        var ana = people.marketer();
        var secret = read(make(ana.bearer(), "{\"name\":\"Mine\"}"), "$.token");
        make(people.marketer().bearer(), "{\"name\":\"Somebody else's\"}");
        var list = list(ana.bearer());
        assertThat(list).bodyJson().extractingPath("$.items[0].name").isEqualTo("Mine");
        assertThat(list).bodyJson().extractingPath("$.total").isEqualTo(2);
        assertThat(list).bodyText().doesNotContain(secret, "Somebody else");
    }

    @Test
    void aRevokedTokenLetsNobodyIn() throws Exception {
        var ana = people.marketer();
        var made = make(ana.bearer(), "{}");
        assertThat(delete(ana, read(made, "$.id"))).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(list("Bearer " + read(made, "$.token"))).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void nobodyRevokesTheTokenOfSomebodyElse() throws Exception {
        var made = make(people.marketer().bearer(), "{}");
        assertThat(delete(people.admin(), read(made, "$.id"))).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(list("Bearer " + read(made, "$.token"))).hasStatusOk();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "role      | {'role':'admin'}                             | more than your own role, which is agency",
                "role      | {'role':'king'}                              | one of viewer, marketer, agency, admin",
                "workspace | {'workspace':'Nowhere'}                      | its own workspace only",
                "expiresAt | {'expiresAt':'2020-01-01T00:00:00Z'}         | still to come",
                "name      | {'name':'LONG'}                              | at most 80 characters",
            })
    void whatCannotBeGrantedIsReportedAtItsField(String field, String body, String reason) {
        var refused = make(people.agency().bearer(), body.replace('\'', '"').replace("LONG", "x".repeat(81)));
        assertThat(refused).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(refused).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(refused)
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .asString()
                .contains(reason);
    }

    @Test
    void aTokenMakesNoTokenThatOutlivesIt() throws Exception {
        var ana = people.marketer();
        var first = read(make(ana.bearer(), "{\"expiresAt\":\"2099-01-01T00:00:00Z\"}"), "$.token");
        assertThat(make("Bearer " + first, "{\"expiresAt\":\"2100-01-01T00:00:00Z\"}"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        var shortLived = read(make(ana.bearer(), "{\"expiresAt\":\"" + soon() + "\"}"), "$.token");
        assertThat(read(make("Bearer " + shortLived, "{}"), "$.expiresAt")).isEqualTo(soon());
    }

    @Test
    void aTokenMakesNoTokenAboveItsOwnRole() throws Exception {
        var low = read(make(people.admin().bearer(), "{\"role\":\"marketer\"}"), "$.token");
        assertThat(make("Bearer " + low, "{\"role\":\"agency\"}")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void anotherWorkspaceOfThePersonCanBeNamedWithThePassword() throws Exception {
        var ana = people.marketer();
        var other = people.marketer();
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, 'AGENCY')")
                .param(ana.person().personId())
                .param(other.workspaceId())
                .update();
        for (var name : new String[] {
            other.person().workspaceName(), other.workspaceId().toString()
        }) {
            var made = make(ana.basic(), "{\"role\":\"agency\",\"workspace\":\"" + name + "\"}");
            assertThat(read(made, "$.workspace")).isEqualTo(other.person().workspaceName());
        }
    }

    @Test
    void aTokenLendsNoMoreThanItsOwnerMayByNow() {
        var ana = people.admin();
        assertThat(actuator(ana.bearer())).hasStatusOk();
        jdbc.sql("update person set admin = false where id = ?")
                .param(ana.person().personId())
                .update();
        assertThat(actuator(ana.bearer())).hasStatus(HttpStatus.FORBIDDEN);
    }

    @Test
    void theTokenOfADisabledPersonIsWorthless() {
        var ana = people.admin();
        jdbc.sql("update person set disabled = true where id = ?")
                .param(ana.person().personId())
                .update();
        assertThat(list(ana.bearer())).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(list(ana.basic())).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void theTokenOfWhoLeftTheWorkspaceIsWorthless() {
        var ana = people.marketer();
        jdbc.sql("update membership set workspace_id = ? where person_id = ?")
                .param(people.marketer().workspaceId())
                .param(ana.person().personId())
                .update();
        assertThat(list(ana.bearer())).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void anExpiredTokenIsWorthless() throws Exception {
        var made = make(people.marketer().bearer(), "{}");
        jdbc.sql("update personal_token set expires_at = now() where id = ?")
                .param(UUID.fromString(read(made, "$.id")))
                .update();
        assertThat(list("Bearer " + read(made, "$.token"))).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void itIsNotedWhenATokenWasUsed() throws Exception {
        var ana = people.marketer();
        list(ana.bearer());
        assertThat(read(list(ana.bearer()), "$.items[0].lastUsedAt")).startsWith("20");
    }

    @Test
    void withoutSignInTheAnswerIsAProblem() {
        var refused = mvc.get().uri("/api/v1/tokens").exchange();
        assertThat(refused).hasStatus(HttpStatus.UNAUTHORIZED).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).bodyJson().extractingPath("$.type").isEqualTo("urn:closeknit:problem:unauthorized");
        assertThat(refused.getResponse().getHeaders("WWW-Authenticate")).hasSize(2);
    }

    private MvcTestResult make(String authorization, String body) {
        return mvc.post()
                .uri("/api/v1/tokens")
                .header("Authorization", authorization)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult list(String authorization) {
        return mvc.get()
                .uri("/api/v1/tokens")
                .header("Authorization", authorization)
                .exchange();
    }

    private MvcTestResult actuator(String authorization) {
        return mvc.get()
                .uri("/actuator/metrics")
                .header("Authorization", authorization)
                .exchange();
    }

    private MvcTestResult delete(TestPerson person, String id) {
        return mvc.delete()
                .uri("/api/v1/tokens/" + id)
                .header("Authorization", person.bearer())
                .exchange();
    }

    private static String soon() {
        return Instant.now()
                .plus(2, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.DAYS)
                .toString();
    }

    private static String read(MvcTestResult result, String path) throws UnsupportedEncodingException {
        return JsonPath.read(result.getResponse().getContentAsString(), path);
    }

    private static byte[] sha256(String secret) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(secret.getBytes());
    }
}
