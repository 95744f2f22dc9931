package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.CancelOutcome;
import contract.ExpressChanged;
import contract.Kind;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.OrderLife;
import testbed.RouteEdit;

/** The address in a pull's route is the one that is asked, and its interval is the one that is kept. */
class RouteEditsOfPullsIT extends RouteEdits {

    @Test
    @Tag("pull-payment")
    void anotherPaymentSystemIsAskedForPayments() {
        quick("pull-payment", "payment");
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        elsewhere.answers("/payments/queries", request -> NeighbourAnswers.paid(request, HubClient.payment(life.order())));
        life.awaitMake("PAID");
        assertThat(bed.payment().wasAsked("/payments/queries", life.id())).isFalse();
    }

    @Test
    @Tag("pull-unaccepted")
    void anotherBaristaIsGivenTheOrdersThatWereMissed() {
        elsewhere.answers("/orders", NeighbourAnswers::ticketsMade);
        quick("pull-unaccepted", "barista");
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).awaitMake("RECEIVED");
        assertThat(bed.barista().wasAsked("/orders", life.id())).isFalse();
    }

    @Test
    @Tag("pull-making")
    void anotherBaristaIsAskedHowFarItIs() {
        elsewhere.answers("/tickets/states", NeighbourAnswers::made);
        quick("pull-making", "barista");
        OrderLife.paid(bed, Kind.PICKUP).started().awaitSettled("MADE");
    }

    @Test
    @Tag("pull-made")
    void anotherDispatchMakesTheNotesThatAreMissing() {
        elsewhere.answers("/notes", NeighbourAnswers::notes);
        quick("pull-made", "dispatch");
        OrderLife.paid(bed, Kind.DELIVERY).started().made().awaitDelivery("NOTED");
    }

    @Test
    @Tag("pull-express")
    void anotherDispatchIsAskedForItsDeliveries() {
        elsewhere.answers("/deliveries/states",
                request -> NeighbourAnswers.deliveries(request, ExpressChanged.State.DELIVERED));
        quick("pull-express", "dispatch");
        OrderLife.paid(bed, Kind.DELIVERY).started().made().express(1, ExpressChanged.State.NOTED)
                .awaitSettled("DELIVERED");
    }

    @Test
    @Tag("pull-cancel-making")
    void anotherBaristaIsAskedForItsDecision() {
        elsewhere.answers("/cancellations", request -> NeighbourAnswers.decided(request, CancelOutcome.Decision.CANCELLED));
        quick("pull-cancel-making", "barista");
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);
        assertThat(bed.client().cancel(life.id()).status()).isEqualTo(202);
        life.awaitSettled("CANCELLED");
    }

    @Test
    @Tag("pull-cancel-dispatch")
    void anotherDispatchIsToldOnceMoreToDropIt() {
        elsewhere.answers("/cancellations", NeighbourAnswers::cancelled);
        try (var silent = bed.dispatch().answersUntilClosed("/cancellations", request -> null)) {
            quick("pull-cancel-dispatch", "dispatch");
            OrderLife life = OrderLife.paid(bed, Kind.DELIVERY);
            assertThat(bed.client().cancel(life.id()).status()).isEqualTo(202);
            life.cancelDecided(CancelOutcome.Decision.CANCELLED).awaitSettled("CANCELLED");
        }
    }

    /** A schedule in a database would keep the first; this one is the route's. */
    @Test
    void anEditedCronTakesEffect() {
        elsewhere.answers("/orders", NeighbourAnswers::ticketsMade);
        // Half an hour away, and once an hour, which is the seldomest that a pull may be.
        String hourly = "0 " + (LocalTime.now(ZoneOffset.UTC).getMinute() + 30) % 60 + " * * * ?";
        RouteEdit seldom = of("pull-unaccepted").replacing("every: '{{pull.unaccepted.every}}'",
                "cron: " + hourly).replacing("'{{pull.unaccepted.age}}'", "100ms")
                .replacing("{{barista.url}}", elsewhere.url());
        deploy(seldom);
        OrderLife life = OrderLife.paid(bed, Kind.PICKUP);

        seldom.replacing(hourly, "0/1 * * * * ?").deploy();
        life.awaitMake("RECEIVED");

        seldom.replacing("0/1 * * * * ?", hourly).deploy();
        int asked = elsewhere.requests("/orders").size();
        OrderLife later = OrderLife.paid(bed, Kind.PICKUP);
        await().during(java.time.Duration.ofSeconds(2)).until(() -> elsewhere.requests("/orders").size() == asked);
        assertThat(later.now().at("/make/state").asString()).isEqualTo("PAID");
    }

    private void quick(String id, String neighbour) {
        String name = id.substring("pull-".length());
        deploy(of(id).replacing("'{{pull." + name + ".every}}'", "1s").replacing("'{{pull." + name + ".age}}'", "100ms")
                .replacing("{{" + neighbour + ".url}}", elsewhere.url()));
    }
}
