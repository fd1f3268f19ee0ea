package io.closeknit.matching;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.closeknit.access.Role;
import io.closeknit.testing.BrowserTest;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Import(SampleCatalogue.class)
class DiscoverBrowserTests extends BrowserTest {
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
    void marketerFindsTheRightCreatorAndSeesWhy() {
        // A move that follows at once takes the place of the one before, which htmx reports.
        expectProblem("htmx:(sendAbort|afterRequest)");
        var marketer = signInAs(Role.MARKETER);
        catalogue.brief(marketer);
        open("/discover");
        assertThat(page).hasURL(Pattern.compile("followersMin=1000&followersMax=100000$"));
        inspect("discover-quality");

        page.getByLabel("Ranked for").selectOption("Autumn trail shoe");
        assertThat(page).hasURL(Pattern.compile("brief=[0-9a-f-]{36}"));
        assertThat(row(0)).containsText(SampleCatalogue.RIGHT);
        inspect("discover-brief");

        // What the audience is no longer counts, how strongly it reacts counts most.
        page.getByText("What matters").click();
        settle();
        page.getByLabel("Audience", new Page.GetByLabelOptions().setExact(true)).fill("0");
        page.getByLabel("Bond", new Page.GetByLabelOptions().setExact(true)).fill("50");
        assertThat(page).hasURL(Pattern.compile("w\\.bond=50"));
        assertThat(row(0)).containsText(SampleCatalogue.WRONG_AUDIENCE);
        inspect("discover-weights");
        page.goBack();
        page.getByText("Reset to the brief’s weights")
                .or(page.getByText("Balanced"))
                .first()
                .waitFor();
        open(page.url().replaceAll(".*(/discover).*(brief=[0-9a-f-]{36}).*", "$1?$2&country=HR&country=SI"));

        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("31 creators")))
                .isVisible();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(Pattern.compile("^Slovenia.*remove this filter")))
                .click();
        assertThat(page).hasURL(Pattern.compile("country=HR$"));
        assertThat(page.locator("#count")).hasText("16 creators");
        assertThat(page.locator("#country-HR")).isChecked();

        page.locator("#q").fill("trailhrat");
        assertThat(page).hasURL(Pattern.compile("q=trailhrat"));
        assertThat(page.locator(".di-row")).hasCount(1);
        assertThat(page.locator("mark").first()).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(SampleCatalogue.RIGHT))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Fit for Autumn trail shoe")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.ROW)
                        .filter(new Locator.FilterOptions().setHasText("Audience"))
                        .first())
                .containsText("72 % in the countries");
        inspect("creator-fit");
    }

    @Test
    void whatIsTypedWhileAnAnswerArrivesIsAskedToo() {
        signInAs(Role.MARKETER);
        open("/discover?country=HR&country=SI");
        typeWhileHeld(
                "country=HR$",
                () -> page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName(Pattern.compile("^Slovenia.*remove this filter")))
                        .click(),
                "trailhrat");
        assertThat(page).not().hasURL(Pattern.compile("country=SI"));
        assertThat(page.locator("#country-HR")).isChecked();
        typeWhileHeld("q=trailhrat&", () -> page.locator("#country-HR").uncheck(), "trailhra");
        assertThat(page).not().hasURL(Pattern.compile("country=HR"));
    }

    /** Holds the answer to what the action asks, types, and lets the answer come before the pause after the last letter is over. */
    private void typeWhileHeld(String asked, Runnable action, String words) {
        var held = new AtomicReference<Route>();
        page.route(Pattern.compile(asked), route -> {
            if (!held.compareAndSet(null, route)) {
                route.resume();
            }
        });
        action.run();
        page.waitForCondition(() -> held.get() != null);
        page.locator("#q").fill(words);
        held.get().resume();
        assertThat(page).hasURL(Pattern.compile("q=" + words + "(&|$)"));
        assertThat(page.locator("#q")).hasValue(words);
        page.unrouteAll();
    }

    @Test
    void emptyAndWrongStatesAreDesigned() {
        signInAs(Role.AGENCY);
        open("/discover?country=US&niche=trail-running");
        assertThat(page.getByText("Without Trail running:")).isVisible();
        inspect("discover-empty");
        expectProblem("422");
        open("/discover?niche=nosuchniche&w.bond=0");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("nosuchniche");
        inspect("discover-wrong");
    }

    @Test
    void everythingWorksWithoutScripts() {
        withoutJavaScript();
        var marketer = signInAs(Role.MARKETER);
        catalogue.brief(marketer);
        open("/discover");
        page.getByLabel("Ranked for").selectOption("Autumn trail shoe");
        button("Apply").click();
        assertThat(row(0)).containsText(SampleCatalogue.RIGHT);

        page.getByText("What matters").click();
        page.getByLabel("Audience", new Page.GetByLabelOptions().setExact(true)).fill("0");
        page.getByLabel("Bond", new Page.GetByLabelOptions().setExact(true)).fill("50");
        button("Apply weights").click();
        assertThat(row(0)).containsText(SampleCatalogue.WRONG_AUDIENCE);

        page.locator("#add-audienceCountry").selectOption("HR");
        button("Apply filters").click();
        assertThat(page).hasURL(Pattern.compile("audienceCountry=HR:0.3"));
        assertThat(page.locator(".di-row")).hasCount(1);
        assertThat(row(0)).containsText(SampleCatalogue.RIGHT);
        look("discover-without-scripts"); // axe needs scripts
    }

    /** As it is, and then anew: axe leaves attributes behind that htmx would copy against the policy for styles. */
    private void inspect(String name) {
        // What is loaded by itself after the page has come, or it would change under axe's hands.
        assertThat(page.locator("#robustness > a, #standing > a")).hasCount(0);
        settle();
        checkAccessibility();
        look(name);
        page.reload();
        settle();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
