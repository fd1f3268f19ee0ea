package io.closeknit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.testing.TestPeople;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who tries too often waits; who does not is not held up by others. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
@TestPropertySource(properties = "closeknit.access.api-per-minute=20")
class LimitTests {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private PasswordHashing passwords;

    @Autowired
    private Allowances allowances;

    @Test
    void tenFailuresAreEnoughForAWhileAndOnlyForThatPersonFromThatAddress() {
        var ana = people.marketer();
        for (var i = 0; i < 10; i++) {
            assertThat(signIn(ana.email(), "not the password", "192.0.2.1")).hasStatus(422);
        }
        var refused = signIn(ana.email(), TestPeople.PASSWORD, "192.0.2.1");
        assertThat(refused).hasStatus(429);
        assertThat(Integer.parseInt(refused.getResponse().getHeader("Retry-After")))
                .isBetween(1, 60);
        assertThat(signIn(ana.email().toUpperCase(), TestPeople.PASSWORD, "192.0.2.1"))
                .as("the same person in capitals")
                .hasStatus(429);
        assertThat(signIn(ana.email(), TestPeople.PASSWORD, "192.0.2.2")).hasStatus(302);
        assertThat(signIn(people.marketer().email(), TestPeople.PASSWORD, "192.0.2.1"))
                .hasStatus(302);
    }

    @Test
    void strangersAllOverTheWorldDoNotLockOutWhoHasSignedInBefore() {
        var ana = people.marketer();
        assertThat(signIn(ana.email(), TestPeople.PASSWORD, "198.51.100.1")).hasStatus(302);
        for (var i = 0; i < 100; i++) {
            allowances.may(Allowances.Kind.SIGN_IN_PERSON, ana.email()); // as a failure from elsewhere takes
        }
        assertThat(signIn(ana.email(), TestPeople.PASSWORD, "192.0.2.77"))
                .as("from a new address")
                .hasStatus(429);
        assertThat(signIn(ana.email(), TestPeople.PASSWORD, "198.51.100.1")).hasStatus(302);
    }

    @Test
    void programsAreToldToWait() {
        var ana = people.marketer();
        for (var i = 0; i < 20; i++) {
            assertThat(mvc.get().uri("/api/v1/tokens").header("Authorization", ana.bearer()))
                    .hasStatus(200);
        }
        assertThat(mvc.get().uri("/api/v1/tokens").header("Authorization", ana.bearer()))
                .hasStatus(429)
                .hasContentType("application/problem+json")
                .headers()
                .containsHeader("Retry-After");
        assertThat(mvc.get()
                        .uri("/api/v1/tokens")
                        .header("Authorization", people.marketer().bearer()))
                .hasStatus(200);
    }

    @Test
    void anEndlessPasswordCostsNothing() {
        assertThat(signIn(people.marketer().email(), "x".repeat(100_000), "192.0.2.9"))
                .hasStatus(422);
    }

    @Test
    void onlySoManyPasswordsAreCheckedAtOnceAndTheExcessIsToldAtOnce() throws Exception {
        var tries = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 60; i++) {
            tries.add(() -> {
                try {
                    passwords.matchNobody("whatever");
                    return true;
                } catch (TooManySignInsException _) {
                    return false;
                }
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.invokeAll(tries);
            var checked = 0;
            for (var each : done) {
                checked += each.get() ? 1 : 0;
            }
            assertThat(checked).isBetween(1, 59);
        }
    }

    private MvcTestResult signIn(String email, String password, String address) {
        return mvc.post()
                .uri("/sign-in")
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                })
                .param("email", email)
                .param("password", password)
                .exchange();
    }
}
