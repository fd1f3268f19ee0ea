package io.closeknit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import io.closeknit.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/**
 * A journey in a real Chromium through the real application. A subclass is named {@code …BrowserTests} and finds things by
 * role and label:
 *
 * <pre>{@code
 * signInAs(Role.AGENCY);
 * open("/briefs");
 * page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New brief")).click();
 * checkAccessibility();
 * look("briefs");
 * }</pre>
 *
 * A test fails at its end for any error in the console (a breach of the Content-Security-Policy is one), an exception in a
 * script, and a request that failed or was answered by 400 and above, unless the test said {@link #expectProblem}.
 * Classes that add nothing to the context share one application.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestPeople.class)
@ExtendWith(ChromiumFound.class)
public abstract class BrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int WIDE = 1440;
    private static final int NARROW = 390;
    private static final List<String> WCAG =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    /** At 1440 by 900, light, with scripts; a new one with new cookies for every test. */
    protected Page page;

    @Autowired
    protected TestPeople people;

    @LocalServerPort
    private int port;

    private BrowserContext context;
    private final List<String> problems = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();

    @BeforeEach
    void openBrowser() {
        startContext(true);
    }

    @AfterEach
    void closeBrowser() {
        context.close();
        assertThat(problems)
                .as("what the browser complained about")
                .filteredOn(problem -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(problem).find()))
                .isEmpty();
    }

    /** Goes on without scripts, as nobody: sign in again. */
    protected void withoutJavaScript() {
        context.close();
        startContext(false);
    }

    /** A complaint of the browser that belongs to the test, such as {@code "409"} for a lost race. */
    protected void expectProblem(String pattern) {
        expected.add(Pattern.compile(pattern));
    }

    /** Signs in somebody new, in a workspace of their own, on the sign-in page. */
    protected TestPeople.TestPerson signInAs(Role role) {
        var person = people.person(role);
        signIn(person);
        return person;
    }

    protected void signIn(TestPeople.TestPerson person) {
        page.navigate(url("/sign-in"));
        page.locator("input[name=email]").fill(person.email());
        page.locator("input[name=password]").fill(TestPeople.PASSWORD);
        // Where the start has no page yet, its 404 is not this test's matter.
        var before = problems.size();
        page.locator("form:has(input[name=password]) button").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        page.waitForLoadState();
        while (problems.size() > before) {
            problems.removeLast();
        }
    }

    /** @param path below the application, with a leading slash */
    protected void open(String path) {
        page.navigate(url(path));
    }

    protected String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** Waits until htmx and the network are quiet. */
    protected void settle() {
        page.waitForLoadState(LoadState.NETWORKIDLE);
        PlaywrightAssertions.assertThat(page.locator(".htmx-request, .htmx-settling, .htmx-swapping"))
                .hasCount(0);
    }

    /** The page holds to WCAG 2.2 AA as far as axe can tell, light and dark, and does not scroll sideways at 360. */
    protected void checkAccessibility() {
        for (var scheme : ColorScheme.values()) {
            if (scheme == ColorScheme.NO_PREFERENCE) {
                continue;
            }
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            var axe = new AxeBuilder(page);
            // Only colours differ between the two.
            var found = (scheme == ColorScheme.LIGHT ? axe.withTags(WCAG) : axe.withRules(COLOURS))
                    .analyze()
                    .getViolations();
            assertThat(found.stream()
                            .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                    + rule.getNodes().stream()
                                            .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                            .toList())
                            .toList())
                    .as("axe, " + scheme + ", " + page.url())
                    .isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(360, 740);
        assertThat(sideways())
                .as("pixels that " + page.url() + " scrolls sideways at 360")
                .isLessThanOrEqualTo(0);
        page.setViewportSize(WIDE, 900);
    }

    /**
     * The page does not scroll sideways at 1440 and 390. With {@code -Dpictures=true} takes pictures at both, light and
     * dark, for people to look at: {@code target/screenshots/name-390-dark.png}.
     */
    protected void look(String name) {
        for (var width : List.of(WIDE, NARROW)) {
            page.setViewportSize(width, width == WIDE ? 900 : 844);
            if (Boolean.getBoolean("pictures")) {
                takePictures(name + "-" + width);
            }
            assertThat(sideways())
                    .as("pixels that " + name + " scrolls sideways at " + width)
                    .isLessThanOrEqualTo(0);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(WIDE, 900);
    }

    private void takePictures(String name) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.evaluate("scrollTo(0, 0)"); // else what sticks is in the middle of the picture
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + (scheme == ColorScheme.DARK ? "-dark" : "") + ".png"))
                    .setFullPage(true));
        }
    }

    private int sideways() {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
    }

    private void startContext(boolean scripts) {
        context = ChromiumFound.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(WIDE, 900)
                        .setColorScheme(ColorScheme.LIGHT)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB")
                        .setTimezoneId("UTC")
                        .setJavaScriptEnabled(scripts));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add("console: " + message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(error -> problems.add("script: " + error));
        page.onResponse(response -> {
            if (response.status() >= 400) {
                problems.add("answered " + response.status() + ": " + response.url());
            }
        });
        page.onRequestFailed(request -> {
            // Going on to another page cancels what is under way.
            if (!String.valueOf(request.failure()).contains("ERR_ABORTED")) {
                problems.add("failed: " + request.url() + " " + request.failure());
            }
        });
    }
}
