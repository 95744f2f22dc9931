package page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.ExpressChanged;
import contract.Kind;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import stage.TcpProxy;
import testbed.Bed;
import testbed.HubClient;
import testbed.Life;

/** What people see of the hub at {@code /}. */
@EnabledIf(value = "page.Browser#isThere", disabledReason = "needs chromium and chromium-driver")
class PageIT {

    private static Browser browser;
    private static TcpProxy way;

    private final Bed bed = Bed.shared();
    private final HubClient hub = bed.client();
    private final String url = "http://127.0.0.1:" + way.port();

    @BeforeAll
    static void openTheBrowser() {
        way = TcpProxy.before(URI.create(Bed.shared().client().url()).getPort());
        browser = new Browser();
    }

    @AfterAll
    static void closeTheBrowser() {
        browser.close();
        way.close();
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        way.pass();
        browser.open(url + "/");
        browser.forget();
        browser.size(Browser.DESK);
        browser.scheme("light");
    }

    @AfterEach
    void theBrowserHasNothingToComplainOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    private void signedIn(String view) {
        browser.open(url + "/#token=" + Bed.VIEWER);
        browser.await("table.arrows", WebElement::isDisplayed);
        browser.run("location.hash = arguments[0]", view);
    }

    /** Made, noted and on its way, with a repeat among it. */
    private Life anOrderOnItsWay() {
        return Life.paid(bed, Kind.DELIVERY).started().awaitMake("MAKING").started().awaitStep("making-started", "DUPLICATE")
                .made().awaitMake("MADE").express(1, ExpressChanged.State.PICKED_UP).awaitDelivery("PICKED_UP");
    }

    @Test
    void theDiagramHasEveryDeployedArrowAndOneMovesWhenAnOrderGoesThrough() {
        signedIn("#/");
        List<String> deployed = StreamSupport.stream(hub.get("/api/arrows", Bed.VIEWER).json().get("arrows").spliterator(),
                false).map(arrow -> arrow.get("id").asString()).toList();
        assertThat(browser.all("[data-arrow]").stream().map(row -> row.getAttribute("data-arrow")))
                .containsExactlyElementsOf(deployed);
        browser.awaitText("#connection", "live");
        assertThat(browser.all("nav .aside")).as("what only a demo has").isEmpty();
        browser.await("[data-arrow=payment-callback][data-messages]", row -> true);
        long before = messages("payment-callback");

        Life.paid(bed, Kind.PICKUP);

        browser.await("[data-arrow=payment-callback]", row -> messages("payment-callback") > before);
        assertThat(browser.all("tr.alt.pull[data-arrow=pull-unaccepted]")).as("the alt's other half").hasSize(1);
        assertThat(browser.all("tr.alt.push[data-arrow=push-order]")).hasSize(1);
    }

    private long messages(String arrow) {
        return Long.parseLong(browser.find("[data-arrow=" + arrow + "]").getAttribute("data-messages"));
    }

    @Test
    void anOrdersOwnDiagramTellsEachArrowThatItTookAndWhatItWaitsFor() {
        Life life = anOrderOnItsWay();
        signedIn("#/orders");
        browser.await("#order-id", WebElement::isDisplayed);
        browser.find("#order-id").sendKeys(life.id());
        browser.find("form.search button").click();

        browser.await("[data-step=express-sync]", WebElement::isDisplayed);
        assertThat(browser.find("[data-step=payment-callback] .outcome").getText()).isEqualTo("applied");
        assertThat(browser.find("[data-step=making-started].duplicate .outcome").getText()).contains("ignored: a repeat");
        assertThat(browser.find(".waits").getText()).contains("the delivery (配送)").contains("the next pull looks at");
    }

    @Test
    void anIdThatIsHtmlIsShownAsText() {
        String evil = "<img src=x onerror=\"document.title='broken'\">";
        signedIn("#/orders");
        browser.await("#order-id", WebElement::isDisplayed);
        browser.find("#order-id").sendKeys(evil);
        browser.find("form.search button").click();

        browser.awaitText("[role=alert]", "/api/openapi.yaml");
        assertThat(browser.find("h1 code").getText()).isEqualTo(evil);
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("lucky-hub");
    }

    @Test
    void whoHasNoTokenSeesNoFigureAndAWrongOneIsRefused() {
        browser.open(url + "/");
        browser.await("#token", WebElement::isDisplayed);
        assertThat(browser.all("[data-arrow]")).isEmpty();

        browser.find("#token").sendKeys("wrong");
        browser.find(".sign-in button").click();
        browser.awaitText("#token-wrong", "opens nothing");

        browser.find("#token").clear();
        browser.find("#token").sendKeys(Bed.VIEWER);
        browser.find(".sign-in button").click();
        browser.await("[data-arrow=push-order]", WebElement::isDisplayed);
    }

    @Test
    void aTokenInTheLinkLeavesTheAddressAtOnceAndSigningOutForgetsIt() {
        signedIn("#/");
        assertThat(browser.address()).doesNotContain(Bed.VIEWER);
        browser.find("#leave").click();
        browser.await("#token", WebElement::isDisplayed);
        assertThat(browser.run("return sessionStorage.length + document.cookie.length")).isEqualTo(0L);
    }

    @Test
    void bothLanguagesAreSpokenAndTheDiagramsOwnWordsStay() {
        signedIn("#/");
        assertThat(browser.find("[data-arrow=payment-callback]").getText()).contains("支付成功回调", "it is paid");
        browser.find("#language").click();
        browser.awaitText(".totals", "已确认订单");
        browser.awaitText("[data-arrow=payment-callback]", "支付成功回调");
        assertThat(browser.find("[data-arrow=payment-callback]").getText()).doesNotContain("it is paid");
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo("zh-CN");
    }

    @Test
    void thePageSaysThatItIsStaleWhenTheHubIsGoneAndGoesOnWhenItIsBack() {
        signedIn("#/");
        browser.awaitText("#connection", "live");
        way.cut();
        browser.awaitText("#connection", "stale");
        assertThat(browser.all(".diagram.stale")).hasSize(1);
        way.pass();
        browser.awaitText("#connection", "● live");
        assertThat(browser.all(".diagram.stale")).isEmpty();
    }

    @Test
    void everyViewCanBeUsedWithoutSeeingIt() {
        String order = "#/order/" + anOrderOnItsWay().id();
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            signedIn("#/");
            browser.awaitText("#connection", "live");
            assertThat(browser.seriousFindings()).as("live, " + scheme).isEmpty();
            for (String view : List.of("#/orders", order, "#/stuck", "#/parked")) {
                browser.run("location.hash = arguments[0]", view);
                browser.await("main h1:not(.unseen)", WebElement::isDisplayed);
                browser.await("main", main -> !main.getText().contains("loading …"));
                assertThat(browser.seriousFindings()).as(view + ", " + scheme).isEmpty();
            }
        }
    }

    @Test
    void nothingIsWiderThanItsScreen() {
        String order = anOrderOnItsWay().id();
        for (Dimension screen : List.of(Browser.DESK, Browser.PHONE)) {
            browser.size(screen);
            signedIn("#/");
            browser.awaitText("#connection", "live");
            browser.await("[data-arrow=payment-callback] .rate", rate -> rate.getText().matches("(?s).*\\d.*")
                    || !rate.isDisplayed());
            look("live", screen);
            browser.run("location.hash = arguments[0]", "#/order/" + order);
            browser.await("[data-step=express-sync]", WebElement::isDisplayed);
            look("order", screen);
        }
        browser.size(Browser.DESK);
        browser.scheme("dark");
        signedIn("#/");
        browser.awaitText("#connection", "live");
        browser.photograph("live-dark");
    }

    private void look(String view, Dimension screen) {
        browser.photograph(view + "-" + screen.width + "x" + screen.height);
        assertThat(browser.run("return document.documentElement.scrollWidth")).as(view + " at " + screen)
                .isEqualTo((long) screen.width);
    }
}
