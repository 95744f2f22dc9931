package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.CancelOutcome;
import contract.ExpressChanged;
import contract.IdempotencyKey;
import contract.Json;
import contract.Kind;
import contract.OrderPaid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.OrderLife;
import testbed.SharedHub;

/** An order's way through the diagram, with the neighbours played by hand. */
class LifeOfAnOrderIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();

    @Test
    void aPaidOrderIsPushedToTheBaristaOnceWithItsKey() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        await().untilAsserted(() -> assertThat(pushed(life)).hasSize(1));
        ConsumerRecord<String, byte[]> record = pushed(life).get(0);
        assertThat(header(record, "ce_id")).isEqualTo(IdempotencyKey.ticket(life.id(), life.confirmedAt()));
        assertThat(header(record, "ce_type")).isEqualTo("lucky.order.paid.v1");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        OrderPaid body = Json.read(record.value(), OrderPaid.class);
        assertThat(body.items()).isEqualTo(life.order().items());
        life.awaitStep("push-order", "SENT");
    }

    @Test
    void aPickupEndsWhenItIsMade() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).started().awaitMake("MAKING").made().awaitSettled("MADE");

        assertThat(life.steps("payment-callback")).containsExactly("APPLIED");
        assertThat(life.steps("making-started")).containsExactly("APPLIED");
        assertThat(life.steps("made")).containsExactly("APPLIED");
        assertThat(bed.messages().on("lucky_order_changed_topic", life.id())).isEmpty();
    }

    @Test
    void aDeliveryIsToldToDispatchAtStartAndWhenMadeAndEndsAtTheDoor() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().awaitStep("dispatch-eta", "APPLIED");
        assertThat(life.now().at("/deliveredAt/from").asString()).isEqualTo("dispatch");

        life.made().awaitMake("MADE");
        await().untilAsserted(() -> {
            assertThat(bed.messages().on("lucky_order_changed_topic", life.id())).hasSize(1);
            assertThat(life.steps("dispatch-eta")).hasSize(2);
        });
        assertThat(header(bed.messages().on("lucky_order_changed_topic", life.id()).get(0), "ce_id"))
                .isEqualTo(IdempotencyKey.note(life.id(), life.confirmedAt()));

        life.express(1, ExpressChanged.State.NOTED).awaitDelivery("NOTED")
                .express(1, ExpressChanged.State.ASSIGNED).express(1, ExpressChanged.State.PICKED_UP)
                .express(1, ExpressChanged.State.DELIVERED).awaitSettled("DELIVERED");
        assertThat(life.steps("express-sync")).containsOnly("APPLIED").hasSize(4);
    }

    @Test
    void aTicketInTheAnswerOfMakeEtaSettlesThePushsDebt() {
        try (NeighbourServer.Until ends = bed.barista().answersUntilClosed("/tickets/estimates", NeighbourAnswers::tickets)) {
            OrderLife life = OrderLife.paid(bed, Kind.PICKUP).awaitMake("RECEIVED");

            assertThat(life.steps("make-eta")).containsExactly("APPLIED");
            assertThat(life.now().at("/make/ticketId").asString()).isEqualTo(life.ticketId());
            assertThat(unaccepted(life)).isEmpty();
        }
    }

    @Test
    void anOrderWithoutATicketIsListedForABaristaThatPullsByItself() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        assertThat(unaccepted(life)).containsExactly(life.id());

        life.started().awaitMake("MAKING");
        assertThat(unaccepted(life)).isEmpty();
    }

    @Test
    void aCourierWhoIsReassignedStartsAgainAndAnOldEventChangesNothing() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitMake("MADE")
                .express(1, ExpressChanged.State.NOTED).express(1, ExpressChanged.State.PICKED_UP)
                .awaitDelivery("PICKED_UP").express(2, ExpressChanged.State.ASSIGNED).awaitDelivery("ASSIGNED")
                .express(1, ExpressChanged.State.PICKED_UP).awaitStep("express-sync", "STALE");

        assertThat(life.now().at("/delivery/state").asString()).isEqualTo("ASSIGNED");
        assertThat(life.now().at("/delivery/attempt").asInt()).isEqualTo(2);
    }

    @Test
    void anEventThatComesTwiceIsAppliedOnceAndRecordedAsDuplicate() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).started().started().awaitStep("making-started", "DUPLICATE");

        assertThat(life.steps("making-started")).containsExactly("APPLIED", "DUPLICATE");
    }

    @Test
    void aCancelIsRequestedUntilTheBaristaHasDecidedAndThenDispatchDropsIt() {
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY);
        HubClient.Reply answer = hub.cancel(life.id());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("status").asString()).isEqualTo("CANCEL_REQUESTED");
        await().untilAsserted(() ->
                assertThat(bed.messages().on("lucky_cancel_making_topic", life.id())).hasSize(1));

        life.cancelDecided(CancelOutcome.Decision.CANCELLED).awaitCancel("CANCELLED").awaitSettled("CANCELLED");
        assertThat(bed.dispatch().wasAsked("/cancellations", life.id())).isTrue();
        assertThat(bed.jdbc().sql("SELECT status::text FROM payment WHERE order_id = :id").param("id", life.id())
                .query(String.class).list()).containsExactly("REFUND_DUE");
        assertThat(hub.cancel(life.id()).status()).isEqualTo(200);
    }

    @Test
    void anOrderThatIsBeingMadeCantBeCancelled() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).started().awaitMake("MAKING");

        HubClient.Reply answer = hub.cancel(life.id());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("detail").asString()).contains("accepted");
        assertThat(life.steps("cancel-order")).containsExactly("REFUSED");
    }

    @Test
    void aCancelThatComesTooLateIsRefusedByTheBaristaAndTheOrderGoesOn() {
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        assertThat(hub.cancel(life.id()).status()).isEqualTo(202);

        life.cancelDecided(CancelOutcome.Decision.REFUSED).awaitCancel("REFUSED").started().made()
                .awaitSettled("MADE");
        assertThat(hub.cancel(life.id()).status()).isEqualTo(409);
    }

    @Test
    void anOrderThatWasNeverPaidIsCancelledAtOnceAndItsLateMoneyIsDueBack() {
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        assertThat(hub.cancel(life.id()).status()).isEqualTo(200);

        assertThat(hub.pay(life.order()).status()).isEqualTo(204);
        assertThat(life.steps("payment-callback")).containsExactly("REFUND_DUE");
        assertThat(bed.messages().on("lucky_order_to_barista_topic", life.id())).isEmpty();
    }

    private List<String> unaccepted(OrderLife life) {
        return hub.get("/api/stores/" + life.order().storeId() + "/orders?state=unaccepted", SharedHub.BARISTA).json()
                .get("orders").valueStream().map(order -> order.get("orderId").asString()).toList();
    }

    private List<ConsumerRecord<String, byte[]>> pushed(OrderLife life) {
        return bed.messages().on("lucky_order_to_barista_topic", life.id());
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
