package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import contract.CancelOutcome;
import contract.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.OrderLife;

/** The address in a route is the one that is asked, and its time-out is the one that is kept. */
class RouteEditsOfCallsIT extends RouteEdits {

    @Test
    @Tag("confirm-barista-eta")
    void anotherBaristaIsAskedWhenItWouldBeReady() {
        elsewhere.answers("/estimates", NeighbourAnswers::readyAt);
        edit("confirm-barista-eta", "{{barista.url}}", elsewhere.url());

        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);

        assertThat(elsewhere.wasAsked("/estimates", life.id())).isTrue();
        assertThat(bed.barista().wasAsked("/estimates", life.id())).isFalse();
        assertThat(life.now().at("/readyAt/from").asString()).isEqualTo("barista");
    }

    @Test
    @Tag("confirm-barista-eta")
    void aShorterTimeOutGivesASlowBaristaUpSooner() {
        CountDownLatch tooLate = new CountDownLatch(1);
        elsewhere.answers("/estimates", request -> {
            awaited(tooLate);
            return NeighbourAnswers.readyAt(request);
        });
        deploy(of("confirm-barista-eta").replacing("{{barista.url}}", elsewhere.url())
                .replacing("timeout: 800ms", "timeout: 100ms"));

        long before = System.nanoTime();
        OrderLife life = OrderLife.confirmed(bed, Kind.PICKUP);
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        tooLate.countDown();

        assertThat(life.now().at("/readyAt/from").asString()).isEqualTo("fallback: time-out");
        assertThat(elsewhere.requests("/estimates")).hasSize(2);
        assertThat(took).as("two attempts, each shorter than the 800 ms that were shipped")
                .isLessThan(Duration.ofMillis(2 * 800));
    }

    @Test
    @Tag("confirm-dispatch-eta")
    void dispatchIsAskedAtAnotherPathWhenItWouldBeDelivered() {
        try (NeighbourServer.Until closed = bed.dispatch().answersUntilClosed("/v2/estimates", NeighbourAnswers::deliveredAt)) {
            edit("confirm-dispatch-eta", "/estimates", "/v2/estimates");

            OrderLife life = OrderLife.confirmed(bed, Kind.DELIVERY);

            assertThat(bed.dispatch().wasAsked("/v2/estimates", life.id())).isTrue();
            assertThat(bed.dispatch().wasAsked("/estimates", life.id())).isFalse();
            assertThat(life.now().at("/deliveredAt/from").asString()).isEqualTo("dispatch");
        }
    }

    @Test
    @Tag("make-eta")
    void anotherBaristaIsAskedForTickets() {
        elsewhere.answers("/tickets/estimates", NeighbourAnswers::tickets);
        edit("make-eta", "{{barista.url}}", elsewhere.url());

        OrderLife life = OrderLife.paid(bed, Kind.PICKUP).awaitMake("RECEIVED");

        assertThat(elsewhere.wasAsked("/tickets/estimates", life.id())).isTrue();
        assertThat(bed.barista().wasAsked("/tickets/estimates", life.id())).isFalse();
    }

    @Test
    @Tag("dispatch-eta")
    void anotherDispatchIsToldOfTheMaking() {
        elsewhere.answers("/dispatch-times", NeighbourAnswers::dispatchTimes);
        edit("dispatch-eta", "{{dispatch.url}}", elsewhere.url());

        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY).started().awaitStep("dispatch-eta", "APPLIED");

        assertThat(elsewhere.wasAsked("/dispatch-times", life.id())).isTrue();
        assertThat(bed.dispatch().wasAsked("/dispatch-times", life.id())).isFalse();
    }

    @Test
    @Tag("cancel-dispatch")
    void anotherDispatchIsToldToDropIt() {
        elsewhere.answers("/cancellations", NeighbourAnswers::cancelled);
        edit("cancel-dispatch", "{{dispatch.url}}", elsewhere.url());
        OrderLife life = OrderLife.paid(bed, Kind.DELIVERY);
        assertThat(bed.client().cancel(life.id()).status()).isEqualTo(202);

        life.cancelDecided(CancelOutcome.Decision.CANCELLED).awaitStep("cancel-dispatch", "APPLIED");

        assertThat(elsewhere.wasAsked("/cancellations", life.id())).isTrue();
        assertThat(bed.dispatch().wasAsked("/cancellations", life.id())).isFalse();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
