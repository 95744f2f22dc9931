package routes;

import contract.BaristaApi;
import contract.CancelOutcome;
import contract.DispatchApi;
import contract.EventType;
import contract.ExpressChanged;
import contract.Made;
import contract.MakingStarted;
import contract.PaymentApi;
import contract.PaymentCallback;
import contract.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ledger.DeliveryState;
import ledger.Event;

/**
 * What the ledger can be told, by the name that stands after {@code ledger:} in a {@code to}.
 *
 * @param type the CloudEvents type when it comes over Kafka; null when it doesn't
 * @param wire the message or answer that says it
 */
record Fact<T>(String name, EventType type, Class<T> wire, Function<T, Reading> reading) {

    /** @param causes why a neighbour did nothing for an order, by the order's id */
    record Reading(List<Event> events, Map<String, String> causes) {

        Reading(List<Event> events) {
            this(events, Map.of());
        }

        static Reading of(Event event) {
            return new Reading(List.of(event));
        }
    }

    private static final List<Fact<?>> ALL = List.of(
            new Fact<>("paid", null, PaymentCallback.class, paid -> Reading.of(paid(paid))),
            new Fact<>("payments", null, PaymentApi.PaymentsAnswer.class, Fact::payments),
            new Fact<>("received", null, BaristaApi.TicketsAnswer.class,
                    answer -> new Reading(answer.tickets().stream().map(Fact::ticket).toList())),
            new Fact<>("handed-over", null, BaristaApi.OrdersAnswer.class, Fact::handedOver),
            new Fact<>("making-started", EventType.MAKING_STARTED, MakingStarted.class,
                    started -> Reading.of(started(started))),
            new Fact<>("made", EventType.MADE, Made.class, made -> Reading.of(made(made))),
            new Fact<>("ticket-states", null, BaristaApi.TicketStatesAnswer.class, Fact::ticketStates),
            new Fact<>("dispatch-time", null, DispatchApi.DispatchTimesAnswer.class,
                    answer -> new Reading(answer.times().stream().<Event>map(t -> new Event.DispatchTime(t.orderId(),
                            t.deliveredAt(), t.asOf())).toList())),
            new Fact<>("express", EventType.EXPRESS_CHANGED, ExpressChanged.class,
                    express -> Reading.of(express(express))),
            new Fact<>("notes", null, DispatchApi.NotesAnswer.class, answer -> new Reading(
                    answer.deliveries().stream().map(Fact::express).toList(), causes(answer.notNow()))),
            new Fact<>("delivery-states", null, DispatchApi.DeliveryStatesAnswer.class,
                    answer -> new Reading(answer.deliveries().stream().map(Fact::express).toList())),
            new Fact<>("cancel-requested", null, Event.CancelRequested.class, Reading::of),
            new Fact<>("cancel-outcome", EventType.CANCEL_OUTCOME, CancelOutcome.class,
                    outcome -> Reading.of(decided(outcome))),
            new Fact<>("decisions", null, BaristaApi.CancellationsAnswer.class,
                    answer -> new Reading(answer.decisions().stream().map(Fact::decided).toList())),
            new Fact<>("dispatch-cancelled", null, DispatchApi.CancellationsAnswer.class, answer -> new Reading(
                    answer.cancelled().stream().<Event>map(Event.DispatchCancelled::new).toList())));

    static Fact<?> named(String name) {
        return ALL.stream().filter(fact -> fact.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the ledger can't be told '" + name + "', only "
                        + ALL.stream().map(Fact::name).toList()));
    }

    /** @param message an instance of {@link #wire()} */
    Reading read(Object message) {
        return reading.apply(wire.cast(message));
    }

    private static Event paid(PaymentCallback paid) {
        return new Event.Paid(paid.orderId(), paid.paymentId(), paid.amount(), paid.currency(), paid.paidAt());
    }

    private static Reading payments(PaymentApi.PaymentsAnswer answer) {
        List<Event> events = new ArrayList<>(answer.payments().stream().map(Fact::paid).toList());
        events.addAll(answer.unpaid().stream().map(Event.Unpaid::new).toList());
        return new Reading(events);
    }

    private static Event ticket(BaristaApi.Ticket ticket) {
        return new Event.TicketKnown(ticket.orderId(), ticket.ticketId(), ticket.readyAt(), ticket.asOf());
    }

    private static Reading handedOver(BaristaApi.OrdersAnswer answer) {
        List<Event> events = new ArrayList<>(answer.made().stream().map(Fact::ticket).toList());
        events.addAll(answer.known().stream().map(Fact::ticket).toList());
        events.addAll(answer.refused().stream()
                .map(refusal -> new Event.TicketRefused(refusal.orderId(), refusal.reason())).toList());
        return new Reading(events, causes(answer.notNow()));
    }

    private static Event started(MakingStarted started) {
        return new Event.MakingStarted(started.orderId(), started.ticketId(), started.acceptance().name(),
                started.startedAt());
    }

    private static Event made(Made made) {
        return new Event.Made(made.orderId(), made.ticketId(), made.madeAt());
    }

    /** That an order still waits is no event; who pulls notes it and asks again. */
    private static Reading ticketStates(BaristaApi.TicketStatesAnswer answer) {
        List<Event> events = new ArrayList<>(answer.started().stream().map(Fact::started).toList());
        events.addAll(answer.made().stream().map(Fact::made).toList());
        Map<String, String> causes = new HashMap<>();
        answer.waiting().forEach(ticket -> causes.put(ticket.orderId(), "not accepted yet"));
        answer.started().forEach(started -> causes.put(started.orderId(), "being made"));
        return new Reading(events, causes);
    }

    private static Event express(ExpressChanged express) {
        return new Event.Express(express.orderId(), express.noteId(), express.attempt(),
                DeliveryState.valueOf(express.state().name()), express.courier(), express.deliveredAt(),
                express.changedAt());
    }

    private static Event decided(CancelOutcome outcome) {
        return new Event.CancelDecided(outcome.orderId(), outcome.decision() == CancelOutcome.Decision.CANCELLED,
                outcome.reason());
    }

    private static Map<String, String> causes(List<Refusal> refusals) {
        Map<String, String> causes = new HashMap<>();
        refusals.forEach(refusal -> causes.put(refusal.orderId(), "refused: " + refusal.reason()));
        return causes;
    }
}
