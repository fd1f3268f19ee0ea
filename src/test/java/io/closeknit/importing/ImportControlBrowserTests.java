package io.closeknit.importing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.access.SignedIn;
import io.closeknit.catalogue.CatalogueWriter;
import io.closeknit.catalogue.CatalogueWriter.Origin;
import io.closeknit.testing.BrowserTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ImportControlBrowserTests extends BrowserTest {
    private static final SignedIn ADA = new SignedIn(UUID.randomUUID(), "Ada", UUID.randomUUID(), "Own", Role.ADMIN);

    @Autowired
    private ImportService imports;

    @Autowired
    private ImportWorker worker;

    @Autowired
    private CatalogueWriter writer;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void clear() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        worker.stop(); // so that what is queued stays queued
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from creator").update();
    }

    @AfterEach
    void letOthersImport() {
        worker.start();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator exactly(String text) {
        return page.getByText(text, new Page.GetByTextOptions().setExact(true)).first();
    }

    private void send(String creator) {
        writer.apply(List.of((ObjectNode) json.readTree(creator)), new Origin("Ada", Instant.now(), false));
    }

    @Test
    void anAdminHaltsAnImportLetsItGoOnAndTakesItBack() throws Exception {
        var run = imports.importNow(
                        List.of(new ImportService.NewFile(
                                "instagram.csv",
                                () -> new ByteArrayInputStream("username,followers\nana,1000\nbo,2000\ncy,3000\n"
                                        .getBytes(StandardCharsets.UTF_8)))),
                        ImportService.Settings.NONE,
                        ADA,
                        new ArrayList<>())
                .getFirst();
        signInAs(Role.ADMIN);
        open("/admin/imports/" + run.id());
        button("Pause").click();
        assertThat(exactly("Paused")).isVisible();
        checkAccessibility();
        look("imports-paused");
        page.reload();
        button("Go on").click();
        assertThat(exactly("Queued")).isVisible();
        worker.start();
        assertThat(exactly("Done")).isVisible();
        send("{\"slug\": \"bo\", \"bio\": \"Edited since\"}");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Roll back"))
                .click();
        assertThat(page.locator("main")).containsText("The 3 creators that it brought are removed");
        checkAccessibility();
        look("imports-rollback");
        button("Roll back").click();
        assertThat(exactly("Rolled back")).isVisible();
        assertThat(page.locator("main")).containsText("Of one creator something stays");
        checkAccessibility();
        look("imports-rolled-back");

        open("/creators/bo"); // with what changed her
        checkAccessibility();
        open("/admin/refresh");
        checkAccessibility();
    }

    @Test
    void anAdminMakesOneOfLikelyDoublesAndTakesThemApartAgain() {
        send(
                "{\"name\": \"Ana Horvat\", \"email\": \"ana@mail.example\", \"accounts\": [{\"platform\": \"instagram\", \"handle\": \"ana\"}]}");
        send(
                "{\"name\": \"Ana H.\", \"email\": \"ana@mail.example\", \"accounts\": [{\"platform\": \"tiktok\", \"handle\": \"ana_h\"}]}");
        signInAs(Role.ADMIN);
        open("/admin/doubles");
        assertThat(page.locator("main")).containsText("ana@mail.example");
        checkAccessibility();
        look("doubles");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make one of Ana Horvat and Ana H."))
                .click();
        assertThat(page.getByText("They are one now: ana.")).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take Ana H. out again"))
                .click();
        assertThat(page.getByText("taken apart again", new Page.GetByTextOptions().setExact(false)))
                .isVisible();
        checkAccessibility();
        look("doubles-decided");
    }
}
