package routes.message;

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
import ledger.order.DeliveryState;
import ledger.order.Event;

/**
 * Maps a message of the contract to the events that it tells the ledger, by the name after {@code ledger:} in a {@code to}.
 *
 * <pre>{@code
 * EventMapping<?> mapping = EventMapping.named("made");
 * List<Event> events = mapping.read(message).events();   // message is an instance of mapping.wire()
 * }</pre>
 *
 * @param type the CloudEvents type of a message that comes over Kafka; null when it comes otherwise
 * @param wire the record of the contract that the message is
 */
public record EventMapping<T>(String name, EventType type, Class<T> wire, Function<T, Reading> reading) {

    /** @param causes why a neighbour did nothing for an order, by order id */
    public record Reading(List<Event> events, Map<String, String> causes) {

        Reading(List<Event> events) {
            this(events, Map.of());
        }

        static Reading of(Event event) {
            return new Reading(List.of(event));
        }
    }

    private static final List<EventMapping<?>> ALL = List.of(
            new EventMapping<>("paid", null, PaymentCallback.class, paid -> Reading.of(paid(paid))),
            new EventMapping<>("payments", null, PaymentApi.PaymentsAnswer.class, EventMapping::payments),
            new EventMapping<>("received", null, BaristaApi.TicketsAnswer.class,
                    answer -> new Reading(answer.tickets().stream().map(EventMapping::ticket).toList())),
            new EventMapping<>("handed-over", null, BaristaApi.OrdersAnswer.class, EventMapping::handedOver),
            new EventMapping<>("making-started", EventType.MAKING_STARTED, MakingStarted.class,
                    started -> Reading.of(started(started))),
            new EventMapping<>("made", EventType.MADE, Made.class, made -> Reading.of(made(made))),
            new EventMapping<>("ticket-states", null, BaristaApi.TicketStatesAnswer.class, EventMapping::ticketStates),
            new EventMapping<>("dispatch-time", null, DispatchApi.DispatchTimesAnswer.class,
                    answer -> new Reading(answer.times().stream().<Event>map(t -> new Event.DispatchTime(t.orderId(),
                            t.deliveredAt(), t.asOf())).toList())),
            new EventMapping<>("express", EventType.EXPRESS_CHANGED, ExpressChanged.class,
                    express -> Reading.of(express(express))),
            new EventMapping<>("notes", null, DispatchApi.NotesAnswer.class, answer -> new Reading(
                    answer.deliveries().stream().map(EventMapping::express).toList(), causes(answer.notNow()))),
            new EventMapping<>("delivery-states", null, DispatchApi.DeliveryStatesAnswer.class,
                    answer -> new Reading(answer.deliveries().stream().map(EventMapping::express).toList())),
            new EventMapping<>("cancel-requested", null, Event.CancelRequested.class, Reading::of),
            new EventMapping<>("cancel-outcome", EventType.CANCEL_OUTCOME, CancelOutcome.class,
                    outcome -> Reading.of(decided(outcome))),
            new EventMapping<>("decisions", null, BaristaApi.CancellationsAnswer.class,
                    answer -> new Reading(answer.decisions().stream().map(EventMapping::decided).toList())),
            new EventMapping<>("dispatch-cancelled", null, DispatchApi.CancellationsAnswer.class, answer -> new Reading(
                    answer.cancelled().stream().<Event>map(Event.DispatchCancelled::new).toList())));

    public static EventMapping<?> named(String name) {
        return ALL.stream().filter(fact -> fact.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the ledger can't be told '" + name + "', only "
                        + ALL.stream().map(EventMapping::name).toList()));
    }

    /** @param message an instance of {@link #wire()} */
    public Reading read(Object message) {
        return reading.apply(wire.cast(message));
    }

    private static Event paid(PaymentCallback paid) {
        return new Event.Paid(paid.orderId(), paid.paymentId(), paid.amount(), paid.currency(), paid.paidAt());
    }

    private static Reading payments(PaymentApi.PaymentsAnswer answer) {
        List<Event> events = new ArrayList<>(answer.payments().stream().map(EventMapping::paid).toList());
        events.addAll(answer.unpaid().stream().map(Event.Unpaid::new).toList());
        return new Reading(events);
    }

    private static Event ticket(BaristaApi.Ticket ticket) {
        return new Event.TicketKnown(ticket.orderId(), ticket.ticketId(), ticket.readyAt(), ticket.asOf());
    }

    private static Reading handedOver(BaristaApi.OrdersAnswer answer) {
        List<Event> events = new ArrayList<>(answer.made().stream().map(EventMapping::ticket).toList());
        events.addAll(answer.known().stream().map(EventMapping::ticket).toList());
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

    /** An order that still waits makes no event: the pull notes the cause and asks again. */
    private static Reading ticketStates(BaristaApi.TicketStatesAnswer answer) {
        List<Event> events = new ArrayList<>(answer.started().stream().map(EventMapping::started).toList());
        events.addAll(answer.made().stream().map(EventMapping::made).toList());
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
