package routes;

import contract.BaristaApi;
import contract.CancelOutcome;
import contract.DispatchApi;
import contract.EventType;
import contract.ExpressChanged;
import contract.Made;
import contract.MakingStarted;
import contract.PaymentCallback;
import java.util.List;
import java.util.function.Function;
import ledger.DeliveryState;
import ledger.Event;

/**
 * What the ledger can be told, by the name that stands after {@code ledger:} in a {@code to}.
 *
 * @param type the CloudEvents type when it comes over Kafka; null when it doesn't
 * @param wire the message or answer that says it
 */
record Fact<T>(String name, EventType type, Class<T> wire, Function<T, List<Event>> reading) {

    private static final List<Fact<?>> ALL = List.of(
            new Fact<>("paid", null, PaymentCallback.class, paid -> List.of(new Event.Paid(paid.orderId(),
                    paid.paymentId(), paid.amount(), paid.currency(), paid.paidAt()))),
            new Fact<>("received", null, BaristaApi.TicketsAnswer.class, answer -> answer.tickets().stream()
                    .<Event>map(t -> new Event.TicketKnown(t.orderId(), t.ticketId(), t.readyAt(), t.asOf()))
                    .toList()),
            new Fact<>("making-started", EventType.MAKING_STARTED, MakingStarted.class,
                    started -> List.of(new Event.MakingStarted(started.orderId(), started.ticketId(),
                            started.acceptance().name(), started.startedAt()))),
            new Fact<>("made", EventType.MADE, Made.class,
                    made -> List.of(new Event.Made(made.orderId(), made.ticketId(), made.madeAt()))),
            new Fact<>("dispatch-time", null, DispatchApi.DispatchTimesAnswer.class, answer -> answer.times().stream()
                    .<Event>map(t -> new Event.DispatchTime(t.orderId(), t.deliveredAt(), t.asOf())).toList()),
            new Fact<>("express", EventType.EXPRESS_CHANGED, ExpressChanged.class,
                    express -> List.of(new Event.Express(express.orderId(), express.noteId(), express.attempt(),
                            DeliveryState.valueOf(express.state().name()), express.courier(), express.deliveredAt(),
                            express.changedAt()))),
            new Fact<>("cancel-requested", null, Event.CancelRequested.class, requested -> List.of(requested)),
            new Fact<>("cancel-outcome", EventType.CANCEL_OUTCOME, CancelOutcome.class,
                    outcome -> List.of(new Event.CancelDecided(outcome.orderId(),
                            outcome.decision() == CancelOutcome.Decision.CANCELLED, outcome.reason()))),
            new Fact<>("dispatch-cancelled", null, DispatchApi.CancellationsAnswer.class,
                    answer -> answer.cancelled().stream().<Event>map(Event.DispatchCancelled::new).toList()));

    static Fact<?> named(String name) {
        return ALL.stream().filter(fact -> fact.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the ledger can't be told '" + name + "', only "
                        + ALL.stream().map(Fact::name).toList()));
    }

    /** @param message an instance of {@link #wire()} */
    List<Event> events(Object message) {
        return reading.apply(wire.cast(message));
    }
}
