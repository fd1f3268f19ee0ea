package io.closeknit.matching;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Import(SampleCatalogue.class)
class IndexPagesBrowserTests extends BrowserTest {
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

    @Test
    void adminBuildsTheIndexAnew() {
        signInAs(Role.ADMIN);
        open("/briefs");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Index"))
                .first()
                .click();
        assertThat(page.locator("#state").getByRole(AriaRole.STATUS)).hasText("Answers");
        checkAccessibility();

        page.getByText("Rebuild now").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Yes, build it anew"))
                .click();
        assertThat(page.locator("#notices")).containsText("built anew in the background");
        // The page follows the rebuild by itself, and stops when it is over.
        assertThat(page.locator(".ix-lines")).containsText("creators in");
        assertThat(page.locator("#state").getByRole(AriaRole.STATUS)).hasText("Answers");
        look("index");
    }

    @Test
    void theSameWithoutScripts() {
        withoutJavaScript();
        signInAs(Role.ADMIN);
        open("/admin/index");
        page.getByText("Rebuild now").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Yes, build it anew"))
                .click();
        assertThat(page.locator("#notices")).containsText("built anew");
        open("/admin/index");
        assertThat(page.locator("#state")).containsText("Creators that can be found");
    }
}
