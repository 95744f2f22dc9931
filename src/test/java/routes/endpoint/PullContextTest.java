package routes.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ledger.Arrival;
import ledger.Claim;
import ledger.Result;
import ledger.Way;
import ledger.order.CancelState;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Estimate;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a pull may conclude about orders for which nobody has paid the right sum. */
class PullContextTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Event UNPAID = new Event.Unpaid("1");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void aPaymentThatIsNotTheOrdersSpeaksForUnpaid() {
        assertThat(claimed(Duration.ofMinutes(1)).unpaidAllTheSame(List.of(told("wrong", order(MakeState.CONFIRMED)))))
                .containsExactly(UNPAID);
    }

    @Test
    void aRightPaymentInTheSameAnswerSpeaksAgainstIt() {
        assertThat(claimed(Duration.ofMinutes(1)).unpaidAllTheSame(List.of(told("wrong", order(MakeState.CONFIRMED)),
                told("right", order(MakeState.PAID))))).isEmpty();
        assertThat(claimed(Duration.ofMinutes(1)).unpaidAllTheSame(List.of(told("right", order(MakeState.PAID)),
                told("wrong", order(MakeState.PAID))))).isEmpty();
    }

    @Test
    void anAnswerThatCameWhenItsLeaseHadEndedSaysNothingOfUnpaid() {
        PullContext late = claimed(Duration.ofNanos(-1));
        assertThat(late.unpaidAllTheSame(List.of(told("wrong", order(MakeState.CONFIRMED))))).isEmpty();
        assertThat(late.stillTrue(List.of(paid("wrong"), UNPAID))).containsExactly(paid("wrong"));
    }

    @Test
    void anOrderThatTheHubDoesNotKnowIsNotUnpaid() {
        assertThat(claimed(Duration.ofMinutes(1)).unpaidAllTheSame(List.of(told("wrong", null)))).isEmpty();
    }

    private PullContext claimed(Duration lease) {
        return PullContext.on(exchange, new Claim(UUID.randomUUID(), List.of(order(MakeState.CONFIRMED)), 1,
                System.nanoTime() + lease.toNanos()));
    }

    private static Event paid(String paymentId) {
        return new Event.Paid("1", paymentId, 1, "CNY", NOON);
    }

    private static Result told(String paymentId, Order after) {
        return new Result(new Arrival(paid(paymentId), "pull-payment", Way.PULL), Outcome.DUPLICATE, after, after, null, false);
    }

    private static Order order(MakeState make) {
        return new Order("1", 0, new Order.Content("store-1", Kind.PICKUP, 3200, "CNY", "[]"), NOON,
                new Order.Making(make, NOON, null, null, null), new Order.Delivery(DeliveryState.NONE, null, null, 0, null),
                new Order.Cancel(CancelState.NONE, null, null), new Estimate(NOON, "barista", NOON), null,
                new Dues(null, null, null), null);
    }
}
