package ledger.order;

import static org.assertj.core.api.Assertions.assertThat;

import contract.CancelMaking;
import contract.Item;
import contract.Kind;
import contract.OrderPaid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import simulators.barista.Kitchen;
import simulators.barista.KitchenPace;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

/**
 * Cancel against accept: the hub's rules and a barista that is its own master, joined by messages that come in any
 * sequence, late, or never. Every interleaving is played to its end; then the pulls ask until nothing is owed.
 */
class CancelInterleavingsTest {

    /** What may happen next: what comes by message at most twice, all else at most once. */
    private enum Act {
        PAY, WISH,
        /** The push of the order arrives. */
        PUSHED,
        /** The pull hands the order over; its answer arrives at once. */
        PULLED,
        /** The store accepts. */
        ACCEPT,
        /** The cancel's message arrives. */
        CANCEL_PUSHED,
        /** The pull asks for the decision; its answer arrives at once. */
        CANCEL_PULLED,
        /** What the barista says of the cancel arrives. */
        OUTCOME,
        /** That it was accepted arrives. */
        STARTED
    }

    private static final Set<Act> DOUBLED = EnumSet.of(Act.PUSHED, Act.CANCEL_PUSHED);
    private static final Transitions RULES = new Transitions(OrderFixture.PATIENCE);
    private static final OrderPaid ORDER = new OrderPaid(OrderFixture.ORDER, "store-1", Kind.PICKUP,
            List.of(new Item("latte", 1)), OrderFixture.NOON);
    private static final CancelMaking CANCEL = new CancelMaking(OrderFixture.ORDER, "store-1", null, OrderFixture.NOON);

    /** One run of hub and barista, and what is on its way between them. */
    private static final class World {
        private final Kitchen kitchen = new Kitchen(new KitchenPace(Duration.ofSeconds(1), Duration.ZERO,
                Duration.ZERO, Duration.ZERO, 0), 1);
        private final List<Act> done = new ArrayList<>();
        private Order order = OrderFixture.confirmed(Kind.PICKUP);
        private Instant now = OrderFixture.NOON;
        private String ticketId;
        private boolean accepted;
        private boolean agreed;
        private Event outcome;
        private int tickets;

        boolean can(Act act) {
            return Collections.frequency(done, act) < (DOUBLED.contains(act) ? 2 : 1) && switch (act) {
                case PAY, WISH -> true;
                case PUSHED -> done.contains(Act.PAY) && order.making().paymentId() != null;
                case PULLED -> owes(Debt.TICKET);
                case ACCEPT -> ticketId != null;
                case CANCEL_PUSHED -> order.cancel().since() != null && order.making().paymentId() != null;
                case CANCEL_PULLED -> owes(Debt.DECISION);
                case OUTCOME -> outcome != null;
                case STARTED -> accepted;
            };
        }

        void play(Act act) {
            done.add(act);
            now = now.plusMillis(1);
            switch (act) {
                case PAY -> hear(OrderFixture.paid());
                case WISH -> hear(OrderFixture.cancelWish());
                case PUSHED -> take();
                case PULLED -> take().ifPresent(this::hear);
                case ACCEPT -> accepted |= kitchen.accept(ticketId, now).isPresent();
                case CANCEL_PUSHED -> outcome = decide();
                case CANCEL_PULLED -> hear(decide());
                case OUTCOME -> hear(outcome);
                case STARTED -> hear(new Event.MakingStarted(OrderFixture.ORDER, ticketId, "AUTOMATIC", now));
            }
        }

        /** Messages may be lost for good; what is owed is asked for until it isn't. */
        void pullUntilNothingIsOwed() {
            for (int round = 0; round < 10 && order.dues().barista() != null; round++) {
                now = now.plusMillis(1);
                switch (order.dues().barista().debt()) {
                    case TICKET -> take().ifPresent(this::hear);
                    case DECISION -> hear(decide());
                    case MAKING -> {
                        accepted |= kitchen.accept(ticketId, now).isPresent();
                        kitchen.finish(ticketId, now);
                        hear(OrderFixture.made(ticketId));
                    }
                    default -> throw new AssertionError("the barista can't owe " + order.dues());
                }
            }
        }

        private boolean owes(Debt debt) {
            return order.dues().barista() != null && order.dues().barista().debt() == debt;
        }

        private void hear(Event event) {
            if (RULES.decide(order, event, now) instanceof Decision.Applied applied) {
                order = applied.order();
            }
        }

        /** @return what the barista answers to whoever waits for an answer */
        private Optional<Event> take() {
            Entry entry = kitchen.take(ORDER, "key", Via.PUSH, now);
            tickets += entry.what() == What.TICKET_CREATED ? 1 : 0;
            if (entry.what() == What.TICKET_REFUSED) {
                return Optional.of(new Event.TicketRefused(OrderFixture.ORDER, entry.get("reason")));
            }
            ticketId = entry.id();
            return kitchen.ticket(OrderFixture.ORDER, now).map(ticket ->
                    new Event.TicketKnown(OrderFixture.ORDER, ticket.ticketId(), ticket.readyAt(), now));
        }

        private Event decide() {
            Entry entry = kitchen.cancel(CANCEL, "cancel", Via.PUSH, now);
            boolean cancelled = entry.get("decision").equals("CANCELLED");
            agreed |= cancelled;
            return new Event.CancelDecided(OrderFixture.ORDER, cancelled, entry.get("reason"));
        }
    }

    @Test
    void theBaristasFirstDecisionWinsAndBothSidesLearnItWhateverTheSequence() {
        List<List<Act>> sequences = new ArrayList<>();
        explore(new ArrayList<>(), sequences);
        int won = 0;
        int lost = 0;
        for (List<Act> sequence : sequences) {
            World world = played(sequence);
            world.pullUntilNothingIsOwed();
            boolean cancelled = world.order.cancel().state() == CancelState.CANCELLED;
            won += cancelled && world.agreed ? 1 : 0;
            lost += world.order.cancel().state() == CancelState.REFUSED ? 1 : 0;

            assertThat(world.accepted && world.agreed).as("accepted and cancelled: %s", sequence).isFalse();
            assertThat(world.tickets).as("tickets after %s", sequence).isLessThan(2);
            if (world.order.making().paymentId() == null) {
                assertThat(world.tickets).as("nothing is made of what nobody paid: %s", sequence).isZero();
            } else {
                assertThat(world.order.settled()).as("ends: %s", sequence).isNotNull();
                assertThat(cancelled).as("the hub knows what the barista decided: %s", sequence).isEqualTo(world.agreed);
                assertThat(world.order.making().state() == MakeState.MADE).as("made: %s", sequence)
                        .isEqualTo(world.accepted);
            }
            assertThat(cancelled && world.ticketId != null
                    && world.kitchen.accept(world.ticketId, world.now).isPresent())
                    .as("a dead ticket can't be accepted any more: %s", sequence).isFalse();
        }
        assertThat(sequences).as("interleavings").hasSizeGreaterThan(5_000);
        assertThat(won).as("cancels that came in time").isPositive();
        assertThat(lost).as("cancels that came too late").isPositive();
    }

    @Test
    void aCancelThatOvertakesItsOrderLeavesATombstone() {
        World world = played(List.of(Act.PAY, Act.WISH, Act.CANCEL_PUSHED, Act.PUSHED));
        assertThat(world.tickets).isZero();
        world.play(Act.CANCEL_PULLED);
        assertThat(world.order.settled().as()).isEqualTo(Settlement.CANCELLED);
        assertThat(world.take()).as("a pull of it is refused as well")
                .containsInstanceOf(Event.TicketRefused.class);
    }

    private static World played(List<Act> sequence) {
        World world = new World();
        sequence.forEach(world::play);
        return world;
    }

    /** Every sequence of acts, each of which can happen where it stands; a sequence may end anywhere. */
    private static void explore(List<Act> sofar, List<List<Act>> found) {
        found.add(List.copyOf(sofar));
        World world = played(sofar);
        for (Act act : Act.values()) {
            if (world.can(act)) {
                List<Act> next = new ArrayList<>(sofar);
                next.add(act);
                explore(next, found);
            }
        }
    }
}
