package simulators.dispatch;

import contract.DispatchApi;
import contract.ExpressChanged;
import contract.Kind;
import contract.OrderChanged;
import contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import simulators.chance.Chance;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Ids;
import simulators.wire.Via;

/**
 * The decisions and the state of dispatch, without Kafka, HTTP or a clock. Each decision is a journal entry, and only
 * entries change the state, so that the journal restores it.
 */
public final class DispatchOffice {

    private static final String MADE = "MADE";
    private static final String CANCELLED_BEFORE = "cancelled before";

    private final CourierPace pace;
    private final Chance chance;
    private final Map<String, Note> byKey = new HashMap<>();
    private final Map<String, Note> byId = new HashMap<>();
    private final Map<String, Note> lastOfOrder = new HashMap<>();
    private final Map<String, What> cancels = new HashMap<>();
    private final Map<String, String> makeStates = new HashMap<>();

    /** A delivery note (配送单). */
    private static final class Note {
        private final String id;
        private final String orderId;
        private final int number;
        /** The order's previous note; null when this is the first. A second one is a mistake of the hub's. */
        private final Note before;
        private int stepsTaken;
        private Instant lastStepAt;
        private boolean over;

        private Note(String id, String orderId, Note before, Instant madeAt) {
            this.id = id;
            this.orderId = orderId;
            this.before = before;
            this.number = before == null ? 1 : before.number + 1;
            this.lastStepAt = madeAt;
        }
    }

    /** The next step of a note, and when it is due. */
    public record Due(String noteId, Instant at) {
    }

    public DispatchOffice(CourierPace pace, long seed) {
        this.pace = pace;
        this.chance = new Chance(seed);
    }

    /** 判断制作状态: a delivery order that is made gets its note; any other change is ignored. */
    public synchronized List<Entry> hear(OrderChanged order, String key, Instant now) {
        if (order.kind() != Kind.DELIVERY || !order.makeState().equals(MADE)) {
            return List.of(Entry.of(now, What.CHANGE_IGNORED, order.orderId()).withKey(key)
                    .withDetail(Map.of("makeState", order.makeState(), "kind", order.kind().name())));
        }
        return note(order.orderId(), key, Via.PUSH, now);
    }

    /** The order is made: 创建配送单. The first entry is the decision; the first step of a new note follows it. */
    public synchronized List<Entry> note(String orderId, String key, Via way, Instant now) {
        Note known = byKey.get(key);
        if (known != null) {
            return List.of(Entry.of(now, What.NOTE_REPEATED, orderId).withKey(key).withId(known.id));
        }
        if (cancelled(orderId)) {
            return List.of(Entry.of(now, What.NOTE_REFUSED, orderId).withKey(key)
                    .withDetail(Map.of("reason", CANCELLED_BEFORE)));
        }
        Note before = lastOfOrder.get(orderId);
        String id = Ids.numbered("N", before == null ? 1 : before.number + 1, orderId);
        Entry note = restored(Entry.of(now, What.NOTE_CREATED, orderId).withKey(key).withId(id)
                .withDetail(Map.of("way", way.word())));
        return List.of(note, advance(id, now).orElseThrow());
    }

    /**
     * The answer to orders that a pull handed over.
     *
     * @param decided the decisions: the first entry of each {@link #note}
     */
    public synchronized DispatchApi.NotesAnswer answer(List<Entry> decided) {
        List<ExpressChanged> deliveries = new ArrayList<>();
        List<Refusal> notNow = new ArrayList<>();
        for (Entry entry : decided) {
            if (cancelled(entry.orderId())) {
                notNow.add(new Refusal(entry.orderId(), CANCELLED_BEFORE));
            } else {
                express(byId.get(entry.id())).ifPresent(deliveries::add);
            }
        }
        return new DispatchApi.NotesAnswer(deliveries, notNow);
    }

    /** 返回配送信息: the latest state of each order's delivery. Orders without one, or with a cancelled one, are absent. */
    public synchronized DispatchApi.DeliveryStatesAnswer states(List<String> orderIds) {
        return new DispatchApi.DeliveryStatesAnswer(orderIds.stream().filter(orderId -> !cancelled(orderId))
                .flatMap(orderId -> express(lastOfOrder.get(orderId)).stream()).toList());
    }

    /** The state that the note's last event reported; empty when there is no note, or it has taken no step yet. */
    private Optional<ExpressChanged> express(Note note) {
        if (note == null || note.stepsTaken == 0) {
            return Optional.empty();
        }
        Trip trip = Trip.of(note.id, pace, chance);
        Trip.Step last = trip.steps().get(note.stepsTaken - 1);
        return Optional.of(new ExpressChanged(note.orderId, note.id, last.attempt(), last.state(), last.courier(),
                trip.endsAt(note.stepsTaken - 1, note.lastStepAt), note.lastStepAt));
    }

    /** Takes the delivery's next step; empty when it is over. */
    public synchronized Optional<Entry> advance(String noteId, Instant now) {
        Note note = byId.get(noteId);
        if (note == null || note.over) {
            return Optional.empty();
        }
        Trip trip = Trip.of(noteId, pace, chance);
        Trip.Step step = trip.steps().get(note.stepsTaken);
        Map<String, String> detail = new HashMap<>(Map.of("state", step.state().name(), "attempt", "" + step.attempt(),
                "deliveredAt", trip.endsAt(note.stepsTaken, now).toString()));
        if (step.courier() != null) {
            detail.put("courier", step.courier());
        }
        return Optional.of(restored(Entry.of(now, What.EXPRESS_CHANGED, note.orderId).withId(noteId)
                .withDetail(detail)));
    }

    /** 取消配送: cancels the note if there is one, and refuses later ones. Refused when the delivery is over. */
    public synchronized Entry cancel(DispatchApi.Cancellation cancellation, Instant now) {
        String orderId = cancellation.orderId();
        Note note = lastOfOrder.get(orderId);
        What decided = cancels.get(orderId);
        Entry entry = Entry.of(now, What.DELIVERY_CANCELLED, orderId).withKey(cancellation.idempotencyKey())
                .withId(note == null ? null : note.id);
        if (decided != null) {
            return new Entry(now, What.DELIVERY_CANCEL_REPEATED, orderId, entry.key(), entry.id(),
                    Map.of("decision", decided.word()));
        }
        boolean tooLate = note != null && note.over;
        return restored(tooLate
                ? new Entry(now, What.DELIVERY_CANCEL_REFUSED, orderId, entry.key(), entry.id(), Map.of()) : entry);
    }

    /** Whether the order's delivery is cancelled. */
    public synchronized boolean cancelled(String orderId) {
        return cancels.get(orderId) == What.DELIVERY_CANCELLED;
    }

    /**
     * getEstimateDispatchTime: estimates the delivery, and remembers the make state that the hub reports with the
     * question.
     */
    public synchronized Entry tell(DispatchApi.OrderInMaking order, Instant now) {
        Instant from = order.readyAt() == null || order.readyAt().isBefore(now) ? now : order.readyAt();
        Note note = lastOfOrder.get(order.orderId());
        Instant deliveredAt = note == null || note.stepsTaken == 0 ? from.plus(usualTrip())
                : Trip.of(note.id, pace, chance).endsAt(note.stepsTaken - 1, note.lastStepAt);
        return restored(Entry.of(now, What.MAKE_STATE_TOLD, order.orderId())
                .withDetail(Map.of("makeState", order.makeState(), "deliveredAt", deliveredAt.toString())));
    }

    /** The make state that the hub reported last; null when it has reported none. */
    public synchronized String makeState(String orderId) {
        return makeStates.get(orderId);
    }

    /** 预计配送完成时间: when an order that is made now would be delivered. */
    public DispatchApi.Estimate estimate(Instant now) {
        return new DispatchApi.Estimate(now.plus(usualTrip()), now);
    }

    /** Changes the state by an entry of the journal; entries that change nothing are ignored. */
    public synchronized void restore(Entry entry) {
        switch (entry.what()) {
            case NOTE_CREATED -> {
                Note note = new Note(entry.id(), entry.orderId(), lastOfOrder.get(entry.orderId()), entry.at());
                byKey.put(entry.key(), note);
                byId.put(note.id, note);
                lastOfOrder.put(note.orderId, note);
            }
            case EXPRESS_CHANGED -> {
                Note note = byId.get(entry.id());
                note.stepsTaken++;
                note.lastStepAt = entry.at();
                note.over |= DeliveryEvents.isOver(entry);
            }
            case DELIVERY_CANCELLED -> {
                cancels.put(entry.orderId(), entry.what());
                for (Note note = lastOfOrder.get(entry.orderId()); note != null; note = note.before) {
                    note.over = true;
                }
            }
            case DELIVERY_CANCEL_REFUSED -> cancels.put(entry.orderId(), entry.what());
            case MAKE_STATE_TOLD -> makeStates.put(entry.orderId(), entry.get("makeState"));
            default -> {
            }
        }
    }

    /** The note's next step; empty when the delivery is over. */
    public synchronized Optional<Due> next(String noteId) {
        return due(byId.get(noteId));
    }

    /** The next steps of all deliveries that are not over. */
    public synchronized List<Due> unfinished() {
        List<Due> due = new ArrayList<>();
        byId.values().forEach(note -> due(note).ifPresent(due::add));
        return due;
    }

    private Entry restored(Entry entry) {
        restore(entry);
        return entry;
    }

    private Optional<Due> due(Note note) {
        if (note.over) {
            return Optional.empty();
        }
        Trip.Step next = Trip.of(note.id, pace, chance).steps().get(note.stepsTaken);
        return Optional.of(new Due(note.id, note.lastStepAt.plus(next.after())));
    }

    private Duration usualTrip() {
        return pace.assign().plus(pace.pickUp()).plus(pace.ride());
    }
}
