package it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.EventType;
import contract.Json;
import contract.Kind;
import contract.Made;
import embedded.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.BrowserFixture;
import testbed.HubClient;
import testbed.NeighbourServer;
import testbed.OrderLife;
import testbed.SharedHub;

/** What the diagram marks, and how it follows what changes behind it. */
class LiveViewIT extends BrowserFixture {

    private void live(String url) {
        browser.open(url + "/#token=" + SharedHub.VIEWER);
        browser.awaitText("#connection", "● live");
        browser.await("[data-arrow=push-order][data-messages]", WebElement::isDisplayed);
    }

    @Test
    void anArrowThatFailsIsMarkedByAWordAndABrokenLineAndNotByColourAlone() {
        live(hub.url());
        assertThat(shaft("confirm-barista-eta")).isEqualTo("none");
        try (NeighbourServer.Until mended = bed.barista().answersUntilClosed("/estimates", request -> new byte[] {'?'})) {
            OrderLife.confirmed(bed, Kind.PICKUP);
            browser.await("tr.failing[data-arrow=confirm-barista-eta] .mark.failing", mark -> mark.getText().equals("✖ failing"));
            browser.awaitText("[data-arrow=confirm-barista-eta] .mark.failed", "failed");
            assertThat(shaft("confirm-barista-eta")).isNotEqualTo("none");
            browser.photograph("live-failing");
            assertThat(browser.seriousFindings()).isEmpty();
        }
        browser.await("[data-arrow=confirm-barista-eta]:not(.failing) .mark.failed", WebElement::isDisplayed);
        assertThat(shaft("confirm-barista-eta")).isEqualTo("none");
    }

    private String shaft(String arrow) {
        return String.valueOf(browser.run("return getComputedStyle(document.querySelector('[data-arrow=' + arguments[0] + '] .shaft'))"
                + ".strokeDasharray", arrow));
    }

    @Test
    void whatIsParkedAndWhatIsLateIsMarkedWhereItBelongs() {
        live(hub.url());
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        bed.messages().send("lucky_made_topic", EventType.MAKING_STARTED, life.id(),
                new Made(life.id(), life.ticketId(), Instant.now()));
        browser.awaitText("[data-arrow=made] .mark.parked", "⚑");
        bed.jdbc().sql("UPDATE orders SET barista_due = now() WHERE id = :id AND barista_owes = 'TICKET'")
                .param("id", life.id()).update();
        browser.awaitText("[data-arrow=push-order] .mark.late", "late");
        browser.awaitText("[data-arrow=pull-unaccepted] .mark.late", "⚠");
        browser.await(".totals .warned [data-total=lateNow]", WebElement::isDisplayed);
        browser.await(".totals .warned [data-total=parkedNow]", WebElement::isDisplayed);
    }

    @Test
    void anArrowThatIsAddedAppearsMovesAndGoesAgain() {
        live(hub.url());
        String added = """
                - route:
                    id: push-order-store-9
                    group: initiate
                    description: 订单→咖啡师 门店9 (a paid order of store 9)
                    from:
                      uri: ledger:paid
                      steps:
                        - process:
                            ref: orderPaid
                        - to:
                            uri: kafka:lucky_store_9_topic
                """;
        try {
            HubClient.Reply reply = hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("reason", "a test",
                    "files", List.of(Map.of("name", "store-9.yaml", "text", added)))));
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            browser.awaitText("[data-arrow=push-order-store-9]", "门店9");
            OrderLife.paid(bed, Kind.PICKUP);
            browser.await("[data-arrow=push-order-store-9][data-messages]", row -> !row.getAttribute("data-messages").equals("0"));
        } finally {
            assertThat(hub.post("/api/routes/revisions/0/rollback", SharedHub.DEPLOYER, Json.write(Map.of("reason", "a test")))
                    .status()).isEqualTo(200);
        }
        await().until(() -> browser.all("[data-arrow=push-order-store-9]").isEmpty());
    }

    @Test
    void thePageGoesOnByItselfWhenItsHubHasBeenRestarted() {
        String port = String.valueOf(Ports.free());
        String url = "http://127.0.0.1:" + port;
        try (ConfigurableApplicationContext before = started(port)) {
            live(url);
            OrderLife.confirmed(bed.client(before), bed.messages(), Kind.PICKUP);
            browser.await("[data-total=confirmed]", confirmed -> confirmed.getText().equals("1"));
        }
        browser.awaitText("#connection", "⚠ stale");
        try (ConfigurableApplicationContext after = started(port)) {
            browser.awaitText("#connection", "● live");
            browser.await("[data-total=confirmed]", confirmed -> confirmed.getText().equals("0"));
            OrderLife.confirmed(bed.client(after), bed.messages(), Kind.PICKUP);
            browser.await("[data-total=confirmed]", confirmed -> confirmed.getText().equals("1"));
            assertThat(browser.all(".diagram.stale")).isEmpty();
            browser.open("about:blank");
        }
    }

    /** Without the broker: a hub that comes and goes would have the shared one read its records again. Its clock is its own, too. */
    private ConfigurableApplicationContext started(String port) {
        return bed.startHub(Map.of("server.port", port, "camel.main.name", "restarted", "hub.kafka.brokers", "127.0.0.1:9"));
    }
}
