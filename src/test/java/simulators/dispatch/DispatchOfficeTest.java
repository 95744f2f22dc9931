package simulators.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import contract.DispatchApi;
import contract.ExpressChanged.State;
import contract.ExpressChanged;
import contract.Json;
import contract.Kind;
import contract.OrderChanged;
import contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

class DispatchOfficeTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private static CourierPace couriers(double reassigned, double failed) {
        return new CourierPace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), reassigned, failed);
    }

    private final DispatchOffice office = new DispatchOffice(couriers(0, 0), 1);

    private static OrderChanged order(String id, Kind kind, String makeState) {
        return new OrderChanged(id, "S1", kind, makeState, "NONE", 3, NOON);
    }

    private static List<Entry> ride(DispatchOffice office, String orderId) {
        List<Entry> all = new ArrayList<>(office.hear(order(orderId, Kind.DELIVERY, "MADE"), "note-" + orderId, NOON));
        String noteId = all.get(0).id();
        while (office.next(noteId).isPresent()) {
            all.add(office.advance(noteId, office.next(noteId).get().at()).orElseThrow());
        }
        return all;
    }

    private static DispatchApi.Cancellation cancellation(String orderId) {
        return new DispatchApi.Cancellation(orderId, "cancel-dispatch-" + orderId, "changed my mind");
    }

    @Test
    void onlyAMadeDeliveryOrderGetsANote() {
        assertThat(office.hear(order("1", Kind.DELIVERY, "MAKING"), "a", NOON)).extracting(Entry::what)
                .containsExactly(What.CHANGE_IGNORED);
        assertThat(office.hear(order("2", Kind.PICKUP, "MADE"), "b", NOON)).extracting(Entry::what)
                .containsExactly(What.CHANGE_IGNORED);
        assertThat(office.hear(order("3", Kind.DELIVERY, "MADE"), "c", NOON)).extracting(Entry::what)
                .containsExactly(What.NOTE_CREATED, What.EXPRESS_CHANGED);
    }

    @Test
    void theSameKeyMakesOneNoteAndAnotherKeyMakesAnother() {
        String first = office.hear(order("81", Kind.DELIVERY, "MADE"), "key-1", NOON).get(0).id();
        assertThat(office.hear(order("81", Kind.DELIVERY, "MADE"), "key-1", NOON)).singleElement()
                .extracting(Entry::what).isEqualTo(What.NOTE_REPEATED);
        Entry second = office.hear(order("81", Kind.DELIVERY, "MADE"), "key-2", NOON).get(0);
        assertThat(second.what()).isEqualTo(What.NOTE_CREATED);
        assertThat(second.id()).isNotEqualTo(first);
    }

    @Test
    void aDeliveryTakesItsStepsInOrder() {
        assertThat(ride(office, "81")).extracting(entry -> entry.get("state"))
                .containsExactly(null, "NOTED", "ASSIGNED", "PICKED_UP", "DELIVERED");
    }

    @Test
    void aReassignedDeliveryStartsAgainAtItsNextAttempt() {
        List<Entry> steps = ride(new DispatchOffice(couriers(1, 0), 1), "81");
        assertThat(steps).filteredOn(entry -> "2".equals(entry.get("attempt"))).extracting(entry -> entry.get("state"))
                .containsExactly("ASSIGNED", "PICKED_UP", "DELIVERED");
    }

    @Test
    void aFailedDeliveryEnds() {
        assertThat(ride(new DispatchOffice(couriers(0, 1), 1), "81")).last()
                .extracting(entry -> entry.get("state")).isEqualTo(State.FAILED.name());
    }

    @Test
    void aCancellationKillsTheNoteAndIsRemembered() {
        String noteId = office.hear(order("81", Kind.DELIVERY, "MADE"), "key", NOON).get(0).id();
        assertThat(office.cancel(cancellation("81"), NOON).what()).isEqualTo(What.DELIVERY_CANCELLED);
        assertThat(office.next(noteId)).isEmpty();
        assertThat(office.advance(noteId, NOON)).isEmpty();
        assertThat(office.cancel(cancellation("81"), NOON).what()).isEqualTo(What.DELIVERY_CANCEL_REPEATED);
        assertThat(office.cancelled("81")).isTrue();
    }

    @Test
    void anOrderCancelledBeforeItCameGetsNoNote() {
        office.cancel(cancellation("81"), NOON);
        assertThat(office.hear(order("81", Kind.DELIVERY, "MADE"), "key", NOON)).singleElement()
                .extracting(Entry::what).isEqualTo(What.NOTE_REFUSED);
    }

    @Test
    void whatIsDeliveredCannotBeCancelled() {
        ride(office, "81");
        assertThat(office.cancel(cancellation("81"), NOON).what()).isEqualTo(What.DELIVERY_CANCEL_REFUSED);
        assertThat(office.cancelled("81")).isFalse();
    }

    private static DispatchApi.NotesAnswer handedOver(DispatchOffice office, String orderId) {
        return office.answer(List.of(office.note(orderId, "note-" + orderId, Via.PULL, NOON).get(0)));
    }

    @Test
    void aMadeOrderThatIsHandedOverGetsItsNoteAndTheJournalSaysWhichWayItCame() {
        assertThat(handedOver(office, "81").deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.orderId()).isEqualTo("81");
            assertThat(delivery.state()).isEqualTo(State.NOTED);
        });
        assertThat(office.note("82", "note-82", Via.PULL, NOON).get(0).get("way")).isEqualTo("pull");
        assertThat(office.hear(order("83", Kind.DELIVERY, "MADE"), "note-83", NOON).get(0).get("way")).isEqualTo("push");
    }

    @Test
    void anOrderThatWasPushedGetsNoSecondNoteWhenItIsHandedOver() {
        List<Entry> ridden = ride(office, "81");
        assertThat(handedOver(office, "81").deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.noteId()).isEqualTo(ridden.get(0).id());
            assertThat(delivery.state()).isEqualTo(State.DELIVERED);
        });
        assertThat(office.unfinished()).isEmpty();
    }

    @Test
    void aCancelledOrderThatIsHandedOverGetsNoNoteAndIsToldWhy() {
        office.cancel(cancellation("never-seen"), NOON);
        office.hear(order("noted", Kind.DELIVERY, "MADE"), "note-noted", NOON);
        office.cancel(cancellation("noted"), NOON);
        for (String orderId : List.of("never-seen", "noted")) {
            assertThat(handedOver(office, orderId)).isEqualTo(new DispatchApi.NotesAnswer(List.of(),
                    List.of(new Refusal(orderId, "cancelled before"))));
        }
    }

    @Test
    void theStatesSayWhatTheLastEventsSaid() {
        DispatchOffice office = new DispatchOffice(couriers(1, 0), 1);
        List<Entry> ridden = ride(office, "ridden");
        List<Entry> noted = office.hear(order("noted", Kind.DELIVERY, "MADE"), "note-noted", NOON);
        office.hear(order("cancelled", Kind.DELIVERY, "MADE"), "note-cancelled", NOON);
        office.cancel(cancellation("cancelled"), NOON);

        assertThat(office.states(List.of("ridden", "noted", "cancelled", "unknown")).deliveries())
                .extracting(delivery -> (Object) delivery).containsExactly(
                        Json.read(DeliveryEvents.told(ridden.get(ridden.size() - 1)).orElseThrow().body(), ExpressChanged.class),
                        Json.read(DeliveryEvents.told(noted.get(1)).orElseThrow().body(), ExpressChanged.class));
    }

    @Test
    void anOfficeRebuiltFromItsJournalGoesOnWithTheSameTrip() {
        List<Entry> journal = new ArrayList<>(office.hear(order("81", Kind.DELIVERY, "MADE"), "key", NOON));
        String noteId = journal.get(0).id();
        journal.add(office.advance(noteId, NOON.plusSeconds(1)).orElseThrow());
        journal.add(office.tell(new DispatchApi.OrderInMaking("82", "S1", "MAKING", null), NOON));

        DispatchOffice rebuilt = new DispatchOffice(couriers(0, 0), 1);
        journal.forEach(rebuilt::restore);
        assertThat(rebuilt.unfinished()).isEqualTo(office.unfinished()).hasSize(1);
        assertThat(rebuilt.advance(noteId, NOON.plusSeconds(5))).isEqualTo(office.advance(noteId, NOON.plusSeconds(5)));
        assertThat(rebuilt.makeState("82")).isEqualTo("MAKING");
        assertThat(rebuilt.states(List.of("81"))).isEqualTo(office.states(List.of("81")));
        assertThat(rebuilt.note("81", "key", Via.PULL, NOON)).extracting(Entry::what).containsExactly(What.NOTE_REPEATED);
    }
}
