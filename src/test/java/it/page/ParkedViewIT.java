package it.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.EventType;
import contract.Json;
import contract.Kind;
import contract.MakingStarted;
import contract.OrderRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger.Ledger;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import testbed.BrowserFixture;
import testbed.HubClient;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** Parked messages in the page: found, looked into, replayed and dismissed. */
class ParkedViewIT extends BrowserFixture {

    private static final String EVIL = "<img src=x onerror=\"document.title='broken'\">";

    private final String id = UUID.randomUUID().toString();

    @Test
    void aMessageWhoseOrderCameTooLateIsReplayedAndApplied() {
        OrderRequest order = HubClient.anOrder(Kind.PICKUP);
        parkedForWantOf(order);
        assertThat(hub.confirm(order).status()).isEqualTo(201);
        assertThat(hub.pay(order).status()).isEqualTo(204);

        parkedOf(SharedHub.OPERATOR, order.orderId());
        browser.find("details.content summary").click();
        browser.awaitText("details.content pre", "T-" + order.orderId());
        browser.awaitText("details.content .headers", EventType.MAKING_STARTED.type());
        browser.find(".replay").click();

        browser.awaitText(".answer", "Replayed: applied.");
        assertThat(browser.all(".replay, .dismiss")).isEmpty();
        JsonNode now = hub.order(order.orderId());
        assertThat(now.at("/make/state").asString()).isEqualTo("MAKING");
        assertThat(now.get("timeline").toString()).contains("REPLAY");

        show("parked-state", "replayed");
        browser.awaitText(".cards .last", "by operator");
        assertThat(browser.find(".cards .last").getText()).contains("replayed", "applied");
    }

    @Test
    void aMessageThatStillCantBeProcessedSaysWhyAndIsDismissedWithAReason() {
        park(1, "a former fault", "no JSON");
        parkedOf(SharedHub.OPERATOR, id);
        browser.find(".replay").click();
        browser.awaitText(".answer", "stays parked");
        assertThat(browser.find(".cards .cause").getText()).doesNotContain("a former fault");

        browser.find(".dismiss").click();
        browser.find("form.why [type=submit]").click();
        assertThat(browser.find("form.why").isDisplayed()).as("a reason is needed").isTrue();
        browser.find("form.why input").sendKeys("made by hand, receipt 4711");
        browser.find("form.why [type=submit]").click();

        browser.awaitText(".answer", "Dismissed");
        assertThat(browser.all(".replay, .dismiss")).isEmpty();
        show("parked-state", "dismissed");
        browser.awaitText(".cards .last", "made by hand, receipt 4711");
    }

    @Test
    void aViewerSeesThemAndIsOfferedNeitherAct() {
        park(1, "a cause", "{}");
        parkedOf(SharedHub.VIEWER, id);
        assertThat(browser.all(".replay, .dismiss, form.why")).isEmpty();
        assertThat(browser.find("details.content").isDisplayed()).isTrue();
    }

    @Test
    void whatIsHtmlIsShownAsText() {
        bed.hub().getBean(Ledger.class).park(List.of(new Parked("made", Way.PUSH, id, EVIL, new Origin(EVIL,
                new String(Json.write(Map.of(EVIL, EVIL)), StandardCharsets.UTF_8), EVIL.getBytes(StandardCharsets.UTF_8)))));
        parkedOf(SharedHub.OPERATOR, id);
        browser.find("details.content summary").click();
        browser.awaitText("details.content pre", EVIL);
        assertThat(browser.find(".cards .cause").getText()).isEqualTo(EVIL);
        assertThat(browser.find(".cards .from code").getText()).isEqualTo(EVIL);
        assertThat(browser.find(".headers").getText()).contains(EVIL);
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("lucky-hub");
    }

    @Test
    void manyAreReadPageByPageAndNarrowedDown() {
        park(24, "the milk is out", "{}");
        bed.hub().getBean(Ledger.class).park(List.of(new Parked("express-sync", Way.PUSH, id, "the oven is cold",
                new Origin("test/0@1-" + id, "{}", new byte[] {'{', (byte) 0xC3, 0, '}'}))));
        parkedOf(SharedHub.VIEWER, id);
        browser.await(".more", WebElement::isDisplayed);
        assertThat(browser.all("[data-message]")).hasSize(20);
        browser.find(".more").click();
        await().until(() -> browser.all("[data-message]").size() == 25);
        assertThat(browser.find(".more").isDisplayed()).isFalse();

        show("parked-arrow", "express-sync");
        await().until(() -> browser.all("[data-message]").size() == 1);
        browser.find("details.content summary").click();
        browser.awaitText("details.content pre", "0000  7b c3 00 7d");
        browser.find("#parked-cause").sendKeys("MILK");
        browser.find(".filter [type=submit]").click();
        browser.awaitText("main [role=status]", "Nothing to show.");
        show("parked-arrow", "any");
        await().until(() -> browser.all("[data-message]").size() == 20);
    }

    @Test
    void itCanBeUsedWithoutSeeingItAndFitsEachScreen() {
        park(2, "CONFLICT: the payment id P-" + id + " was used for another order, amount or currency", "{\"orderId\":\"" + id + "\"}");
        everybodyCanUse("parked", () -> {
            parkedOf(SharedHub.OPERATOR, id);
            browser.find("details.content summary").click();
            browser.find(".dismiss").click();
        });
    }

    /** What waits of this order, as the page shows it. */
    private void parkedOf(String token, String order) {
        open(token, "#/parked");
        browser.await("#parked-arrow option[value=made]", option -> true);
        browser.find("#parked-order").sendKeys(order);
        browser.find(".filter [type=submit]").click();
        await().until(() -> !browser.all("[data-message]").isEmpty()
                && browser.all("[data-message]").size() == browser.all("[data-message] a[href='#/order/" + order + "']").size());
    }

    private void show(String field, String option) {
        browser.find("#" + field).sendKeys(option);
        browser.find(".filter [type=submit]").click();
    }

    private void park(int count, String cause, String body) {
        for (int n = 0; n < count; n++) {
            bed.hub().getBean(Ledger.class).park(List.of(new Parked("made", Way.PUSH, id, cause,
                    new Origin("lucky_made_topic/0@" + n + "-" + id, "{}", body.getBytes(StandardCharsets.UTF_8)))));
        }
    }

    /** As if the barista's word had waited for its order in vain. */
    private void parkedForWantOf(OrderRequest order) {
        String orderId = order.orderId();
        bed.messages().send("lucky_making_started_topic", EventType.MAKING_STARTED, orderId,
                new MakingStarted(orderId, "T-" + orderId, MakingStarted.Acceptance.MANUAL, Instant.now()));
        await().until(() -> bed.jdbc().sql("UPDATE early SET arrived_at = now() - interval '1 day' WHERE order_id = :id")
                .param("id", orderId).update() == 1);
        await().until(() -> {
            bed.hub().getBean(Ledger.class).parkOverdueEarly(100);
            return !hub.get("/api/parked?order=" + orderId, SharedHub.OPERATOR).json().get("messages").isEmpty();
        });
    }
}
