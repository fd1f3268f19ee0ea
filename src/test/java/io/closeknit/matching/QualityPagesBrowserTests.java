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
class QualityPagesBrowserTests extends BrowserTest {
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
    void adminReadsHowGoodTheRankingIs() {
        signInAs(Role.ADMIN);
        open("/briefs");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Ranking quality"))
                .first()
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText("How good is the ranking?");
        assertThat(page.locator("tbody tr")).hasCount(3);
        assertThat(page.locator("#own")).containsText("Relevance");
        assertThat(page.locator("#own .qu-known dd")).hasCount(7);
        checkAccessibility();
        look("quality");
    }
}
