package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.test.util.ReflectionTestUtils;

/** Over real HTTP: sessions, forwards and cookies are the container's business as much as ours. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class SignInTests {
    @LocalServerPort
    private int port;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FindByIndexNameSessionRepository<? extends Session> sessions;

    private Visitor visitor;

    @BeforeEach
    void newVisitor() {
        visitor = new Visitor(port);
    }

    @Test
    void aPageAsksToSignInAndComesBackToItsOwnAddress() {
        var asked = visitor.get("/account?niche=yoga&q=a%20b");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).isEqualTo("/sign-in?next=%2Faccount%3Fniche%3Dyoga%26q%3Da%2520b");

        var form = visitor.get(location(asked));
        assertThat(form.body()).contains("value=\"/account?niche=yoga&amp;q=a%20b\"");
    }

    @Test
    void theRightPasswordOpensTheWantedPage() {
        var signedIn = signIn(people.agency().email(), TestPeople.PASSWORD, "/briefs?sort=name");
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(location(signedIn)).isEqualTo("/briefs?sort=name");
        assertThat(visitor.cookie("closeknit")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil"})
    void afterSigningInNobodyIsSentToAnotherHost(String next) {
        assertThat(location(signIn(people.marketer().email(), TestPeople.PASSWORD, next)))
                .isEqualTo("/");
    }

    @Test
    void theEmailCountsWhateverItsCase() {
        var email = people.agency().email().toUpperCase();
        assertThat(signIn(" " + email + " ", TestPeople.PASSWORD, "/").statusCode())
                .isEqualTo(302);
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailReadTheSame() {
        var known = people.agency().email();
        for (var email : new String[] {known, "nobody@test.example"}) {
            var failed = signIn(email, "not the password", "/briefs");
            assertThat(failed.statusCode()).isEqualTo(422);
            assertThat(failed.body())
                    .contains(
                            "The e-mail or the password is not right.", "value=\"" + email + "\"", "value=\"/briefs\"")
                    .doesNotContain("not the password");
        }
    }

    @Test
    void whoIsDisabledReadsSoOnlyWithTheRightPassword() {
        var ana = people.marketer();
        jdbc.sql("update person set disabled = true where lower(email) = ?")
                .param(ana.email())
                .update();
        assertThat(signIn(ana.email(), TestPeople.PASSWORD, "/").body()).contains("This person was disabled.");
        assertThat(signIn(ana.email(), "not the password", "/").body()).doesNotContain("disabled");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        visitor.signIn(people.marketer());
        var refused = visitor.postWithoutToken("/sign-out", Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(visitor.get("/sign-in").statusCode()).as("still signed in").isEqualTo(302);
    }

    @Test
    void whatARefusedFormHeldIsShownAgain() {
        visitor.signIn(people.marketer());
        var refused = visitor.postWithoutToken("/account/name", Map.of("name", "Typed with care"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Typed with care");
    }

    @Test
    void signingOutEndsTheSession() {
        visitor.signIn(people.marketer());
        visitor.get("/access-refused");
        var session = visitor.cookie("closeknit");
        var out = visitor.post("/sign-out", Map.of());
        assertThat(location(out)).isEqualTo("/sign-in?signedOut");
        assertThat(visitor.get("/sign-in?signedOut").body()).contains("You have signed out.");
        assertThat(new Visitor(port)
                        .get("/account", "Cookie", "closeknit=" + session)
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void theSessionIsReadBackFromTheDatabase() {
        var ana = people.agency();
        visitor.signIn(ana);
        assertThat(inSession(ana)).isEqualTo(ana.person());
    }

    @Test
    void sessionsHaveTransactionsOfTheirOwn() {
        assertThat(ReflectionTestUtils.getField(sessions, "transactionOperations"))
                .extracting("transactionManager")
                .isInstanceOf(JdbcTransactionManager.class);
    }

    @Test
    void lookingAtTheSignInPageStoresNoSession() {
        assertThat(visitor.get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(visitor.cookie("closeknit")).isEmpty();
    }

    @Test
    void aChangedRoleCountsFromTheNextRequestOn() {
        var ana = people.admin();
        visitor.signIn(ana);
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(200);
        jdbc.sql("update person set admin = false where id = ?")
                .param(ana.person().personId())
                .update();
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(403);
    }

    @Test
    void whoIsDisabledOrHasANewPasswordIsSignedOutAtTheNextRequest() {
        var ana = people.admin();
        visitor.signIn(ana);
        jdbc.sql("update person set sign_in_stamp = sign_in_stamp + 1 where id = ?")
                .param(ana.person().personId())
                .update();
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(401);
        visitor.signIn(ana);
        jdbc.sql("update person set disabled = true where id = ?")
                .param(ana.person().personId())
                .update();
        assertThat(visitor.get("/actuator/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void whoIsRemovedFromTheWorkspaceGoesOnInAnotherOne() {
        var ana = people.marketer();
        var other = people.marketer().workspaceId();
        visitor.signIn(ana);
        jdbc.sql("update membership set workspace_id = ? where person_id = ?")
                .param(other)
                .param(ana.person().personId())
                .update();
        assertThat(visitor.get("/sign-in").statusCode()).as("still signed in").isEqualTo(302);
        assertThat(inSession(ana).workspaceId()).isEqualTo(other);
    }

    private SignedIn inSession(TestPeople.TestPerson person) {
        var found = sessions.findByPrincipalName(person.person().personId().toString())
                .values();
        assertThat(found).hasSize(1);
        SecurityContext context = found.iterator()
                .next()
                .getRequiredAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return (SignedIn) Objects.requireNonNull(context.getAuthentication()).getPrincipal();
    }

    private HttpResponse<String> signIn(String email, String password, String next) {
        visitor.get("/sign-in");
        return visitor.post("/sign-in", Map.of("email", email, "password", password, "next", next));
    }

    private static String location(HttpResponse<String> response) {
        var location = response.headers().firstValue("Location").orElse("");
        return location.replaceFirst("^http://localhost:\\d+", "");
    }
}
