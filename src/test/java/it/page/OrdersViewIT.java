package it.page;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ledger.Ledger;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import testbed.BrowserFixture;
import testbed.HubClient;
import testbed.OrderLife;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** Orders that are looked for without their ids, in the page and by its API; and the messages of one. */
class OrdersViewIT extends BrowserFixture {

    @Test
    void anOrderIsFoundByItsStoreAndItsStateAndLeadsToItsDiagram() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).started().awaitMake("MAKING");
        view("#/orders", SharedHub.VIEWER);
        search(life, "delivered");
        browser.awaitText("main [role=status]", "Nothing to show.");
        search(life, "being made");
        browser.awaitText("main [role=status]", "1 order.");
        assertThat(browser.find("[data-order='" + life.id() + "']").getText()).contains("pickup", "being made", life.order().storeId());

        browser.find("[data-order='" + life.id() + "'] a").click();
        browser.await("[data-step=making-started]", WebElement::isDisplayed);
    }

    @Test
    void ordersAreFoundByTimeAndAPlaceToGoOnFrom() {
        OrderLife first = OrderLife.confirmed(bed, Kind.PICKUP);
        OrderLife second = OrderLife.confirmed(bed, Kind.DELIVERY);
        String at = second.now().get("confirmedAt").asString();

        JsonNode page = found("limit=1&from=" + at);
        assertThat(page.at("/orders/0/orderId").asString()).isEqualTo(second.id());
        assertThat(page.at("/orders/0/kind").asString()).isEqualTo("DELIVERY");
        JsonNode next = found("limit=1&to=" + at);
        assertThat(next.at("/orders/0/orderId").asString()).isEqualTo(first.id());
        assertThat(found("limit=1&after=" + second.id()).at("/orders/0/orderId").asString()).isEqualTo(first.id());
        assertThat(found("store=" + first.order().storeId() + "&state=OPEN").get("orders")).hasSize(1);
        assertThat(found("store=" + first.order().storeId() + "&from=" + Instant.now().plusSeconds(60)).get("orders")).isEmpty();
        for (String query : List.of("store=", "store=%3Cimg%3E", "state=NONE", "state=paid", "from=noon", "limit=0", "limit=501",
                "after=" + UUID.randomUUID(), "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z")) {
            assertThat(hub.get("/api/search/orders?" + query, SharedHub.VIEWER).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void anOrdersParkedMessagesStandWithIt() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        park(life.id());
        view("#/order/" + life.id(), SharedHub.OPERATOR);
        browser.awaitText(".messages", "the milk is out");
        browser.find(".messages .dismiss").click();
        browser.find(".messages form.why input").sendKeys("there is milk again");
        browser.find(".messages form.why [type=submit]").click();
        browser.awaitText(".messages .answer", "Dismissed");

        browser.forget();
        view("#/order/" + life.id(), SharedHub.VIEWER);
        browser.awaitText(".messages .last", "there is milk again");
        assertThat(browser.all(".messages button")).isEmpty();
        view("#/order/" + OrderLife.confirmed(bed, Kind.PICKUP).id(), SharedHub.VIEWER);
        browser.await("[data-step=confirm-barista-eta]", WebElement::isDisplayed);
        assertThat(browser.find(".messages").isDisplayed()).isFalse();
    }

    @Test
    void itCanBeUsedWithoutSeeingItAndFitsEachScreen() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().awaitMake("MAKING");
        park(life.id());
        everybodyCanUse("orders", () -> {
            view("#/orders", SharedHub.VIEWER);
            browser.find("#search-orders-go").click();
            browser.await("[data-order]", WebElement::isDisplayed);
        });
        everybodyCanUse("order-messages", () -> {
            view("#/order/" + life.id(), SharedHub.OPERATOR);
            browser.awaitText(".messages", "the milk is out");
        });
    }

    private void view(String address, String token) {
        open(token, address);
        browser.await("main h1:not(.unseen)", WebElement::isDisplayed);
    }

    private void search(OrderLife life, String state) {
        browser.find("#search-store").clear();
        browser.find("#search-store").sendKeys(life.order().storeId());
        browser.find("#search-state").sendKeys(state);
        browser.find("#search-orders-go").click();
    }

    private JsonNode found(String query) {
        HubClient.Reply reply = hub.get("/api/search/orders?" + query, SharedHub.VIEWER);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private void park(String orderId) {
        bed.hub().getBean(Ledger.class).park(List.of(new Parked("made", Way.PUSH, orderId, "the milk is out",
                new Origin("lucky_made_topic/0@" + orderId, "{}", "{}".getBytes(StandardCharsets.UTF_8)))));
    }
}
