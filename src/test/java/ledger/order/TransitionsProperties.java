package ledger.order;

import static ledger.order.OrderFixture.minute;
import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for one order whatever is said of it, how often, and in which order. */
class TransitionsProperties {

    private final Transitions transitions = new Transitions(OrderFixture.PATIENCE);

    /** One order's life as the ledger would have it: what is early waits, and is applied when the payment is. */
    private final class Life {

        private final List<Event> early = new ArrayList<>();
        private Order order;
        private int minute;

        Life(Kind kind) {
            order = OrderFixture.confirmed(kind);
        }

        Decision hear(Event event) {
            Decision decision = transitions.decide(order, event, minute(++minute));
            if (decision instanceof Decision.Early) {
                early.add(event);
            } else if (decision instanceof Decision.Applied applied) {
                order = applied.order();
                if (applied.changes().contains(Change.PAID)) {
                    List<Event> freed = List.copyOf(early);
                    early.clear();
                    freed.forEach(this::hear);
                }
            }
            return decision;
        }
    }


    @Property(tries = 2000)
    void statesNeverMoveBack(@ForAll Kind kind, @ForAll("anything") List<Event> events) {
        Life life = new Life(kind);
        for (Event event : events) {
            Order before = life.order;
            Decision decision = life.hear(event);
            Order now = life.order;
            assertThat(now.making().state()).isGreaterThanOrEqualTo(before.making().state());
            assertThat(progress(now.delivery())).isGreaterThanOrEqualTo(progress(before.delivery()));
            if (before.delivery().state().isFinal()) {
                assertThat(now.delivery()).isEqualTo(before.delivery());
            }
            if (before.cancel().state() == CancelState.CANCELLED || before.cancel().state() == CancelState.REFUSED) {
                assertThat(now.cancel()).isEqualTo(before.cancel());
            }
            assertThat(now.cancel().state()).isGreaterThanOrEqualTo(before.cancel().state());
            assertThat(now.ready().asOf()).isAfterOrEqualTo(before.ready().asOf());
            if (before.delivered() != null) {
                assertThat(now.delivered().asOf()).isAfterOrEqualTo(before.delivered().asOf());
            }
            if (!(decision instanceof Decision.Applied)) {
                assertThat(now).as("after %s of %s", decision, event).isEqualTo(before);
            }
        }
    }

    @Property(tries = 2000)
    void theSameEventTwiceChangesNothingTheSecondTime(@ForAll Kind kind, @ForAll("anything") List<Event> events) {
        Life life = new Life(kind);
        for (Event event : events) {
            life.hear(event);
            Order once = life.order;
            assertThat(life.hear(event)).isNotInstanceOf(Decision.Applied.class);
            assertThat(life.order).isEqualTo(once);
        }
    }

    @Property(tries = 2000)
    void whatWasHeardOnceIsNewsNeverAgain(@ForAll Kind kind, @ForAll("anything") List<Event> events) {
        Life life = new Life(kind);
        events.forEach(life::hear);
        Order told = life.order;
        // A wish to cancel or a payment may have come too early to be granted; all others have had their say.
        events.stream().filter(event -> !(event instanceof Event.CancelRequested)
                && !(event instanceof Event.CancelDecided) && !(event instanceof Event.DispatchCancelled)
                && !(event instanceof Event.Unpaid)).forEach(life::hear);
        assertThat(life.order.making().state()).isEqualTo(told.making().state());
        assertThat(life.order.delivery()).isEqualTo(told.delivery());
        assertThat(life.order.ready().asOf()).isEqualTo(told.ready().asOf());
    }

    @Property(tries = 2000)
    void thereIsOnePaymentOneTicketAndOneNote(@ForAll Kind kind, @ForAll("anything") List<Event> events) {
        Life life = new Life(kind);
        for (Event event : events) {
            Order before = life.order;
            life.hear(event);
            staysOnceKnown(before.making().paymentId(), life.order.making().paymentId());
            staysOnceKnown(before.making().ticketId(), life.order.making().ticketId());
            staysOnceKnown(before.delivery().noteId(), life.order.delivery().noteId());
            if (life.order.making().ticketId() != null || life.order.delivery().noteId() != null) {
                assertThat(life.order.making().paymentId()).as("no ticket without a payment").isNotNull();
            }
        }
    }

    @Property(tries = 2000)
    void settledStaysSettledAndOwesNothingAndNothingElseIsForgotten(@ForAll Kind kind,
                                                                   @ForAll("anything") List<Event> events) {
        Life life = new Life(kind);
        for (Event event : events) {
            Order before = life.order;
            life.hear(event);
            Order now = life.order;
            if (before.settled() != null) {
                assertThat(now.settled()).isEqualTo(before.settled());
                assertThat(now).isEqualTo(before);
            }
            assertThat(now.dues().equals(Dues.NONE)).as("owes nothing: %s", now).isEqualTo(now.settled() != null);
            if (now.making().state() != MakeState.CONFIRMED) {
                assertThat(life.early).as("nothing waits for what has come").isEmpty();
            }
        }
    }

    @Property(tries = 3000)
    void aHappyLifeEndsSettledHoweverItsNewsArrive(@ForAll Kind kind, @ForAll boolean reassigned,
                                                  @ForAll Random shuffle) {
        List<Event> news = new ArrayList<>(List.of(OrderFixture.paid(), OrderFixture.ticket("ticket-1", 9, minute(1)),
                OrderFixture.started(), OrderFixture.made()));
        if (kind == Kind.DELIVERY) {
            int last = reassigned ? 2 : 1;
            news.add(OrderFixture.dispatchTime(30, minute(2)));
            news.addAll(List.of(OrderFixture.express(DeliveryState.NOTED, 1), OrderFixture.express(DeliveryState.ASSIGNED, 1),
                    OrderFixture.express(DeliveryState.NOTED, last), OrderFixture.express(DeliveryState.ASSIGNED, last),
                    OrderFixture.express(DeliveryState.PICKED_UP, last), OrderFixture.express(DeliveryState.DELIVERED, last)));
        }
        IntStream.range(0, shuffle.nextInt(6)).forEach(i -> news.add(news.get(shuffle.nextInt(news.size()))));
        Collections.shuffle(news, shuffle);

        Life life = new Life(kind);
        news.forEach(life::hear);

        assertThat(life.order.settled()).as("after %s", news).isNotNull();
        assertThat(life.order.settled().as())
                .isEqualTo(kind == Kind.DELIVERY ? Settlement.DELIVERED : Settlement.MADE);
        assertThat(life.order.making().state()).isEqualTo(MakeState.MADE);
        assertThat(life.early).isEmpty();
    }

    @Property(tries = 2000)
    void aWishToCancelEndsOneWayOrTheOther(@ForAll Kind kind, @ForAll boolean accepted, @ForAll Random shuffle) {
        // The barista decides once: what it says follows from that, whatever the sequence in which it is heard.
        List<Event> said = new ArrayList<>(accepted
                ? List.of(OrderFixture.ticket(), OrderFixture.cancelDeclined(), OrderFixture.started(), OrderFixture.made())
                : List.of(OrderFixture.ticket(), OrderFixture.cancelAgreed()));
        Collections.shuffle(said, shuffle);

        Life life = new Life(kind);
        life.hear(OrderFixture.paid());
        life.hear(OrderFixture.cancelWish());
        said.forEach(life::hear);
        if (kind == Kind.DELIVERY) {
            life.hear(accepted ? OrderFixture.express(DeliveryState.DELIVERED, 1) : OrderFixture.dropped());
        }

        assertThat(life.order.cancel().state()).isEqualTo(accepted ? CancelState.REFUSED : CancelState.CANCELLED);
        assertThat(life.order.settled().as()).isEqualTo(!accepted ? Settlement.CANCELLED
                : kind == Kind.DELIVERY ? Settlement.DELIVERED : Settlement.MADE);
    }

    private static void staysOnceKnown(String before, String now) {
        if (before != null) {
            assertThat(now).isEqualTo(before);
        }
    }

    private static int progress(Order.Delivery delivery) {
        return delivery.attempt() * 100 + delivery.state().ordinal();
    }

    /** Sequences with doubles and contradictions. Payments are frequent, as little happens without one. */
    @Provide
    Arbitrary<List<Event>> anything() {
        Arbitrary<String> tickets = Arbitraries.of("ticket-1", "ticket-1", "ticket-1", "ticket-2");
        Arbitrary<String> notes = Arbitraries.of("note-1", "note-1", "note-1", "note-2");
        Arbitrary<Integer> minutes = Arbitraries.integers().between(-5, 60);
        // Worked out before it is heard, or by a clock that is far ahead.
        Arbitrary<Instant> asOfs = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.integers().between(-5, 60).map(OrderFixture.NOON::plusSeconds)),
                Tuple.of(1, Arbitraries.of(Instant.parse("2999-01-01T00:00:00Z"))));
        Arbitrary<DeliveryState> states = Arbitraries.of(Stream.of(DeliveryState.values())
                .filter(state -> state != DeliveryState.NONE).toList());
        Arbitrary<Event> payment = Arbitraries.of(OrderFixture.paid(), OrderFixture.paid(), OrderFixture.paid(), OrderFixture.paid("pay-2", 3200),
                OrderFixture.paid("pay-3", 1));
        Arbitrary<Event> event = Arbitraries.frequencyOf(
                Tuple.of(3, payment),
                Tuple.of(2, Combinators.combine(tickets, minutes, asOfs).as(OrderFixture::ticket)),
                Tuple.of(2, tickets.map(OrderFixture::started)),
                Tuple.of(2, tickets.map(OrderFixture::made)),
                Tuple.of(1, Combinators.combine(minutes, asOfs).as(OrderFixture::dispatchTime)),
                Tuple.of(4, Combinators.combine(notes, states, Arbitraries.integers().between(1, 3))
                        .as(OrderFixture::express)),
                Tuple.of(2, Arbitraries.of(OrderFixture.cancelWish(), OrderFixture.cancelAgreed(),
                        OrderFixture.cancelDeclined(), OrderFixture.dropped())),
                Tuple.of(1, Arbitraries.of(OrderFixture.unpaid(), OrderFixture.cancelWish(), OrderFixture.paid())));
        return event.list().ofMinSize(1).ofMaxSize(25);
    }
}
