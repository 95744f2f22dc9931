package page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import testbed.Bed;
import testbed.HubClient;
import testbed.Life;

/** The last hour in the page. */
@EnabledIf(value = "page.Browser#isThere", disabledReason = "needs chromium and chromium-driver")
class TrendsViewIT {

    private static final String HIGHEST = "return [...document.querySelectorAll('[data-chart=' + arguments[0] + '] tbody tr')]"
            + ".map(line => line.lastElementChild.textContent).join(' ')";

    private static final String PAINTED = """
            const canvas = document.querySelector('[data-chart=' + arguments[0] + '] canvas');
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const colours = new Set();
            for (let i = 0; i < pixels.length; i += 4) {
              if (pixels[i + 3] === 255) {
                colours.add(pixels[i] + ',' + pixels[i + 1] + ',' + pixels[i + 2]);
              }
            }
            return [...colours].join(' ');
            """;

    private static Browser browser;

    private final Bed bed = Bed.shared();
    private final HubClient hub = bed.client();

    @BeforeAll
    static void openTheBrowser() {
        browser = new Browser();
    }

    @AfterAll
    static void closeTheBrowser() {
        browser.close();
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        browser.open(hub.url() + "/");
        browser.forget();
        browser.size(Browser.DESK);
        browser.scheme("light");
    }

    @AfterEach
    void theBrowserHasNothingToComplainOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theOrdersOfTheLastMinuteAreDrawnAndTheTableSaysTheSame() {
        Life.paid(bed, Kind.PICKUP);
        trends();
        browser.await("[data-chart=callbackP99] tbody td", figure -> figure.getText().matches(".*\\d.*"));
        String then = browser.find("main [role=status]").getText();
        assertThat(browser.all("[data-chart]")).hasSize(4);
        assertThat(String.valueOf(browser.run(HIGHEST, "orderRate"))).matches("0\\.[1-9].*|[1-9].*");
        // The first line's colour, as the style sheet has it.
        assertThat(String.valueOf(browser.run(PAINTED, "orderRate"))).contains("11,98,189");

        browser.scheme("dark");
        browser.await("[data-chart=orderRate] canvas", canvas ->
                String.valueOf(browser.run(PAINTED, "orderRate")).contains("108,178,255"));
        browser.await("main [role=status]", said -> !said.getText().equals(then));
        assertThat(browser.find("main [role=status]").getText()).as("it goes on by itself").startsWith("As of");
    }

    @Test
    void itCanBeUsedWithoutSeeingItAndFitsEachScreen() {
        Life.paid(bed, Kind.DELIVERY).started().awaitMake("MAKING");
        for (Dimension screen : List.of(Browser.DESK, Browser.PHONE)) {
            browser.size(screen);
            for (String scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                trends();
                String name = "trends-" + screen.width + "x" + screen.height + (scheme.equals("dark") ? "-dark" : "");
                browser.photograph(name);
                assertThat(browser.seriousFindings()).as(name).isEmpty();
                assertThat(browser.run("return document.documentElement.scrollWidth")).as(name)
                        .isEqualTo((long) screen.width);
            }
        }
        browser.find("#language").click();
        browser.awaitText("[data-chart=orderRate] h2", "每秒订单");
    }

    private void trends() {
        browser.open(hub.url() + "/#token=" + Bed.VIEWER);
        browser.await("nav a", WebElement::isDisplayed);
        browser.run("location.hash = '#/trends'");
        browser.await("[data-chart=orderRate] canvas", WebElement::isDisplayed);
    }
}
