package io.closeknit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import io.closeknit.access.Audit;
import io.closeknit.testing.TestPeople;
import io.closeknit.testing.TestPeople.TestPerson;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What a creator may ask for: a copy, silence, and to be forgotten. */
@SpringBootTest
@AutoConfigureMockMvc
@Import(TestPeople.class)
class PersonalDataTests {
    private static final String ANA = """
            {"name": "Ana Horvat", "email": "ana@trails.example",
             "accounts": [{"platform": "instagram", "handle": "ana.trails", "followers": 18400, "source": "panel",
                           "observedAt": "2026-11-20T00:00:00Z"}],
             "history": [{"platform": "instagram", "on": "2026-10-01", "followers": 17900}]}
            """;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private TestPeople people;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Retention retention;

    @Autowired
    private Audit audit;

    private TestPerson admin;

    @BeforeEach
    void anaIsThere() {
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
        admin = people.admin();
        assertThat(put()).isEqualTo(201);
    }

    @Test
    void allThatIsHeldComesAsOneFile() {
        var file = mvc.get()
                .uri("/creators/ana/personal-data/export.json")
                .with(admin.signedIn())
                .exchange();
        assertThat(file).hasStatus(200).hasHeader("Content-Disposition", "attachment; filename=\"ana.json\"");
        assertThat(file)
                .bodyText()
                .contains("Ana Horvat", "ana@trails.example", "ana.trails", "17900", "panel", "2026-11-20");
        assertThat(mvc.get().uri("/api/v1/creators/ana/export").header("Authorization", admin.bearer()))
                .hasStatus(200)
                .bodyText()
                .contains("ana.trails");
        assertThat(audit.find(new Audit.Search("ana", null, null, null), null))
                .extracting(Audit.Entry::action)
                .contains("CREATOR_EXPORTED");
    }

    @Test
    void whoAsksForSilenceIsMarkedForEverybodyAndStaysSo() {
        mvc.post()
                .uri("/creators/ana/personal-data/do-not-contact")
                .with(admin.signedIn())
                .with(csrf())
                .param("reason", "asked by mail")
                .exchange();
        var marketer = people.marketer();
        assertThat(mvc.get().uri("/creators/ana").with(marketer.signedIn()))
                .bodyText()
                .contains("Not to be written to.");
        jdbc.sql("update creator set version = version + 1 where slug = 'ana'").update();
        assertThat(mvc.get().uri("/admin/do-not-contact").with(admin.signedIn()))
                .bodyText()
                .contains("Ana Horvat", "asked by mail");
        assertThat(mvc.delete().uri("/api/v1/creators/ana/do-not-contact").header("Authorization", admin.bearer()))
                .hasStatus(204);
        assertThat(mvc.get().uri("/creators/ana").with(marketer.signedIn()))
                .bodyText()
                .doesNotContain("Not to be written to.");
        assertThat(mvc.put().uri("/api/v1/creators/nobody/do-not-contact").header("Authorization", admin.bearer()))
                .hasStatus(404);
    }

    @Test
    void whoIsErasedLeavesAKeyedHashAndIsNotTakenInAgain() {
        assertThat(mvc.delete()
                        .uri("/api/v1/creators/ana")
                        .header("Authorization", admin.bearer())
                        .header("If-Match", "\"1\""))
                .hasStatus(204);
        for (var table : new String[] {"creator", "account", "account_history", "creator_revision"}) {
            assertThat(jdbc.sql("select count(*) from " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(jdbc.sql(
                                "select count(*) from erased_account where handle_hash = sha256(convert_to('ana.trails', 'UTF8'))")
                        .query(Long.class)
                        .single())
                .as("a bare hash is found by trying handles")
                .isZero();
        var refused = mvc.put()
                .uri("/api/v1/creators/ana-again")
                .header("Authorization", admin.bearer())
                .contentType("application/json")
                .content(ANA.replace("ana.trails", "Ana.Trails"))
                .exchange();
        assertThat(refused).hasStatus(422).bodyText().contains("was erased on");
    }

    @Test
    void onlyWhoIsStaleIsForgottenByRetention() {
        assertThat(retention.forgetOlderThan(Duration.ofDays(365))).isZero();
        jdbc.sql("update creator set updated_at = now() - interval '400 days'").update();
        assertThat(retention.forgetOlderThan(Duration.ofDays(365)))
                .as("a figure came in lately")
                .isZero();
        jdbc.sql("update account set received_at = now() - interval '400 days'").update();
        assertThat(retention.forgetOlderThan(Duration.ofDays(365))).isOne();
        assertThat(put()).as("she may come in again").isEqualTo(201);
    }

    private int put() {
        return mvc.put()
                .uri("/api/v1/creators/ana")
                .header("Authorization", admin.bearer())
                .contentType("application/json")
                .content(ANA)
                .exchange()
                .getResponse()
                .getStatus();
    }
}
