package org.lungo.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window; its program and its driver are those of this machine, nothing is downloaded. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one. Skips the test when there is none on this machine, unless LUNGO_REQUIRE_BROWSER asks for one. */
    static Browser start(Path profile) {
        return start(profile, List.of());
    }

    /** Starts one with further flags. */
    static Browser start(Path profile, List<String> flags) {
        String program = found("CHROMIUM", "chromium", "chromium-browser", "google-chrome");
        String driver = found("CHROMEDRIVER", "chromedriver");
        if (program == null || driver == null) {
            String message = "no chromium and chromedriver on the PATH; install them to test the page in a browser";
            return "true".equals(System.getenv("LUNGO_REQUIRE_BROWSER")) ? fail(message) : abort(message);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--window-size=1280,900",
                "--lang=en-GB");
        options.addArguments(flags);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(driver))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static @Nullable String found(String variable, String... names) {
        String named = System.getenv(variable);
        if (named != null) {
            return new File(named).canExecute() ? named : null;
        }
        return Stream.of(names)
                .flatMap(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElse(null);
    }

    void open(String url) {
        driver.get(url);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What stands in an element, once it is there and seen. */
    String text(String css) {
        await(css + " is shown", () -> all(css).stream().anyMatch(WebElement::isDisplayed));
        return find(css).getText();
    }

    /** Waits until something holds. */
    void await(String what, BooleanSupplier holds) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!held(holds)) {
            if (System.nanoTime() > until) {
                fail("not within " + PATIENCE.toSeconds() + " seconds: " + what + "; the page shows "
                        + find("body").getText());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted");
            }
        }
    }

    private static boolean held(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (StaleElementReferenceException e) {
            return false; // the page has just replaced it
        }
    }

    /** Presses keys, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes on with the tabulator until the focus is on an element, as somebody without a mouse does. */
    void tabTo(String css) {
        WebElement wanted = find(css);
        for (int i = 0; i < 100; i++) {
            if (driver.switchTo().activeElement().equals(wanted)) {
                return;
            }
            press(Keys.TAB);
        }
        fail("the tabulator does not lead to " + css);
    }

    @Nullable
    Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    @Nullable
    Object scriptAsync(String text) {
        return driver.executeAsyncScript(text);
    }

    /** Shows pages as on a screen of this width, in light or in dark. */
    void screen(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** What the browser complained about since the last call, but for answers that were no success. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("the server responded with a status of 40"))
                .toList();
    }

    /** What axe-core finds that keeps people from using the page, each with the elements it is about. */
    List<?> barriers() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = driver.executeAsyncScript("const done = arguments[0]; axe.run().then(result => done("
                + "result.violations.map(v => v.impact + ' ' + v.id + ': ' + v.nodes.map(n => n.html).join(' | '))))");
        return (List<?>) found;
    }

    /** Shows the page as it is on wide and narrow screens, in light and dark: it must fit, and keep nobody out. */
    void onEveryScreen(String name) throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390, 320}) {
                screen(width, 900, dark);
                script("document.getElementById('try-title').scrollIntoView()");
                String where = "-" + width + (dark ? "-dark" : "-light");
                picture(name + where);
                assertThat((Long) script("return document.documentElement.scrollWidth"))
                        .as(name + where)
                        .isLessThanOrEqualTo(width);
                assertThat(barriers()).as(name + where).isEmpty();
            }
        }
    }

    /** Keeps a screenshot of the page in {@code target/page}. */
    void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "page"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
