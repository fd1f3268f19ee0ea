package io.closeknit.importing;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.closeknit.access.Role;
import io.closeknit.catalogue.CatalogueReader;
import io.closeknit.testing.BrowserTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class ImportBrowserTests extends BrowserTest {
    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private CatalogueReader reader;

    @BeforeEach
    void clear() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000); // the import runs beside the pages
        jdbc.sql("delete from import_run").update();
        jdbc.sql("delete from import_mapping").update();
        jdbc.sql("delete from creator").update();
        jdbc.sql("delete from erased_account").update();
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void upload(String name, String content) {
        open("/admin/imports");
        page.getByLabel("Files of creators")
                .setInputFiles(new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8)));
        button("Look at the files").click();
    }

    @Test
    void anAdminLooksAtAFileMapsItImportsItAndSeesWhatWasRejected() throws Exception {
        signInAs(Role.ADMIN);
        open("/admin/imports");
        assertThat(page.getByText("No imports yet")).isVisible();
        checkAccessibility();
        look("imports-empty");

        upload(
                "list.csv",
                "Handle,Followers,ER,Category,Home\n"
                        + "ana.trails,12.5K,1.2,trail runing,Croatia\nbo.cooks,8400,0.8,food,Atlantis\ncy,many,0.9,other,Sweden\n");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("What the columns hold")))
                .isVisible();
        assertThat(page.locator("main")).containsText("Nothing says which platform");
        assertThat(page.locator("main")).containsText("12,500");
        assertThat(page.getByLabel("Niche for “trail runing”")).hasValue("trail-running");
        assertThat(page.getByText("Fractions or percentages?")).isVisible();
        assertThat(page.locator("main")).containsText("1.2 %"); // as the likelier unit, which is chosen
        checkAccessibility();
        look("imports-mapping");

        button("Import 3 rows").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Choose the platform");
        expectProblem("422");
        page.getByLabel("Platform of the accounts").selectOption("tiktok");
        assertThat(page.getByText("Nothing says which platform")).hasCount(0); // the page was asked again
        page.getByLabel("What the column “Home” holds").selectOption("country");
        assertThat(page.getByText("HR", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.locator("main")).containsText("One of them would be rejected");
        button("Import 3 rows").click();

        assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.locator("main"))
                .containsText("followers: 'many' is not a number".replace("followers", "Followers"));
        assertThat(page.locator("main")).containsText("Atlantis");
        checkAccessibility();
        look("imports-run");
        var download = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the rejected row"))
                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("list-rejects.csv");
        assertThat(Files.readString(download.path()))
                .contains("4,Followers: 'many' is not a number. Write it as 18400 or 18.4K.,cy,many");
        var ana = reader.find("ana-trails").orElseThrow().document();
        assertThat(ana.country()).isEqualTo("HR");
        assertThat(ana.accounts().getFirst().engagementRate()).isEqualTo(0.012);

        open("/admin/imports");
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("list.csv")))
                .isVisible();
        checkAccessibility();
        look("imports-list");
    }

    private static FilePayload file(String name, String content) {
        return new FilePayload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void severalFilesAreSentAtOnceOneIsTriedWithoutSavingAndThenImported() {
        signInAs(Role.ADMIN);
        open("/admin/imports");
        page.getByLabel("Files of creators").setInputFiles(new FilePayload[] {
            file(
                    "tiktok.csv",
                    "handle,followers,last post,religion\nana,100,03/11/2026,catholic\nbo,200,04/11/2026,\n"),
            file("instagram.csv", "handle\ncy\n"),
            new FilePayload("plan.pdf", "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.UTF_8))
        });
        button("Look at the files").click();
        assertThat(page.locator("main")).containsText("“plan.pdf” was not taken");
        assertThat(page.getByLabel("tiktok.csv", new Page.GetByLabelOptions().setExact(true)))
                .not()
                .isChecked(); // it asks something
        checkAccessibility();
        look("imports-together");
        button("Try those chosen without saving").click();
        assertThat(page.getByText("Tried: nothing was saved")).isVisible();
        assertThat(page.locator("main")).containsText("instagram.csv");
        checkAccessibility();
        look("imports-together-tried");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Back to the choice"))
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("tiktok.csv"))
                .click();

        assertThat(page.getByText("Does the day or the month come first?")).isVisible();
        assertThat(page.locator("main")).containsText("never kept"); // religion, with nothing to choose
        assertThat(page.getByLabel("What the column “religion” holds")).hasCount(0);
        checkAccessibility();
        look("imports-asked");
        button("Try without saving").click();

        assertThat(page.getByText("Tried: nothing was saved")).isVisible();
        assertThat(page.locator("main")).containsText("What would be new or changed");
        assertThat(page.locator("main")).containsText("2026-11-03");
        assertThat(reader.count().real()).isZero();
        checkAccessibility();
        look("imports-tried");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Back to the mapping"))
                .click();
        button("Import 2 rows").click();
        assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(page.locator("main")).containsText("special category");
        assertThat(reader.count().real()).isEqualTo(2);

        upload("tiktok-2.csv", "handle,followers,last post,religion\ndara,5,05/11/2026,\n");
        assertThat(page.locator("main")).containsText("Read as “tiktok.csv” was");
        open("/admin/imports");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Forget how “tiktok.csv” was read"))
                .click();
        assertThat(page.getByText("Mappings kept by source")).hasCount(0);
    }

    @Test
    void theProgressSurvivesAReload() {
        signInAs(Role.ADMIN);
        upload(
                "instagram.csv",
                IntStream.range(0, 12_000)
                        .mapToObj(i -> "creator." + i + "," + (1_000 + i) + ",fashion")
                        .collect(Collectors.joining("\n", "username,followers,category\n", "\n")));
        button("Import 12,000 rows").click();
        page.reload();
        assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                .isVisible(new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions()
                        .setTimeout(60_000));
        assertThat(page.locator("main")).containsText("12,000");
    }

    @Test
    void aPictureIsRefusedWithASentence() {
        signInAs(Role.ADMIN);
        expectProblem("422");
        open("/admin/imports");
        page.getByLabel("Files of creators")
                .setInputFiles(new FilePayload(
                        "photo.csv", "image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}));
        button("Look at the files").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This is a picture");
        checkAccessibility();
        look("imports-refused");
    }

    @Test
    void itWorksWithoutJavaScript() {
        withoutJavaScript();
        signInAs(Role.ADMIN);
        open("/admin/imports");
        page.getByLabel("Files of creators").setInputFiles(Path.of("docs", "samples", "german-semicolon.csv"));
        button("Look at the files").click();
        page.getByLabel("What the column “Land” holds").selectOption("");
        button("Show how it is read now").click();
        assertThat(page.getByLabel("What the column “Land” holds")).hasValue("");
        button("Import 3 rows").click();
        for (var i = 0;
                i < 100
                        && !page.getByText("Done", new Page.GetByTextOptions().setExact(true))
                                .isVisible();
                i++) {
            page.waitForTimeout(200);
            if (page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Refresh"))
                    .isVisible()) {
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Refresh"))
                        .click();
            }
        }
        assertThat(page.getByText("Done", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(reader.count().real()).isEqualTo(3);
    }
}
