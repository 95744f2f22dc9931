package it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import testbed.Browser;
import testbed.RunningDemo;

/** What somebody does who has started the demo: looks at the diagram, breaks something, and sees that nothing is lost. */
@EnabledIf(value = "testbed.Browser#isThere", disabledReason = "needs chromium and chromium-driver")
class BreakItIT {

    /** Those that an order takes when nothing is lost. */
    private static final Set<String> ORDINARY = Set.of("confirm-barista-eta", "confirm-dispatch-eta", "payment-callback",
            "push-order", "make-eta", "making-started", "made", "dispatch-eta", "push-dispatch", "express-sync");

    private static final Duration REPAIRED_WITHIN = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void losingMessagesShowsThatThePullRepairsAndThatNothingIsLost() {
        try (Browser browser = new Browser(); RunningDemo demo = RunningDemo.start(directory, "--rate", "15")) {
            browser.open(demo.page());
            browser.await("nav .aside", WebElement::isDisplayed);
            browser.find("nav .aside").click();
            browser.await("#switch-orders-lost", WebElement::isDisplayed);
            browser.find("#switch-orders-lost").click();
            browser.awaitText(".break-it .notice", "Broken: lose 50 % of the orders");
            long acknowledged = count(browser, "acknowledged");

            browser.find(".languages a").click();
            browser.await("[data-arrow=push-order]", WebElement::isDisplayed);
            browser.run("""
                    window.moved = new Set();
                    new MutationObserver(changes => changes.forEach(({target}) => target.classList.contains('lit')
                        && window.moved.add(target.dataset.arrow))).observe(document.querySelector('.diagram'),
                        {subtree: true, attributes: true, attributeFilter: ['class']});
                    """);
            await().atMost(REPAIRED_WITHIN).until(() -> number(browser.find("[data-arrow=pull-unaccepted] .repaired").getText()) > 9);
            await().atMost(REPAIRED_WITHIN).untilAsserted(() -> assertThat(moved(browser)).containsAll(ORDINARY)
                    .contains("pull-unaccepted"));
            browser.illustrate("live");
            browser.size(Browser.PHONE);
            browser.photograph("demo-live-phone");
            browser.size(Browser.DESK);

            browser.find("nav .aside").click();
            browser.awaitText(".break-it .repairs", "Repaired by pull");
            await().atMost(REPAIRED_WITHIN).until(() -> count(browser, "settled") > 0 && count(browser, "acknowledged") > acknowledged);
            assertThat(number(browser.find(".break-it .repairs").getText().replaceAll("(?s).*Repaired by pull: tickets ([\\d,]+).*", "$1")))
                    .as("by the barista's own journal").isPositive();
            // Half of the messages are still lost; when no more orders come, nothing that was acknowledged may be left.
            browser.find("#break-it-load").sendKeys(Keys.HOME);
            browser.awaitText(".break-it .load output", "0 orders a second");
            await().atMost(REPAIRED_WITHIN).until(() -> count(browser, "waiting") + count(browser, "underWay")
                    + count(browser, "lost") == 0);
            assertThat(count(browser, "settled")).isGreaterThanOrEqualTo(count(browser, "acknowledged"));
            for (String promised : List.of("lost", "doubled", "unpaid")) {
                assertThat(count(browser, promised)).as(promised).isZero();
            }
            browser.illustrate("break-it");
            for (Dimension screen : List.of(Browser.DESK, Browser.PHONE)) {
                browser.size(screen);
                assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo((long) screen.width);
            }
            browser.photograph("demo-panel-phone");
            for (String scheme : List.of("dark", "light")) {
                browser.scheme(scheme);
                assertThat(browser.seriousFindings()).as(scheme).isEmpty();
                browser.photograph("demo-panel-" + scheme);
            }

            browser.find(".break-it .mend").click();
            browser.awaitText(".break-it .notice", "Everything is mended");
            assertThat(browser.find("#switch-orders-lost").isSelected()).isFalse();

            browser.open(demo.page());
            browser.await("nav a", WebElement::isDisplayed);
            browser.run("location.hash = '#/trends'");
            browser.awaitText("[data-chart=repairedByArrow] tbody", "pull-unaccepted");
            browser.awaitText("[data-chart=owedByArrow] tbody", "push-order");
            browser.photograph("demo-trends-phone");
            browser.size(Browser.DESK);
            browser.await("[data-chart=orderRate] canvas", canvas -> canvas.getSize().width > Browser.PHONE.width);
            browser.illustrate("trends");
            assertThat(browser.seriousFindings()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static long count(Browser browser, String figure) {
        browser.await(".break-it .figure." + figure + " dd", shown -> shown.getText().matches("[\\d,]+"));
        return number(browser.find(".break-it .figure." + figure + " dd").getText());
    }

    private static long number(String shown) {
        String digits = shown.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static List<String> moved(Browser browser) {
        return ((List<?>) browser.run("return [...window.moved]")).stream().map(String::valueOf).toList();
    }
}
