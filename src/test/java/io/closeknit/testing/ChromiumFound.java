package io.closeknit.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts one Chromium for all browser tests of a run: the one that {@code CHROMIUM_PATH} names, else one on the search
 * path, else one that Playwright fetches. Without any the tests are skipped with one loud line; where the environment
 * variable {@code CI} is {@code true} they fail instead.
 */
class ChromiumFound implements ExecutionCondition {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe");
    private static final List<Path> ELSEWHERE = List.of(
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"));
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static @Nullable Browser browser;
    private static @Nullable String missing;

    static Browser browser() {
        if (browser == null) {
            throw new IllegalStateException("No browser was started: " + missing);
        }
        return browser;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        synchronized (ChromiumFound.class) {
            if (browser == null && missing == null) {
                start();
            }
            if (browser != null) {
                return ConditionEvaluationResult.enabled("Chromium " + browser.version());
            }
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                throw new IllegalStateException("Browser tests must run here (CI=true): " + missing);
            }
            return ConditionEvaluationResult.disabled(missing);
        }
    }

    private static void start() {
        var installed = installed();
        try {
            // Playwright fetches its own browser where none is installed; "0" says that it may.
            var playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", installed.isPresent() ? "1" : "0")));
            var options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
            installed.ifPresent(options::setExecutablePath);
            browser = playwright.chromium().launch(options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    playwright.close();
                } catch (PlaywrightException _) {
                    // Its process went first.
                }
            }));
        } catch (RuntimeException e) {
            missing = installed
                            .map(path -> path + " did not start: ")
                            .orElse("no Chromium was found (CHROMIUM_PATH, search path), nor could one be fetched: ")
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            System.err.println("BROWSER TESTS SKIPPED: " + missing);
        }
    }

    private static Optional<Path> installed() {
        var named = System.getenv("CHROMIUM_PATH");
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        var onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(onPath, ELSEWHERE.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
