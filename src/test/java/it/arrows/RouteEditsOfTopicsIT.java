package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.CancelOutcome;
import contract.EventType;
import contract.ExpressChanged;
import contract.Kind;
import contract.Made;
import contract.MakingStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.OrderLife;

/** The topic in a route is the one that is written, or read. */
class RouteEditsOfTopicsIT extends RouteEdits {

    @Test
    @Tag("push-order")
    void paidOrdersGoToAnotherTopic() {
        String other = editTopic("push-order", "lucky_order_to_barista_topic");

        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        goesTo(other, "lucky_order_to_barista_topic", life);
        life.awaitStep("push-order", "SENT");
    }

    @Test
    @Tag("making-started")
    void acceptancesAreReadFromAnotherTopicAndThoseOnTheOldOneWait() {
        OrderLife before = OrderLife.paid(bed, Kind.PICKUP);
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        String other = editTopic("making-started", "lucky_making_started_topic");

        before.started();
        bed.messages().send(other, EventType.MAKING_STARTED, life.id(), new MakingStarted(life.id(), life.ticketId(),
                MakingStarted.Acceptance.MANUAL, Instant.now()));
        life.awaitMake("MAKING");
        assertThat(before.steps("making-started")).isEmpty();

        restore();
        before.awaitMake("MAKING");
    }

    @Test
    @Tag("made")
    void whatIsMadeIsReadFromAnotherTopic() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        String other = editTopic("made", "lucky_made_topic");

        bed.messages().send(other, EventType.MADE, life.id(), new Made(life.id(), life.ticketId(), Instant.now()));

        life.awaitSettled("MADE");
    }

    @Test
    @Tag("push-dispatch")
    void madeDeliveriesGoToAnotherTopic() {
        String other = editTopic("push-dispatch", "lucky_order_changed_topic");

        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made();

        goesTo(other, "lucky_order_changed_topic", life);
        life.awaitStep("push-dispatch", "SENT");
    }

    @Test
    @Tag("express-sync")
    void theDeliverysProgressIsReadFromAnotherTopic() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitMake("MADE");
        String other = editTopic("express-sync", "lucky_order_express_topic");

        bed.messages().send(other, EventType.EXPRESS_CHANGED, life.id(), new ExpressChanged(life.id(), life.noteId(), 1,
                ExpressChanged.State.ASSIGNED, "courier-1", Instant.now(), Instant.now()));

        life.awaitDelivery("ASSIGNED");
    }

    @Test
    @Tag("express-sync")
    void onlyEventsWithTheTagThatTheRouteNamesAreApplied() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitMake("MADE");
        edit("express-sync", "tag: luckyorder_express", "tag: another_tag");

        life.express(1, ExpressChanged.State.NOTED);

        await().untilAsserted(() -> assertThat(bed.jdbc().sql("SELECT cause FROM parked WHERE order_id = :id")
                .param("id", life.id()).query(String.class).list()).containsExactly("its tag is not another_tag"));
        assertThat(life.now().at("/delivery/state").asString()).isEqualTo("NONE");
    }

    @Test
    @Tag("express-sync")
    void onlyEventsOfTheSourcesThatTheRouteNamesAreApplied() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitMake("MADE");
        edit("express-sync", "tag: luckyorder_express", "tag: luckyorder_express\n            source: /dispatch,/dispatch-2");

        life.express(1, ExpressChanged.State.NOTED);

        await().untilAsserted(() -> assertThat(bed.jdbc().sql("SELECT cause FROM parked WHERE order_id = :id")
                .param("id", life.id()).query(String.class).list()).singleElement().asString()
                .startsWith("its ce_source is none of /dispatch, /dispatch-2"));
        assertThat(life.now().at("/delivery/state").asString()).isEqualTo("NONE");
    }

    @Test
    @Tag("cancel-making")
    void cancelsGoToAnotherTopic() {
        String other = editTopic("cancel-making", "lucky_cancel_making_topic");
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        assertThat(bed.client().cancel(life.id()).status()).isEqualTo(202);

        goesTo(other, "lucky_cancel_making_topic", life);
    }

    @Test
    @Tag("cancel-outcome")
    void theBaristasDecisionIsReadFromAnotherTopic() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        assertThat(bed.client().cancel(life.id()).status()).isEqualTo(202);
        String other = editTopic("cancel-outcome", "lucky_cancel_outcome_topic");

        bed.messages().send(other, EventType.CANCEL_OUTCOME, life.id(), new CancelOutcome(life.id(),
                CancelOutcome.Decision.CANCELLED, "nobody had begun", Instant.now()));

        life.awaitCancel("CANCELLED");
    }

    /** Another topic in place of the shipped one. It is there before the route is. */
    private String editTopic(String id, String shipped) {
        String other = "lucky_edited_" + id + "_" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bed.broker().brokers()))) {
            admin.createTopics(List.of(new NewTopic(other, Optional.of(1), Optional.empty()))).all().get();
        } catch (Exception e) {
            throw new AssertionError("the topic could not be created", e);
        }
        edit(id, "kafka:" + shipped, "kafka:" + other);
        return other;
    }

    private void goesTo(String topic, String insteadOf, OrderLife life) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bed.messages().on(topic, life.id())).hasSize(1));
        assertThat(bed.messages().on(insteadOf, life.id())).isEmpty();
    }
}
