package it.page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.ExpressChanged;
import contract.Kind;
import embedded.TcpProxy;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import testbed.BrowserFixture;
import testbed.OrderLife;
import testbed.SharedHub;

/** What people see of the hub at {@code /}. */
class PageIT extends BrowserFixture {

    /** Made, noted and on its way, with a repeat among it. */
    private OrderLife anOrderOnItsWay() {
        return OrderLife.paid(bed, Kind.DELIVERY).started().awaitMake("MAKING").started().awaitStep("making-started", "DUPLICATE")
                .made().awaitMake("MADE").express(1, ExpressChanged.State.PICKED_UP).awaitDelivery("PICKED_UP");
    }

    @Test
    void theDiagramHasEveryDeployedArrowAndOneMovesWhenAnOrderGoesThrough() {
        open(SharedHub.VIEWER, "#/");
        List<String> deployed = StreamSupport.stream(hub.get("/api/arrows", SharedHub.VIEWER).json().get("arrows").spliterator(),
                false).map(arrow -> arrow.get("id").asString()).toList();
        assertThat(browser.all("[data-arrow]").stream().map(row -> row.getAttribute("data-arrow")))
                .containsExactlyElementsOf(deployed);
        browser.awaitText("#connection", "live");
        assertThat(browser.all("nav .aside")).as("what only a demo has").isEmpty();
        browser.await("[data-arrow=payment-callback][data-messages]", row -> true);
        long before = messages("payment-callback");

        OrderLife.paid(bed, Kind.PICKUP);

        browser.await("[data-arrow=payment-callback]", row -> messages("payment-callback") > before);
        assertThat(browser.all("tr.alt.pull[data-arrow=pull-unaccepted]")).as("the alt's other half").hasSize(1);
        assertThat(browser.all("tr.alt.push[data-arrow=push-order]")).hasSize(1);
    }

    private long messages(String arrow) {
        return Long.parseLong(browser.find("[data-arrow=" + arrow + "]").getAttribute("data-messages"));
    }

    @Test
    void anOrdersOwnDiagramTellsEachArrowThatItTookAndWhatItWaitsFor() {
        OrderLife life = anOrderOnItsWay();
        open(SharedHub.VIEWER, "#/orders");
        browser.await("#order-id", WebElement::isDisplayed);
        browser.find("#order-id").sendKeys(life.id());
        browser.find("form.search button").click();

        browser.await("[data-step=express-sync]", WebElement::isDisplayed);
        assertThat(browser.find("[data-step=payment-callback] .outcome").getText()).isEqualTo("applied");
        assertThat(browser.find("[data-step=making-started].duplicate .outcome").getText()).contains("ignored: duplicate");
        assertThat(browser.find(".waits").getText()).contains("the delivery (配送)").contains("next pull at");
        browser.illustrate("order");
    }

    @Test
    void anIdThatIsHtmlIsShownAsText() {
        String evil = "<img src=x onerror=\"document.title='broken'\">";
        open(SharedHub.VIEWER, "#/orders");
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
        browser.open(hub.url() + "/");
        browser.await("#token", WebElement::isDisplayed);
        assertThat(browser.all("[data-arrow]")).isEmpty();

        browser.find("#token").sendKeys("wrong");
        browser.find(".sign-in button").click();
        browser.awaitText("#token-wrong", "does not accept this token");

        browser.find("#token").clear();
        browser.find("#token").sendKeys(SharedHub.VIEWER);
        browser.find(".sign-in button").click();
        browser.await("[data-arrow=push-order]", WebElement::isDisplayed);
    }

    @Test
    void aTokenInTheLinkLeavesTheAddressAtOnceAndSigningOutForgetsIt() {
        open(SharedHub.VIEWER, "#/");
        assertThat(browser.address()).doesNotContain(SharedHub.VIEWER);
        browser.find("#leave").click();
        browser.await("#token", WebElement::isDisplayed);
        assertThat(browser.run("return sessionStorage.length + document.cookie.length")).isEqualTo(0L);
    }

    @Test
    void bothLanguagesAreSpokenAndTheDiagramsOwnWordsStay() {
        open(SharedHub.VIEWER, "#/");
        assertThat(browser.find("[data-arrow=payment-callback]").getText()).contains("支付成功回调", "it is paid");
        browser.find("#language").click();
        browser.awaitText(".totals", "已确认订单");
        browser.awaitText("[data-arrow=payment-callback]", "支付成功回调");
        assertThat(browser.find("[data-arrow=payment-callback]").getText()).doesNotContain("it is paid");
        assertThat(browser.run("return document.documentElement.lang")).isEqualTo("zh-CN");
    }

    @Test
    void thePageSaysThatItIsStaleWhenTheHubIsGoneAndGoesOnWhenItIsBack() {
        try (TcpProxy way = TcpProxy.before(URI.create(hub.url()).getPort())) {
            browser.open("http://127.0.0.1:" + way.port() + "/#token=" + SharedHub.VIEWER);
            browser.awaitText("#connection", "live");
            way.cut();
            browser.awaitText("#connection", "stale");
            assertThat(browser.all(".diagram.stale")).hasSize(1);
            way.pass();
            browser.awaitText("#connection", "● live");
            assertThat(browser.all(".diagram.stale")).isEmpty();
            browser.open("about:blank");
        }
    }

    @Test
    void everyViewCanBeUsedWithoutSeeingItAndFitsEachScreen() {
        String order = anOrderOnItsWay().id();
        everybodyCanUse("live", () -> {
            open(SharedHub.VIEWER, "#/");
            browser.awaitText("#connection", "live");
            browser.await("[data-arrow=payment-callback] .rate", rate -> rate.getText().matches("(?s).*\\d.*")
                    || !rate.isDisplayed());
        });
        everybodyCanUse("order", () -> {
            open(SharedHub.VIEWER, "#/order/" + order);
            browser.await("[data-step=express-sync]", WebElement::isDisplayed);
        });
        everybodyCanUse("stuck", () -> {
            open(SharedHub.VIEWER, "#/stuck");
            browser.await("main h1:not(.unseen)", WebElement::isDisplayed);
            browser.await("main", main -> !main.getText().contains("loading …"));
        });
    }
}
