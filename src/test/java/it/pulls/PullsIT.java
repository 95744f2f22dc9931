package it.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.BaristaApi;
import contract.CancelOutcome;
import contract.ExpressChanged;
import contract.IdempotencyKey;
import contract.Json;
import contract.Kind;
import contract.PaymentCallback;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.OrderLife;
import testbed.QuickPulls;
import testbed.SeparateHub;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** What the push loses, the pull finds: no event ever comes in these tests, and every order goes its way all the same. */
class PullsIT {

    private static SeparateHub alone;
    private final HubClient hub = alone.client();

    @BeforeAll
    static void start() {
        alone = new SeparateHub("pulls", QuickPulls.pulls());
    }

    @AfterAll
    static void end() {
        alone.close();
    }

    @AfterEach
    void theNeighboursSayNothing() {
        alone.barista.answers("/orders", request -> NeighbourAnswers.noneDecided());
        alone.barista.answers("/tickets/states", request -> NeighbourAnswers.noTicketStates());
        alone.barista.answers("/cancellations", request -> NeighbourAnswers.noDecisions());
        alone.dispatch.answers("/notes", request -> NeighbourAnswers.noNotes());
        alone.dispatch.answers("/deliveries/states", request -> NeighbourAnswers.noDeliveries());
        alone.payment.answers("/payments/queries", request -> NeighbourAnswers.nothingOfPayments());
    }

    @Test
    void aPaymentWhoseCallbackNeverCameIsFoundAndCheckedLikeACallback() {
        OrderLife found = confirmed(Kind.PICKUP);
        OrderLife cheated = confirmed(Kind.PICKUP);
        PaymentCallback right = HubClient.payment(found.order());
        PaymentCallback wrong = HubClient.payment(cheated.order());
        PaymentCallback less = new PaymentCallback(wrong.paymentId(), wrong.orderId(), 1, wrong.currency(),
                wrong.paidAt());
        alone.payment.answers("/payments/queries", request -> NeighbourAnswers.paid(request, right, less));

        found.awaitMake("PAID");
        assertThat(found.steps("pull-payment")).contains("APPLIED");
        await().untilAsserted(() -> assertThat(alone.messages.on("lucky_order_to_barista_topic", found.id()))
                .as("and is pushed like any other").hasSize(1));
        cheated.awaitStep("pull-payment", "REFUSED");
        assertThat(cheated.now().at("/make/state").asString()).isEqualTo("CONFIRMED");
    }

    @Test
    void theRightPaymentCountsWhicheverThePaymentSystemNamesFirst() {
        for (boolean wrongFirst : new boolean[] {true, false}) {
            OrderLife life = confirmed(Kind.PICKUP);
            PaymentCallback right = HubClient.payment(life.order());
            PaymentCallback wrong = new PaymentCallback("wrong-" + life.id(), life.id(), 1, right.currency(), right.paidAt());
            assertThat(hub.callback(wrong).status()).isEqualTo(422);
            longAgo(life, "confirmed_at");
            alone.payment.answers("/payments/queries", request ->
                    wrongFirst ? NeighbourAnswers.paid(request, wrong, right) : NeighbourAnswers.paid(request, right, wrong));

            life.awaitStep("pull-payment", "APPLIED");
            assertThat(life.now().at("/make/state").asString()).as("wrong first: %s", wrongFirst).isEqualTo("PAID");
            assertThat(refunds()).contains(wrong.paymentId()).doesNotContain(right.paymentId());
        }
    }

    @Test
    void anOrderOfWhichOnlyWrongSumsWerePaidExpiresAndAllOfThatMoneyIsDueBack() {
        OrderLife life = confirmed(Kind.PICKUP);
        PaymentCallback right = HubClient.payment(life.order());
        PaymentCallback half = new PaymentCallback("half-" + life.id(), life.id(), 1, right.currency(), right.paidAt());
        PaymentCallback rest = new PaymentCallback("rest-" + life.id(), life.id(), 2, right.currency(), right.paidAt());
        hub.callback(half);
        alone.payment.answers("/payments/queries", request -> NeighbourAnswers.paid(request, half, rest));
        life.awaitStep("pull-payment", "REFUSED");
        assertThat(life.now().get("settledAs").isNull()).as("in time").isTrue();

        longAgo(life, "confirmed_at");
        life.awaitSettled("EXPIRED");
        assertThat(refunds()).contains(half.paymentId(), rest.paymentId());
    }

    private List<String> refunds() {
        return hub.get("/api/refunds?limit=500", SharedHub.OPERATOR).json().get("refunds").valueStream()
                .map(refund -> refund.get("paymentId").asString()).toList();
    }

    @Test
    void anOrderThatThePaymentSystemKnowsNothingOfIsNotGivenUp() {
        OrderLife life = confirmed(Kind.PICKUP);
        life.awaitStep("pull-payment", "FAILED");
        assertThat(life.now().get("settledAs").isNull()).isTrue();
    }

    @Test
    void anOrderThatTheBaristaNeverHeardOfIsHandedToItUnderThePushesKey() {
        alone.barista.answers("/orders", NeighbourAnswers::ticketsMade);
        OrderLife life = paid(Kind.PICKUP).awaitMake("RECEIVED");

        assertThat(life.steps("pull-unaccepted")).contains("APPLIED");
        assertThat(life.now().at("/make/ticketId").asString()).isEqualTo(life.ticketId());
        List<BaristaApi.OrdersRequest> calls = alone.barista.requests("/orders").stream()
                .map(body -> Json.read(body, BaristaApi.OrdersRequest.class)).toList();
        assertThat(calls).anySatisfy(call -> {
            assertThat(call.storeId()).isEqualTo(life.order().storeId());
            assertThat(call.orders()).singleElement().satisfies(order -> {
                assertThat(order.orderId()).isEqualTo(life.id());
                assertThat(order.idempotencyKey()).isEqualTo(IdempotencyKey.ticket(life.id(), life.confirmedAt()));
                assertThat(order.items()).isEqualTo(life.order().items());
            });
        });
    }

    @Test
    void aStoreThatIsClosedIsAskedAgainAndItsOrderIsListedAsStuckWithTheCause() {
        alone.barista.answers("/orders", NeighbourAnswers::closed);
        OrderLife life = paid(Kind.PICKUP);
        longAgo(life, "make_since");

        JsonNode stuck = awaitStuck(life, "refused 2 times: closed");
        assertThat(stuck.get("cause").asString()).startsWith("unaccepted for 60 min: barista of store "
                + life.order().storeId());
        assertThat(stuck.at("/act/path").asString()).isEqualTo("/api/orders/" + life.id() + "/pull");
        assertThat(life.now().at("/make/state").asString()).isEqualTo("PAID");
    }

    @Test
    void theActThatRepairsAStuckOrderAsksAtOnce() {
        alone.barista.answers("/orders", NeighbourAnswers::closed);
        OrderLife life = paid(Kind.PICKUP).awaitStep("pull-unaccepted", "FAILED");
        alone.jdbc().sql("UPDATE orders SET barista_due = now() + interval '1 hour' WHERE id = :id")
                .param("id", life.id()).update();
        alone.barista.answers("/orders", NeighbourAnswers::ticketsMade);

        assertThat(hub.post("/api/orders/" + life.id() + "/pull", SharedHub.OPERATOR, new byte[0]).status()).isEqualTo(202);
        life.awaitMake("RECEIVED");
    }

    @Test
    void nothingCanBePulledForAnOrderThatIsOverOrUnknown() {
        OrderLife life = paid(Kind.PICKUP).made().awaitSettled("MADE");
        assertThat(hub.post("/api/orders/" + life.id() + "/pull", SharedHub.OPERATOR, new byte[0]).status()).isEqualTo(409);
        assertThat(hub.post("/api/orders/nobody/pull", SharedHub.OPERATOR, new byte[0]).status()).isEqualTo(404);
        assertThat(hub.post("/api/orders/" + life.id() + "/pull", SharedHub.SHOP, new byte[0]).status()).isEqualTo(403);
    }

    @Test
    void anOrderThatTheBaristaWillNeverMakeEndsAndIsHandedToAPerson() {
        alone.barista.answers("/orders", NeighbourAnswers::ordersRefused);
        OrderLife life = paid(Kind.PICKUP).awaitSettled("REFUSED");
        assertThat(life.steps("pull-unaccepted")).contains("APPLIED");
        assertThat(alone.jdbc().sql("SELECT count(*) FROM parked WHERE order_id = :id").param("id", life.id())
                .query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void oneLostMadeDoesNotMeanADrinkThatIsNeverFetched() {
        OrderLife life = paid(Kind.PICKUP).started().awaitMake("MAKING");
        alone.barista.answers("/tickets/states", NeighbourAnswers::made);
        life.awaitSettled("MADE");
        assertThat(life.steps("pull-making")).contains("APPLIED");
    }

    @Test
    void acceptanceByHandTakesItsTimeAndIsNoFault() {
        alone.barista.answers("/orders", NeighbourAnswers::ticketsMade);
        alone.barista.answers("/tickets/states", NeighbourAnswers::waiting);
        OrderLife life = paid(Kind.PICKUP).awaitMake("RECEIVED").awaitStep("pull-making", "FAILED");
        assertThat(hub.cancel(life.id()).status()).as("not accepted, so it can be cancelled").isEqualTo(202);
    }

    @Test
    void aMadeDeliveryThatDispatchNeverHeardOfGetsItsNoteAndIsFollowedToTheDoor() {
        OrderLife life = paid(Kind.DELIVERY).started().made().awaitMake("MADE");
        alone.dispatch.answers("/notes", NeighbourAnswers::notes);
        life.awaitDelivery("NOTED");
        assertThat(life.steps("pull-made")).contains("APPLIED");

        alone.dispatch.answers("/deliveries/states",
                request -> NeighbourAnswers.deliveries(request, ExpressChanged.State.DELIVERED));
        life.awaitSettled("DELIVERED");
        assertThat(life.steps("pull-express")).contains("APPLIED");
    }

    @Test
    void aCancelWhoseMessageOrAnswerGotLostIsDecidedAllTheSame() {
        OrderLife agreed = paid(Kind.PICKUP);
        hub.cancel(agreed.id());
        alone.barista.answers("/cancellations", request -> NeighbourAnswers.decided(request, CancelOutcome.Decision.CANCELLED));
        agreed.awaitCancel("CANCELLED").awaitSettled("CANCELLED");
        assertThat(agreed.steps("pull-cancel-making")).contains("APPLIED");

        OrderLife tooLate = paid(Kind.PICKUP);
        alone.barista.answers("/cancellations", request -> NeighbourAnswers.decided(request, CancelOutcome.Decision.REFUSED));
        hub.cancel(tooLate.id());
        tooLate.awaitCancel("REFUSED");
    }

    @Test
    void aCancelledDeliveryIsDroppedByDispatchEvenIfTheCallFailed() {
        alone.dispatch.answersStatus("/cancellations", 500);
        alone.dispatch.answers("/cancellations", request -> null);
        OrderLife life = paid(Kind.DELIVERY);
        hub.cancel(life.id());
        life.cancelDecided(CancelOutcome.Decision.CANCELLED).awaitCancel("CANCELLED")
                .awaitStep("cancel-dispatch", "FAILED");

        alone.dispatch.answers("/cancellations", NeighbourAnswers::cancelled);
        life.awaitSettled("CANCELLED");
        assertThat(life.steps("pull-cancel-dispatch")).contains("APPLIED");
    }

    @Test
    void oneOrderThatANeighbourChokesOnDoesNotKeepTheOthers() {
        OrderLife poison = confirmed(Kind.DELIVERY);
        alone.dispatch.answersStatus("/notes", 422);
        alone.dispatch.answers("/notes", request ->
                new String(request).contains(poison.id()) ? null : NeighbourAnswers.notes(request));
        assertThat(hub.pay(poison.order()).status()).isEqualTo(204);
        poison.started().made();
        List<OrderLife> others = List.of(paid(Kind.DELIVERY), paid(Kind.DELIVERY), paid(Kind.DELIVERY));
        others.forEach(life -> life.started().made());

        others.forEach(life -> life.awaitDelivery("NOTED"));
        poison.awaitStep("pull-made", "FAILED");
        assertThat(poison.now().at("/delivery/state").asString()).isEqualTo("NONE");
    }

    private JsonNode awaitStuck(OrderLife life, String cause) {
        return await().until(() -> hub.get("/api/stuck?store=" + life.order().storeId(), SharedHub.OPERATOR).json()
                        .get("orders").valueStream().filter(stuck -> stuck.get("cause").asString().contains(cause))
                        .findFirst().orElse(null),
                found -> found != null);
    }

    private void longAgo(OrderLife life, String column) {
        alone.jdbc().sql("UPDATE orders SET " + column + " = now() - interval '1 hour' WHERE id = :id")
                .param("id", life.id()).update();
    }

    private OrderLife confirmed(Kind kind) {
        return OrderLife.confirmed(hub, alone.messages, kind);
    }

    private OrderLife paid(Kind kind) {
        return OrderLife.paid(hub, alone.messages, kind);
    }
}
