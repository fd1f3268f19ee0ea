package io.closeknit.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The shell and the parts of pages, on the living style sheet. */
@Import({StyleSheetController.class, ShellBrowserTests.Contributions.class})
class ShellBrowserTests extends BrowserTest {
    @TestConfiguration
    static class Contributions {
        @Bean
        SearchSource sampleSource() {
            return (words, limit) -> List.of(
                            new SearchSource.Hit(
                                    "web.nav.briefs", "Zyxus trail shoe", "Speedgoat", "/style-sheet?found=1"),
                            new SearchSource.Hit(
                                    "web.nav.discover", "Zyxa Horvat", "@ana.trails", "/style-sheet?found=2"))
                    .stream()
                    .filter(hit -> hit.title().toLowerCase().contains(words.toLowerCase()))
                    .toList();
        }

        @Bean
        PageBanner sampleBanner() {
            return () -> Optional.of(new PageBanner.Banner("web.form.errors", List.of(2), "/style-sheet", "web.undo"));
        }
    }

    @Test
    void everyPartLooksAndReadsWell() {
        signInAs(Role.ADMIN);
        open("/style-sheet");
        checkAccessibility();
        look("style-sheet");
    }

    @Test
    void navigationShowsWhatTheRoleMayDo() {
        signInAs(Role.MARKETER);
        open("/style-sheet");
        assertThat(navigation().getByRole(AriaRole.LINK)).hasText(new String[] {"Discover", "Briefs", "Kept rankings"});
        withoutJavaScript();
        signInAs(Role.ADMIN);
        open("/style-sheet");
        assertThat(navigation().getByRole(AriaRole.LINK)).hasText(new String[] {
            "Discover", "Briefs", "Kept rankings", "Niches", "Imports", "Index", "Ranking quality", "People", "Audit"
        });
    }

    @Test
    void smallScreensHaveTheNavigationInADrawerAlsoWithoutJavaScript() {
        withoutJavaScript();
        signInAs(Role.ADMIN);
        page.setViewportSize(390, 844);
        open("/style-sheet");
        assertThat(navigation()).hasCount(0);
        page.locator(".ck-drawer > summary").click();
        assertThat(navigation()
                        .getByRole(
                                AriaRole.LINK,
                                new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Imports")))
                .isVisible();
    }

    @Test
    void slashGoesToTheSearchAndArrowsWalkTheHits() {
        signInAs(Role.MARKETER);
        open("/style-sheet");
        page.keyboard().press("/");
        var box = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search creators"));
        assertThat(box).isFocused();
        page.keyboard().type("zyx");
        var hits = page.locator("#search-hits").getByRole(AriaRole.OPTION);
        assertThat(hits).hasCount(2);
        checkAccessibility();
        look("search");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(hits.nth(1)).hasAttribute("aria-selected", "true");
        page.keyboard().press("Escape");
        assertThat(hits).hasCount(0);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        page.waitForURL("**/style-sheet?found=*");
    }

    @Test
    void enterGoesToTheFirstHit() {
        signInAs(Role.MARKETER);
        open("/style-sheet");
        page.keyboard().press("/");
        page.keyboard().type("zyxus");
        assertThat(page.locator("#search-hits").getByRole(AriaRole.OPTION)).hasCount(1);
        page.keyboard().press("Enter");
        page.waitForURL("**/style-sheet?found=1");
    }

    @Test
    void searchIsAPageWithoutJavaScript() {
        withoutJavaScript();
        signInAs(Role.MARKETER);
        open("/style-sheet");
        page.locator("#search-words").fill("zyxa");
        page.locator("#search-words").press("Enter");
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("One found for 'zyxa'");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Zyxa Horvat"))
                .click();
        page.waitForURL("**/style-sheet?found=2");
    }

    @Test
    void wrongFieldsAreNamedAndWhatWasTypedIsKept() {
        signInAs(Role.AGENCY);
        expectProblem("422");
        open("/style-sheet");
        page.getByLabel("Message").fill("Kept as it was typed");
        page.getByLabel("How many").fill("5000");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save sample"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("things to mend");
        assertThat(page.getByLabel("Message")).hasValue("Kept as it was typed");
        var count = page.getByLabel("How many");
        assertThat(count).hasValue("5000");
        assertThat(count).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#" + count.getAttribute("aria-describedby"))).hasText("This must be at most 1,000.");
        checkAccessibility();
        look("form-errors");
    }

    @Test
    void aGoodFormIsFollowedByANotice() {
        signInAs(Role.AGENCY);
        open("/style-sheet");
        page.getByLabel("Name").fill("Autumn");
        page.getByLabel("How many").fill("3");
        page.getByLabel("Until").fill("2026-12-01");
        page.getByLabel("Croatia").check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save sample"))
                .click();
        var notice = page.locator(".ck-notice");
        assertThat(notice).containsText("2 things to mend");
        notice.getByRole(AriaRole.BUTTON).click();
        assertThat(notice).hasCount(0);
    }

    @Test
    void theFitBarIsReadWithArrowsAndByScreenReaders() {
        signInAs(Role.MARKETER);
        open("/style-sheet");
        var bar = page.locator(".ck-fit").first();
        assertThat(bar)
                .hasAttribute("aria-label", java.util.regex.Pattern.compile("Fit 92 of 100.*relevance 24 of 25,.*"));
        bar.focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".ck-tip")).containsText("Audience: 23 of 25 points");
        bar.scrollIntoViewIfNeeded();
        page.screenshot(new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target/screenshots/tooltip.png")));
    }

    @Test
    void whatIsNotThereSaysSo() {
        signInAs(Role.MARKETER);
        expectProblem("404");
        open("/nothing/here");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("There is nothing at this address");
        checkAccessibility();
        look("error-404");
    }

    @Test
    void theMenuOfThePersonClosesByEscape() {
        var ana = signInAs(Role.AGENCY);
        open("/style-sheet");
        page.locator(".ck-person > summary").click();
        assertThat(page.locator(".ck-menu")).containsText(ana.person().workspaceName());
        checkAccessibility();
        look("menu");
        page.keyboard().press("Escape");
        assertThat(page.locator(".ck-menu")).isHidden();
    }

    @Test
    void bannersAreOnEveryPage() {
        signInAs(Role.MARKETER);
        open("/search");
        assertThat(page.locator(".ck-banner")).containsText("2 things to mend");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
    }

    @Test
    void theApiCanBeTriedUnderTheStrictPolicy() {
        signInAs(Role.ADMIN);
        open("/swagger-ui.html");
        // The description is worked out on the first call.
        page.locator(".info .title").waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(60_000));
        assertThat(page.locator(".info .title")).containsText("Closeknit");
        assertThat(page.locator(".opblock").first()).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target/screenshots/swagger.png")));
    }

    @Test
    void paperShowsTheContentAlone() {
        signInAs(Role.MARKETER);
        open("/style-sheet");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        assertThat(page.locator(".ck-top")).isHidden();
        assertThat(page.locator(".ck-side")).isHidden();
        assertThat(page.locator(".ck-foot-print")).isVisible();
        page.screenshot(new Page.ScreenshotOptions().setPath(java.nio.file.Path.of("target/screenshots/print.png")));
    }

    private com.microsoft.playwright.Locator navigation() {
        return page.getByRole(AriaRole.NAVIGATION).getByRole(AriaRole.LIST);
    }
}
