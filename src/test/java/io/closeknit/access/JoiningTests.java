package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.closeknit.access.OneTimeLinks.Purpose;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Invitations, forgotten passwords and the first admin, by links that work once; mailed by a real mail server. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
@ExtendWith(OutputCaptureExtension.class)
class JoiningTests {
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern LINK = Pattern.compile("https://closeknit\\.example(/link/[A-Za-z0-9_-]{43})");

    @Autowired
    private TestPeople people;

    @Autowired
    private Joining joining;

    @Autowired
    private OneTimeLinks links;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int port;

    private Visitor visitor;

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry properties) {
        MAIL.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        properties.add("closeknit.access.base-url", () -> "https://closeknit.example");
        properties.add("closeknit.access.mail-from", () -> "closeknit@closeknit.example");
    }

    @AfterAll
    static void stop() {
        MAIL.stop();
    }

    @BeforeEach
    void somebodyAtABrowser() {
        visitor = new Visitor(port);
    }

    @Test
    void aForgottenPasswordIsMailedALinkThatWorksOnce() throws Exception {
        var ana = people.marketer();
        visitor.get("/forgotten");
        var known = visitor.post("/forgotten", Map.of("email", ana.email().toUpperCase()));
        var link = LINK.matcher(mailTo(ana.email()));
        assertThat(link.find()).isTrue();

        visitor.get("/forgotten");
        var unknown = visitor.post("/forgotten", Map.of("email", "nobody@nowhere.example"));
        assertThat(withoutTokens(unknown.body())).isEqualTo(withoutTokens(known.body()));

        assertThat(visitor.get(link.group(1)).statusCode()).isEqualTo(200);
        assertThat(visitor.post(link.group(1), Map.of("password", "a new long one", "again", "another one"))
                        .body())
                .contains("This differs from the password above.");
        visitor.post(link.group(1), Map.of("password", "a new long one", "again", "a new long one"));
        visitor.get("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("email", ana.email(), "password", "a new long one"))
                        .statusCode())
                .isEqualTo(302);
        assertThat(visitor.get(link.group(1)).statusCode()).isEqualTo(404);
        visitor.get("/forgotten");
        assertThat(visitor.post(link.group(1), Map.of("password", "one more password", "again", "one more password"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aNewerLinkEndsTheOlderOneAndTimeEndsBoth() {
        var ana = people.marketer().person().personId();
        var older = joining.invite(ana);
        var newer = joining.invite(ana);
        assertThat(links.find(older)).isEmpty();
        assertThat(links.find(newer)).isPresent();
        jdbc.sql("update one_time_link set expires_at = now() - interval '1 second' where person_id = ?")
                .param(ana)
                .update();
        assertThat(links.find(newer)).isEmpty();
        assertThat(links.use(newer)).isEmpty();
    }

    @Test
    void onlyAHashOfALinkIsStored() {
        var secret = joining.invite(people.marketer().person().personId());
        assertThat(jdbc.sql("select count(*) from one_time_link where secret_hash = ?")
                        .param(Secrets.hash(secret))
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(jdbc.sql("select string_agg(l::text, ' ') from one_time_link l")
                        .query(String.class)
                        .single())
                .doesNotContain(secret);
    }

    @Test
    void somebodyDisabledIsLetInByNoLink() {
        var ana = people.marketer();
        var secret = joining.reset(ana.person().personId());
        jdbc.sql("update person set disabled = true where id = ?")
                .param(ana.person().personId())
                .update();
        visitor.get("/sign-in");
        assertThat(visitor.post("/link/" + secret, Map.of("password", "a new long one", "again", "a new long one"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theFirstAdminsLinkCreatesNobodyWhereThereIsAnAdmin() {
        people.admin();
        var secret = links.make(Purpose.FIRST_ADMIN, null);
        assertThat(visitor.get("/link/" + secret).body()).contains("first admin of this installation");
        assertThat(visitor.post(
                                "/link/" + secret,
                                Map.of(
                                        "name",
                                        "Eve",
                                        "email",
                                        "eve@evil.example",
                                        "password",
                                        "eve's own password",
                                        "again",
                                        "eve's own password"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(jdbc.sql("select count(*) from person where email = 'eve@evil.example'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void mailsToOnePersonAreFew() throws Exception {
        var ana = people.marketer();
        for (var i = 0; i < 5; i++) {
            visitor.get("/forgotten");
            visitor.post("/forgotten", Map.of("email", ana.email()));
        }
        assertThat(mailTo(ana.email())).contains("/link/");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'RESET_LINK_MADE' and subject = ?")
                        .param(ana.person().name())
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void theLogHoldsNoSecretOfASignInALinkOrAToken(CapturedOutput log) {
        var ana = people.marketer();
        visitor.signIn(ana);
        visitor.get("/sign-in");
        new Visitor(port)
                .postWithoutToken("/sign-in", Map.of("email", ana.email(), "password", "a secret typed wrong"));
        visitor.get("/api/v1/tokens", "Authorization", ana.bearer());
        visitor.get("/api/v1/tokens", "Authorization", ana.basic());
        var secret = joining.reset(ana.person().personId());
        visitor.get("/link/" + secret);
        visitor.post("/link/" + secret, Map.of("password", "the new secret one", "again", "the new secret one"));
        // the test's own mail server writes down whom it gets mail for
        assertThat(log.getAll()
                        .lines()
                        .filter(line -> !line.contains("greenmail"))
                        .collect(Collectors.joining("\n")))
                .doesNotContain(
                        TestPeople.PASSWORD,
                        "a secret typed wrong",
                        "the new secret one",
                        ana.token(),
                        secret,
                        ana.email(),
                        visitor.cookie("closeknit").isEmpty() ? "no cookie" : visitor.cookie("closeknit"));
    }

    private static String mailTo(String address) throws Exception {
        for (var tries = 0; tries < 200; tries++) {
            for (var mail : MAIL.getReceivedMessages()) {
                if (mail.getAllRecipients()[0].toString().equals(address)) {
                    return mail.getContent().toString();
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("No mail came");
    }

    private static String withoutTokens(String page) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "");
    }
}
