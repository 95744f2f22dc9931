package it.page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import testbed.BrowserFixture;
import testbed.OrderLife;
import testbed.SharedHub;

/** The last hour in the page. */
class TrendsViewIT extends BrowserFixture {

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

    @Test
    void theOrdersOfTheLastMinuteAreDrawnAndTheTableSaysTheSame() {
        OrderLife.paid(bed, Kind.PICKUP);
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
    void aPointThatNoLineLeadsToIsMarked() {
        open(SharedHub.VIEWER, "#/orders");
        browser.run("""
                const real = fetch;
                const at = Array.from({length: 60}, (none, i) => new Date(1767225600000 + 10000 * i).toISOString());
                const zeros = at.map(() => 0);
                window.fetch = (path, options) => path === '/api/trends' ? Promise.resolve(Response.json({at,
                    seconds: at.map(() => 10), confirmed: zeros, settled: zeros, owed: {}, repaired: {},
                    callbackP99Millis: at.map((none, i) => i === 30 ? 40 : null)})) : real(path, options);
                """);
        go("#/trends");
        browser.await("[data-chart=callbackP99] canvas", WebElement::isDisplayed);
        assertThat(String.valueOf(browser.run(PAINTED, "callbackP99"))).contains("11,98,189");
    }

    @Test
    void itCanBeUsedWithoutSeeingItAndFitsEachScreen() {
        OrderLife.paid(bed, Kind.DELIVERY).started().awaitMake("MAKING");
        everybodyCanUse("trends", this::trends);
        browser.find("#language").click();
        browser.awaitText("[data-chart=orderRate] h2", "每秒订单");
    }

    private void trends() {
        open(SharedHub.VIEWER, "#/trends");
        browser.await("[data-chart=orderRate] canvas", WebElement::isDisplayed);
    }
}
