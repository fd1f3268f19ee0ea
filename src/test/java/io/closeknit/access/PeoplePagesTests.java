package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import io.closeknit.testing.Visitor;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an admin does on the people page, and everybody on the account page, over real HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class PeoplePagesTests {
    private static final Pattern LINK =
            Pattern.compile("<code id=\"link\">http://localhost:[0-9]+(/link/[^<]+)</code>");
    private static final Pattern TOKEN = Pattern.compile("<code id=\"token\">([^<]+)</code>");

    @LocalServerPort
    private int port;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    private TestPerson admin;
    private Visitor visitor;

    @BeforeEach
    void anAdminIsSignedIn() {
        admin = people.admin();
        visitor = new Visitor(port);
        visitor.signIn(admin);
    }

    @Test
    void somebodyNewChoosesAPasswordWithTheInvitationThatIsShownOnce() {
        var email = UUID.randomUUID() + "@example.com";
        visitor.get("/admin/people/new");
        var added = visitor.post(
                "/admin/people",
                Map.of("name", "Iva Novak", "email", email, role(admin.workspaceId()), "MARKETER", "_admin", "on"));
        assertThat(added.statusCode()).isEqualTo(200);
        var link = LINK.matcher(added.body());
        assertThat(link.find()).isTrue();
        assertThat(visitor.get("/admin/people").body())
                .contains("Iva Novak", email)
                .doesNotContain(link.group(1));

        var iva = new Visitor(port);
        assertThat(iva.get(link.group(1)).body()).contains("For Iva Novak, who signs in with " + email);
        iva.post(link.group(1), Map.of("password", "iva's very own one", "again", "iva's very own one"));
        iva.get("/sign-in");
        assertThat(iva.post("/sign-in", Map.of("email", email, "password", "iva's very own one"))
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("sign-in"));
        assertThat(iva.get("/account").body())
                .contains("Iva Novak", admin.person().workspaceName(), "Marketer");
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedStays() {
        visitor.get("/admin/people/new");
        var refused =
                visitor.post("/admin/people", Map.of("name", "Iva Novak", "email", "no address", "password", "short"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Iva Novak", "no address")
                .contains(
                        "field-email-error",
                        "Choose a role in at least one workspace.",
                        "Use between 12 and 200 characters");
    }

    @Test
    void anEmailThatSomebodyHasIsRefusedWhateverItsCase() {
        visitor.get("/admin/people/new");
        var refused = visitor.post(
                "/admin/people",
                Map.of("name", "Iva", "email", admin.email().toUpperCase(), role(admin.workspaceId()), "AGENCY"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Somebody signs in with this e-mail already.");
    }

    @Test
    void aRoleIsChangedAndCountsAtOnce() {
        var ana = people.colleague(admin, Role.MARKETER);
        var anasBrowser = new Visitor(port);
        anasBrowser.signIn(ana);
        var form = visitor.get(page(ana)).body();
        assertThat(form).contains(ana.email(), "value=\"MARKETER\" selected");
        var changed = visitor.post(
                page(ana),
                Map.of("name", "Ana Now", "email", ana.email(), "version", "0", role(admin.workspaceId()), "AGENCY"));
        assertThat(changed.statusCode()).isEqualTo(302);
        assertThat(anasBrowser.get("/account").body()).contains("Ana Now", "Agency staff");
    }

    @Test
    void whoIsSlowerSeesBothAndLosesNothing() {
        var ana = people.colleague(admin, Role.MARKETER);
        visitor.get(page(ana));
        var form = Map.of("name", "First", "email", ana.email(), "version", "0", role(admin.workspaceId()), "AGENCY");
        assertThat(visitor.post(page(ana), form).statusCode()).isEqualTo(302);
        visitor.get(page(ana));
        var slower = visitor.post(
                page(ana),
                Map.of("name", "Second", "email", ana.email(), "version", "0", role(admin.workspaceId()), "MARKETER"));
        assertThat(slower.statusCode()).isEqualTo(409);
        assertThat(slower.body())
                .contains("Saved meanwhile: First", "value=\"Second\"", "name=\"version\" value=\"1\"");
    }

    @Test
    void whoIsDisabledIsSignedOutUntilEnabledAgain() {
        var ana = people.colleague(admin, Role.MARKETER);
        var anasBrowser = new Visitor(port);
        anasBrowser.signIn(ana);
        visitor.get(page(ana));
        visitor.post(page(ana) + "/disable", Map.of());
        assertThat(anasBrowser.get("/account").statusCode()).isEqualTo(302);
        assertThat(anasBrowser.signIn(ana).body()).contains("This person was disabled.");
        visitor.post(page(ana) + "/enable", Map.of());
        assertThat(anasBrowser.signIn(ana).statusCode()).isEqualTo(302);
    }

    @Test
    void aPasswordThatIsResetByLinkEndsSessionsAndTokens() {
        var ana = people.colleague(admin, Role.MARKETER);
        var anasBrowser = new Visitor(port);
        anasBrowser.signIn(ana);
        visitor.get(page(ana));
        var reset = visitor.post(page(ana) + "/password", Map.of());
        var link = LINK.matcher(reset.body());
        assertThat(link.find()).isTrue();
        assertThat(anasBrowser.get("/account").statusCode()).as("until then").isEqualTo(200);
        var again = new Visitor(port);
        again.get(link.group(1));
        again.post(link.group(1), Map.of("password", "ana's next password", "again", "ana's next password"));
        assertThat(reset.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        assertThat(anasBrowser.get("/account").statusCode()).isEqualTo(302);
        assertThat(visitor.get("/api/v1/tokens", "Authorization", ana.bearer()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void nobodyLocksThemselvesOut() {
        visitor.get(page(admin));
        visitor.post(page(admin) + "/disable", Map.of());
        var notAdmin = visitor.post(
                page(admin),
                Map.of("name", "Me", "email", admin.email(), "version", "0", role(admin.workspaceId()), "AGENCY"));
        assertThat(notAdmin.statusCode()).isEqualTo(422);
        assertThat(notAdmin.body()).contains("You cannot take this from yourself.");
        assertThat(visitor.get("/admin/people").statusCode()).isEqualTo(200);
    }

    @Test
    void workspacesAreAddedAndRenamed() {
        var name = "Client " + UUID.randomUUID();
        visitor.get("/admin/people");
        visitor.post("/admin/people/workspaces", Map.of("name", name));
        assertThat(visitor.get("/admin/people").body()).contains(name, "you belong to it");
        visitor.post("/admin/people/workspaces", Map.of("name", name.toUpperCase()));
        assertThat(visitor.get("/admin/people").body()).contains("There is a workspace called");
        var id = jdbc.sql("select id from workspace where name = ?")
                .param(name)
                .query(UUID.class)
                .single();
        visitor.post("/admin/people/workspaces/" + id, Map.of("name", name + " B", "version", "0"));
        assertThat(visitor.get("/admin/people").body()).contains(name + " B");
        visitor.post("/admin/people/workspaces/" + id, Map.of("name", name + " C", "version", "0"));
        assertThat(visitor.get("/admin/people").body()).contains("Somebody else renamed this workspace");
    }

    @Test
    void oneClickChangesTheWorkspace() {
        var ana = people.marketer();
        var other = people.marketer();
        jdbc.sql("insert into membership (person_id, workspace_id, role) values (?, ?, 'AGENCY')")
                .param(ana.person().personId())
                .param(other.workspaceId())
                .update();
        var browser = new Visitor(port);
        browser.signIn(ana);
        browser.get("/account");
        var changed = browser.post(
                "/workspace", Map.of("workspace", other.workspaceId().toString(), "next", "/account"));
        assertThat(changed.statusCode()).isEqualTo(302);
        assertThat(browser.get("/account").body())
                .contains("Agency staff in " + other.person().workspaceName());
    }

    @Test
    void aWorkspaceThatOneDoesNotBelongToIsNotThere() {
        visitor.get("/account");
        assertThat(visitor.post(
                                "/workspace",
                                Map.of(
                                        "workspace",
                                        people.marketer().workspaceId().toString()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsButNotThisOne() {
        var ana = people.marketer();
        var here = new Visitor(port);
        var elsewhere = new Visitor(port);
        here.signIn(ana);
        elsewhere.signIn(ana);
        here.get("/account");
        var wrong = here.post("/account/password", Map.of("current", "wrong", "wanted", "another long password"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("This is not your present password.").doesNotContain("another long password");
        var changed = here.post(
                "/account/password", Map.of("current", TestPeople.PASSWORD, "wanted", "another long password"));
        assertThat(changed.statusCode()).isEqualTo(302);
        assertThat(here.get("/account").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/account").statusCode()).isEqualTo(302);
        assertThat(elsewhere.signIn(ana).statusCode()).as("the old password").isEqualTo(422);
    }

    @Test
    void aTokenMadeOnTheAccountPageIsShownOnceAndRevoked() {
        var ana = people.agency();
        var browser = new Visitor(port);
        browser.signIn(ana);
        browser.get("/account");
        var made =
                browser.post("/account/tokens", Map.of("purpose", "Export", "role", "MARKETER", "until", "2099-12-31"));
        assertThat(made.statusCode()).isEqualTo(200);
        var token = TOKEN.matcher(made.body());
        assertThat(token.find()).isTrue();
        assertThat(browser.get("/account").body()).contains("Export").doesNotContain(token.group(1));
        var bearer = "Bearer " + token.group(1);
        assertThat(visitor.get("/api/v1/tokens", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        var id = jdbc.sql("select id from personal_token where person_id = ? and name = 'Export'")
                .param(ana.person().personId())
                .query(UUID.class)
                .single();
        browser.post("/account/tokens/" + id + "/revoke", Map.of());
        assertThat(visitor.get("/api/v1/tokens", "Authorization", bearer).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsWrongWithATokenIsReportedAtItsField() {
        visitor.get("/account");
        var nameless = visitor.post("/account/tokens", Map.of("purpose", " ", "role", "ADMIN", "until", "2099-12-31"));
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(nameless.body()).contains("field-purpose-error", "value=\"2099-12-31\"");
        var timeless =
                visitor.post("/account/tokens", Map.of("purpose", "Export", "role", "MARKETER", "until", "yesterday"));
        assertThat(timeless.statusCode()).isEqualTo(422);
        assertThat(timeless.body()).contains("field-until-error", "value=\"Export\"");
        var past =
                visitor.post("/account/tokens", Map.of("purpose", "Export", "role", "MARKETER", "until", "2020-01-01"));
        assertThat(past.body()).contains("Choose a time that is still to come.");
    }

    @Test
    void theNameOnTheAccountPageIsOnesOwn() {
        visitor.get("/account");
        visitor.post("/account/name", Map.of("name", "Renamed <b>Person</b>"));
        assertThat(visitor.get("/account").body()).contains("Renamed &lt;b&gt;Person&lt;/b&gt;");
    }

    private static String page(TestPerson person) {
        return "/admin/people/" + person.person().personId();
    }

    private static String role(UUID workspace) {
        return "roles[" + workspace + "]";
    }
}
