package io.closeknit.matching;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Import(SampleCatalogue.class)
class ExplainingBrowserTests extends BrowserTest {
    @Autowired
    private SampleCatalogue catalogue;

    @BeforeEach
    void fill() throws InterruptedException {
        catalogue.fill();
    }

    @AfterEach
    void empty() {
        catalogue.empty();
    }

    private Locator row(int at) {
        return page.locator(".di-row").nth(at);
    }

    @Test
    void weightsMoveTheListAndAKeptRankingSaysWhySheDropped() throws Exception {
        // A move that follows at once takes the place of the one before, which htmx reports.
        expectProblem("htmx:(sendAbort|afterRequest)");
        var marketer = signInAs(Role.MARKETER);
        var brief = catalogue.brief(marketer);
        open("/discover?brief=" + brief);
        assertThat(row(0)).containsText(SampleCatalogue.RIGHT);
        assertThat(page.locator("#robustness")).containsText("1,000 draws");

        // A row unfolds in place, and folds again.
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Why " + SampleCatalogue.RIGHT + " is here"))
                .click();
        assertThat(page.locator("#why-1")).containsText("Rank 1 of 34.");
        assertThat(page.locator("#why-1")).containsText("Ahead of ");
        checkAccessibility();
        look("discover-unfolded");
        page.reload();
        settle();

        // Moving weights changes the order, and the list says who moved.
        page.getByText("What matters").click();
        page.getByLabel("Audience", new Page.GetByLabelOptions().setExact(true)).fill("0");
        page.getByLabel("Bond", new Page.GetByLabelOptions().setExact(true)).fill("50");
        assertThat(row(0)).containsText(SampleCatalogue.WRONG_AUDIENCE);
        assertThat(row(0).locator(".di-moved")).containsText("▲");
        page.locator("#preset-name").fill("Reactions");
        page.getByText("Save preset").click();
        assertThat(page.locator("#notices")).containsText("The preset “Reactions” is saved");
        assertThat(page).hasURL(Pattern.compile("w\\.bond=50"));

        // The file says what the page says.
        open("/discover?brief=" + brief);
        var download =
                page.waitForDownload(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CSV"))
                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("closeknit-autumn-trail-shoe.csv");
        var lines = Files.readAllLines(download.path());
        assertThat(lines).hasSize(SampleCatalogue.size() + 1);
        assertThat(lines.get(1)).startsWith("1," + SampleCatalogue.RIGHT);

        page.getByText("Keep", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("#keep-name").fill("Before the summer");
        page.getByText("Keep this ranking").click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Before the summer")))
                .isVisible();

        catalogue.put("""
                {'accounts': [{'platform': 'instagram', 'handle': 'lea.trailhart', 'audience': {'countries': {'US': 1.0}}}]}
                """);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("^Fell")))
                .click();
        var lea = page.locator("#creator-lea-trailhart");
        assertThat(lea).containsText("audience −");
        assertThat(lea).containsText("the creator’s figures changed");
        lea.getByText("By criterion").click();
        assertThat(lea).containsText("72 % in the countries");
        checkAccessibility();
        look("ranking-kept");
        open("/rankings");
        checkAccessibility();
        look("rankings");
        open("/presets");
        checkAccessibility();
        look("presets");
        assertThat(page.locator("input[name=name]")).hasValue("Reactions");
    }
}
