package testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The system's Chromium with its own driver; nothing is downloaded. */
public final class Browser implements AutoCloseable {

    public static final Dimension DESK = new Dimension(1440, 900);
    public static final Dimension PHONE = new Dimension(390, 844);

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    public Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").orElseThrow(() -> absent("chromium")));
        // A build machine's user is root, for whom Chromium has no sandbox, and its /dev/shm is small.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                "--force-prefers-reduced-motion=false", "--lang=en", "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").orElseThrow(() -> absent("chromium-driver")))
                .usingAnyFreePort().build(), options);
        size(DESK);
    }

    /** On a build machine the tests shall fail rather than be skipped unseen. */
    public static boolean isThere() {
        return "true".equals(System.getenv("CI"))
                || program("chromium").isPresent() && program("chromedriver").isPresent();
    }

    private static Optional<File> program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> new File(folder, name))
                .filter(File::canExecute).findFirst();
    }

    private static IllegalStateException absent(String what) {
        return new IllegalStateException(what + " is not installed; on Debian: apt-get install chromium chromium-driver");
    }

    /** In a fresh tab, which knows no token. */
    public void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    public void forget() {
        driver.executeScript("sessionStorage.clear(); localStorage.clear()");
    }

    /** Of the page itself: headless windows have a frame of their own. */
    public void size(Dimension viewport) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", viewport.width,
                "height", viewport.height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void scheme(String lightOrDark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits until what is visible at this place fits. */
    public void await(String selector, java.util.function.Predicate<WebElement> fits) {
        Awaitility.await(selector).atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                return all(selector).stream().anyMatch(fits);
            } catch (StaleElementReferenceException redrawn) {
                return false;
            }
        });
    }

    public void awaitText(String selector, String part) {
        await(selector, found -> found.getText().contains(part));
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    /** What the browser itself complained of, such as a breach of the content security policy. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                .map(entry -> entry.getMessage()).filter(message -> !message.contains("Failed to load resource")).toList();
    }

    /** What axe-core finds serious or worse, as "rule: element". */
    public List<?> seriousFindings() {
        try {
            run(new String(Browser.class.getResourceAsStream(
                    "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js").readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        Object found = driver.executeAsyncScript("""
                const done = arguments[0];
                axe.run().then(result => done(result.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' '))),
                  failure => done([String(failure)]));
                """);
        if (found instanceof List<?> list) {
            return list;
        }
        throw new JavascriptException("axe-core said " + found);
    }

    public void photograph(String name) {
        write(SCREENSHOTS, name, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** For {@code docs/}, whose pages show it. */
    public void illustrate(String name) {
        write(SCREENSHOTS.resolve("docs"), name, FewColours.of(driver.getScreenshotAs(OutputType.BYTES)));
    }

    private static void write(Path folder, String name, byte[] png) {
        try {
            Files.write(Files.createDirectories(folder).resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
