package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.closeknit.testing.TestPeople;
import io.closeknit.testing.Visitor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A code besides the password, and the sessions that somebody has. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
class SecondFactorTests {
    private static final Pattern CODE = Pattern.compile("<code>([a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5})</code>");

    @Autowired
    private TestPeople people;

    @Autowired
    private SecondFactor secondFactor;

    @Autowired
    private InstallationKeys keys;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @LocalServerPort
    private int port;

    private TestPeople.TestPerson ana;
    private Visitor browser;

    @BeforeEach
    void anaIsSignedIn() {
        ana = people.marketer();
        browser = new Visitor(port);
        browser.signIn(ana);
        browser.get("/account");
    }

    @Test
    void whoTurnsItOnIsAskedForACodeAndNoCodeWorksTwice() {
        var recovery = turnOn();
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        var again = new Visitor(port);
        assertThat(location(again.signIn(ana))).isEqualTo("/sign-in/code");
        assertThat(again.get("/account").statusCode()).as("the password alone").isEqualTo(302);
        again.get("/sign-in/code");
        assertThat(again.post("/sign-in/code", Map.of("code", "000000")).statusCode())
                .isEqualTo(422);
        assertThat(again.post("/sign-in/code", Map.of("code", code(0))).statusCode())
                .as("the code that turned it on")
                .isEqualTo(422);
        assertThat(location(again.post("/sign-in/code", Map.of("code", code(1)))))
                .isEqualTo("/");
        assertThat(again.get("/account").body()).contains("It is on.", "10 recovery codes are left");
    }

    @Test
    void aRecoveryCodeWorksOnce() {
        var recovery = turnOn();
        for (var expected : new int[] {302, 422}) {
            var again = new Visitor(port);
            again.signIn(ana);
            again.get("/sign-in/code");
            assertThat(again.post(
                                    "/sign-in/code",
                                    Map.of("code", recovery.getFirst().toUpperCase()))
                            .statusCode())
                    .isEqualTo(expected);
        }
        assertThat(secondFactor.recoveryCodesLeft(ana.person().personId())).isEqualTo(9);
        var stranger = people.marketer();
        assertThat(secondFactor.accepts(stranger.person().personId(), recovery.get(1)))
                .isFalse();
    }

    @Test
    void theSecretIsSealedInTheDatabaseAndOneFromBeforeIsAtTheNextStart() {
        turnOn();
        var person = ana.person().personId();
        var secret = SecondFactor.plain(keys, person, stored()).orElseThrow();
        assertThat(stored()).hasSize(57);
        jdbc.sql("update second_factor set secret = ? where person_id = ?")
                .param(secret)
                .param(person)
                .update();
        assertThat(secondFactor.accepts(person, code(1)))
                .as("before it is sealed")
                .isTrue();
        new SecretSealing(jdbc, keys).afterPropertiesSet();
        assertThat(stored()).hasSize(57);
        assertThat(SecondFactor.plain(keys, person, stored())).contains(secret);
        jdbc.sql("update second_factor set last_step = 0 where person_id = ?")
                .param(person)
                .update();
        assertThat(secondFactor.accepts(person, code(0))).as("and since").isTrue();
    }

    @Test
    void aRecoveryCodeFromBeforeTheyWereLongerStillWorks() {
        turnOn();
        var person = ana.person().personId();
        jdbc.sql("insert into recovery_code (person_id, code_hash) values (?, ?)")
                .param(person)
                .param(Secrets.hash(person + ":abcdefghjk"))
                .update();
        assertThat(secondFactor.accepts(person, "ABCDE-FGHJK")).isTrue();
    }

    @Test
    void aSecretWhoseKeyIsLostTakesNoCodeButARecoveryCodeStillLetsIn() {
        var recovery = turnOn();
        var person = ana.person().personId();
        var last = code(1);
        var lost = new InstallationKeys("bG9zdCBsb3N0IGxvc3QgbG9zdCBsb3N0IGxvc3QgbG9zdCE=");
        jdbc.sql("update second_factor set secret = ? where person_id = ?")
                .param(SecondFactor.sealed(lost, person, Secrets.bytes(TimedCodes.SECRET_BYTES)))
                .param(person)
                .update();
        new SecretSealing(jdbc, keys).afterPropertiesSet();
        assertThat(secondFactor.accepts(person, last)).isFalse();
        assertThat(secondFactor.accepts(person, recovery.getFirst())).isTrue();
        jdbc.sql("delete from second_factor where person_id = ?").param(person).update();
    }

    @Test
    void whoReadsTheIdOfASessionInTheDatabaseCannotMakeItsCookie() {
        var cookie = browser.cookie("closeknit");
        var signed = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
        var id = keys.verified(signed).orElseThrow();
        assertThat(jdbc.sql("select count(*) from spring_session where session_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        for (var forged : List.of(id, id + ".", id + "." + Secrets.make(), signed + "x")) {
            var value = Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8));
            assertThat(new Visitor(port)
                            .get("/account", "Cookie", "closeknit=" + value)
                            .statusCode())
                    .as(forged)
                    .isEqualTo(302);
        }
        assertThat(new Visitor(port)
                        .get("/account", "Cookie", "closeknit=" + cookie)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void fiveWrongCodesAreEnoughForAWhile() {
        turnOn();
        var again = new Visitor(port);
        again.signIn(ana);
        again.get("/sign-in/code");
        for (var i = 0; i < 5; i++) {
            again.post("/sign-in/code", Map.of("code", "000000"));
        }
        var refused = again.post("/sign-in/code", Map.of("code", code(1)));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }

    @Test
    void aPasswordAloneDoesNotOpenTheApi() {
        turnOn();
        var refused = browser.get("/api/v1/tokens", "Authorization", ana.basic());
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("second factor");
        assertThat(browser.get("/api/v1/tokens", "Authorization", ana.bearer()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void turningItOffTakesThePassword() {
        turnOn();
        browser.post("/account/second-factor/off", Map.of("password", "not the one"));
        assertThat(secondFactor.on(ana.person().personId())).isTrue();
        browser.post("/account/second-factor/off", Map.of("password", TestPeople.PASSWORD));
        assertThat(secondFactor.on(ana.person().personId())).isFalse();
        assertThat(location(new Visitor(port).signIn(ana))).isEqualTo("/");
    }

    @Test
    void anAdminHelpsWhoHasLostTheApp() {
        turnOn();
        var admin = new Visitor(port);
        admin.signIn(people.admin());
        var page = "/admin/people/" + ana.person().personId();
        assertThat(admin.get(page).body()).contains("Turn the second factor off");
        admin.post(page + "/second-factor/off", Map.of());
        assertThat(location(new Visitor(port).signIn(ana))).isEqualTo("/");
    }

    @Test
    void aSessionIsSeenAndEndedFromElsewhere() {
        var elsewhere = new Visitor(port);
        elsewhere.signIn(ana);
        var page = browser.get("/account").body();
        assertThat(page).contains("This one", "127.0.0.1");
        assertThat(page).doesNotContain(elsewhere.cookie("closeknit"));
        var end = Pattern.compile("action=\"(/account/sessions/[0-9a-f]{32}/end)\"")
                .matcher(page);
        assertThat(end.find()).isTrue();
        browser.post(end.group(1), Map.of());
        assertThat(elsewhere.get("/account").statusCode()).isEqualTo(302);
        assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyEndsTheSessionOfSomebodyElse() {
        var page = browser.get("/account").body();
        var other = new Visitor(port);
        var ben = people.marketer();
        other.signIn(ben);
        new Visitor(port).signIn(ben);
        var end = Pattern.compile("action=\"(/account/sessions/[0-9a-f]{32}/end)\"")
                .matcher(other.get("/account").body());
        assertThat(end.find()).isTrue();
        browser.post(end.group(1), Map.of());
        assertThat(Pattern.compile("/account/sessions/[0-9a-f]{32}/end")
                        .matcher(other.get("/account").body())
                        .find())
                .as("still there")
                .isTrue();
        assertThat(page).doesNotContain(end.group(1));
    }

    @Test
    void anAdminSignsSomebodyOutEverywhere() {
        var admin = new Visitor(port);
        admin.signIn(people.admin());
        admin.get("/admin/people/" + ana.person().personId());
        admin.post("/admin/people/" + ana.person().personId() + "/sessions/end", Map.of());
        assertThat(browser.get("/account").statusCode()).isEqualTo(302);
    }

    private List<String> turnOn() {
        browser.post("/account/second-factor", Map.of());
        assertThat(browser.get("/account/second-factor").body()).contains("<svg class=\"ck-qr\"");
        assertThat(browser.post("/account/second-factor/confirm", Map.of("code", "12345"))
                        .statusCode())
                .isEqualTo(422);
        var shown = browser.post("/account/second-factor/confirm", Map.of("code", code(0)));
        var codes = new ArrayList<String>();
        var found = CODE.matcher(shown.body());
        while (found.find()) {
            codes.add(found.group(1));
        }
        browser.get("/account");
        return codes;
    }

    /** @param steps later than now */
    private String code(int steps) {
        var secret = SecondFactor.plain(keys, ana.person().personId(), stored()).orElseThrow();
        var last = jdbc.sql("select last_step from second_factor where person_id = ?")
                .param(ana.person().personId())
                .query(Long.class)
                .single();
        return TimedCodes.code(secret, (last == 0 ? clock.instant().getEpochSecond() / 30 : last) + steps);
    }

    private byte[] stored() {
        return jdbc.sql("select secret from second_factor where person_id = ?")
                .param(ana.person().personId())
                .query((row, _) -> row.getBytes(1))
                .single();
    }

    private static String location(java.net.http.HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse("none").replaceFirst("^http://[^/]+", "");
    }
}
