package testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;

/** The shared hub's page on a desk by day, where nobody is signed in yet; after each test the browser may not complain. */
public abstract class BrowserFixture {

    public static Browser browser;

    public final SharedHub bed = SharedHub.shared();
    public final HubClient hub = bed.client();

    @BeforeAll
    static void openTheBrowser() {
        assumeTrue(Browser.isThere(), "needs chromium and chromium-driver");
        browser = new Browser();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
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

    /** @param view as in the address, such as {@code #/orders} */
    public void open(String token, String view) {
        browser.open(hub.url() + "/#token=" + token);
        browser.await("nav a", WebElement::isDisplayed);
        go(view);
    }

    public void go(String view) {
        browser.run("location.hash = arguments[0]", view);
    }

    /** On each screen, by day and by night: it can be used without seeing it, and nothing is wider than the screen. */
    public void everybodyCanUse(String name, Runnable view) {
        for (Dimension screen : List.of(Browser.DESK, Browser.PHONE)) {
            browser.size(screen);
            for (String scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                view.run();
                String shown = name + "-" + screen.width + "x" + screen.height + (scheme.equals("dark") ? "-dark" : "");
                browser.photograph(shown);
                assertThat(browser.seriousFindings()).as(shown).isEmpty();
                assertThat(browser.run("return document.documentElement.scrollWidth")).as(shown)
                        .isEqualTo((long) screen.width);
            }
        }
    }
}
