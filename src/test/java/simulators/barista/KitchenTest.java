package simulators.barista;

import static org.assertj.core.api.Assertions.assertThat;

import contract.BaristaApi;
import contract.CancelMaking;
import contract.CancelOutcome;
import contract.IdempotencyKey;
import contract.Item;
import contract.Kind;
import contract.Made;
import contract.MakingStarted;
import contract.OrderPaid;
import contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Via;

class KitchenTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final KitchenPace PACE = new KitchenPace(Duration.ofSeconds(10), Duration.ofSeconds(1),
            Duration.ofSeconds(30), Duration.ofSeconds(60), 0);

    private final List<Entry> journal = new ArrayList<>();
    private final Kitchen kitchen = new Kitchen(PACE, 1);

    private static OrderPaid order(String id, int cups) {
        return new OrderPaid(id, "S1", Kind.PICKUP, List.of(new Item("latte", cups)), NOON);
    }

    private static CancelMaking cancel(String id) {
        return new CancelMaking(id, "S1", "changed my mind", NOON);
    }

    private Entry take(String orderId, String key) {
        return noted(kitchen.take(order(orderId, 1), key, Via.PUSH, NOON));
    }

    private Entry noted(Entry entry) {
        journal.add(entry);
        return entry;
    }

    @Test
    void theSameKeyMakesOneTicket() {
        Entry first = take("81", IdempotencyKey.ticket("81", null));
        Entry again = take("81", IdempotencyKey.ticket("81", null));
        assertThat(first.what()).isEqualTo(What.TICKET_CREATED);
        assertThat(again.what()).isEqualTo(What.TICKET_REPEATED);
        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void theSameOrderUnderAnotherKeyMakesAnotherTicket() {
        Entry first = take("81", "key-1");
        Entry second = take("81", "key-2");
        assertThat(second.what()).isEqualTo(What.TICKET_CREATED);
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void aCancelBeforeAcceptanceKillsTheTicket() {
        Entry ticket = take("81", "key");
        assertThat(kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON).what()).isEqualTo(What.CANCEL_AGREED);
        assertThat(kitchen.accept(ticket.id(), NOON)).isEmpty();
        assertThat(kitchen.finish(ticket.id(), NOON)).isEmpty();
        assertThat(kitchen.unfinished()).isEmpty();
        assertThat(take("81", "key").what()).isEqualTo(What.TICKET_REPEATED);
        assertThat(take("81", "another-key").what()).isEqualTo(What.TICKET_REFUSED);
    }

    @Test
    void aCancelAfterAcceptanceIsRefused() {
        Entry ticket = take("81", "key");
        kitchen.accept(ticket.id(), NOON);
        Entry refused = kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON);
        assertThat(refused.what()).isEqualTo(What.CANCEL_REFUSED);
        assertThat(refused.get("decision")).isEqualTo("REFUSED");
        assertThat(kitchen.finish(ticket.id(), NOON)).isPresent();
    }

    @Test
    void aCancelledOrderThatWasNeverSeenIsRefusedWhenItComes() {
        assertThat(kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON).what()).isEqualTo(What.CANCEL_AGREED);
        assertThat(take("81", "key").what()).isEqualTo(What.TICKET_REFUSED);
        assertThat(kitchen.ticket("81", NOON)).isEmpty();
    }

    @Test
    void theFirstDecisionOnACancelIsRepeatedWordForWord() {
        Entry first = kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON);
        Entry again = kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON.plusSeconds(60));
        assertThat(again.what()).isEqualTo(What.CANCEL_REPEATED);
        assertThat(again.detail()).isEqualTo(first.detail());
    }

    @Test
    void aStoreMakesOneCupAfterTheOther() {
        Entry one = kitchen.take(order("1", 2), "k1", Via.PUSH, NOON);
        Entry two = kitchen.take(order("2", 1), "k2", Via.PUSH, NOON);
        kitchen.accept(one.id(), NOON);
        kitchen.accept(two.id(), NOON);
        assertThat(kitchen.next(one.id()).orElseThrow().at()).isEqualTo(NOON.plusSeconds(20));
        assertThat(kitchen.next(two.id()).orElseThrow().at()).isEqualTo(NOON.plusSeconds(30));
        assertThat(kitchen.estimate(new BaristaApi.EstimateRequest("3", "S1", List.of(new Item("mocha", 1))), NOON)
                .readyAt()).isEqualTo(NOON.plusSeconds(40));
    }

    @Test
    void acceptingAndMakingHappenOnce() {
        Entry ticket = take("81", "key");
        assertThat(kitchen.finish(ticket.id(), NOON)).isEmpty();
        assertThat(kitchen.accept(ticket.id(), NOON)).isPresent();
        assertThat(kitchen.accept(ticket.id(), NOON)).isEmpty();
        assertThat(kitchen.finish(ticket.id(), NOON)).isPresent();
        assertThat(kitchen.finish(ticket.id(), NOON)).isEmpty();
    }

    @Test
    void storesThatAcceptByHandTakeTheirTime() {
        KitchenPace byHand = new KitchenPace(PACE.cup(), PACE.automatic(), PACE.manualLeast(), PACE.manualMost(), 1);
        Kitchen slow = new Kitchen(byHand, 1);
        Entry ticket = slow.take(order("81", 1), "key", Via.PUSH, NOON);
        assertThat(slow.next(ticket.id()).orElseThrow().at()).isBetween(NOON.plusSeconds(30), NOON.plusSeconds(60));
        assertThat(slow.accept(ticket.id(), NOON).orElseThrow().get("acceptance")).isEqualTo("MANUAL");
    }

    private BaristaApi.OrdersAnswer handedOver(Kitchen to, String orderId, String key) {
        return to.decided(List.of(to.take(order(orderId, 1), key, Via.PULL, NOON)), List.of(), NOON);
    }

    private static BaristaApi.TicketStatesAnswer states(Kitchen of, String storeId, String... orderIds) {
        return of.states(new BaristaApi.TicketStatesRequest(storeId, List.of(orderIds)), NOON.plusSeconds(99));
    }

    @Test
    void anOrderThatIsHandedOverGetsItsTicketAndTheJournalSaysWhichWayItCame() {
        BaristaApi.OrdersAnswer answer = handedOver(kitchen, "81", "key");
        assertThat(answer.made()).singleElement().isEqualTo(kitchen.ticket("81", NOON).orElseThrow());
        assertThat(answer.known()).isEmpty();
        assertThat(kitchen.take(order("82", 1), "key-82", Via.PULL, NOON).get("way")).isEqualTo("pull");
        assertThat(kitchen.take(order("83", 1), "key-83", Via.PUSH, NOON).get("way")).isEqualTo("push");
    }

    @Test
    void anOrderThatWasPushedIsKnownWhenItIsHandedOverAndTheOtherWayRound() {
        Entry pushed = take("81", "key-81");
        BaristaApi.OrdersAnswer answer = handedOver(kitchen, "81", "key-81");
        assertThat(answer.made()).isEmpty();
        assertThat(answer.known()).singleElement().extracting(BaristaApi.Ticket::ticketId).isEqualTo(pushed.id());
        handedOver(kitchen, "82", "key-82");
        assertThat(take("82", "key-82").what()).isEqualTo(What.TICKET_REPEATED);
    }

    @Test
    void aCancelledOrderThatIsHandedOverIsRefusedWhetherOrNotItHadATicket() {
        take("had", "key-had");
        kitchen.cancel(cancel("had"), "c1", Via.PUSH, NOON);
        kitchen.cancel(cancel("never-seen"), "c2", Via.PUSH, NOON);
        for (String orderId : List.of("had", "never-seen")) {
            BaristaApi.OrdersAnswer answer = handedOver(kitchen, orderId, "key-" + orderId);
            assertThat(answer.refused()).containsExactly(new Refusal(orderId, "cancelled before"));
            assertThat(answer.made()).isEmpty();
            assertThat(answer.known()).isEmpty();
        }
    }

    @Test
    void theStatesSayWhatTheEventsSaidAndWhen() {
        take("waiting", "k1");
        Entry making = take("making", "k2");
        Entry made = take("made", "k3");
        take("dead", "k4");
        kitchen.accept(making.id(), NOON.plusSeconds(1));
        kitchen.accept(made.id(), NOON.plusSeconds(2));
        kitchen.finish(made.id(), NOON.plusSeconds(3));
        kitchen.cancel(cancel("dead"), "c", Via.PUSH, NOON);

        BaristaApi.TicketStatesAnswer answer = states(kitchen, "S1", "waiting", "making", "made", "dead", "unknown");
        assertThat(answer.waiting()).extracting(BaristaApi.Ticket::orderId).containsExactly("waiting");
        assertThat(answer.started()).containsExactly(new MakingStarted("making", making.id(),
                MakingStarted.Acceptance.AUTOMATIC, NOON.plusSeconds(1)));
        assertThat(answer.made()).containsExactly(new Made("made", made.id(), NOON.plusSeconds(3)));
        assertThat(states(kitchen, "S2", "waiting", "making", "made")).as("another store").isEqualTo(
                new BaristaApi.TicketStatesAnswer(List.of(), List.of(), List.of()));
    }

    /** Whoever asked over HTTP has the decision in the answer. */
    @Test
    void aDecisionIsToldByAnEventOnlyToWhoeverAskedByAMessage() {
        Entry answered = kitchen.cancel(cancel("81"), "cancel", Via.PULL, NOON);
        assertThat(BaristaEvents.event(answered)).isEmpty();
        assertThat(BaristaEvents.outcome(answered)).isEqualTo(new CancelOutcome("81", CancelOutcome.Decision.CANCELLED,
                "no ticket yet; none will be made", NOON));
        Entry again = kitchen.cancel(cancel("81"), "cancel", Via.PUSH, NOON.plusSeconds(60));
        assertThat(again.what()).isEqualTo(What.CANCEL_REPEATED);
        assertThat(BaristaEvents.event(again)).isPresent();
        assertThat(BaristaEvents.outcome(again)).isEqualTo(BaristaEvents.outcome(answered));
    }

    @Test
    void aKitchenRebuiltFromItsJournalGoesOnWhereItStopped() {
        Entry waiting = take("waiting", "k1");
        Entry making = take("making", "k2");
        Entry made = take("made", "k3");
        noted(kitchen.accept(making.id(), NOON).orElseThrow());
        noted(kitchen.accept(made.id(), NOON).orElseThrow());
        noted(kitchen.finish(made.id(), NOON).orElseThrow());
        noted(kitchen.cancel(cancel("gone"), "c", Via.PUSH, NOON));

        Kitchen rebuilt = new Kitchen(PACE, 1);
        journal.forEach(rebuilt::restore);
        assertThat(rebuilt.unfinished()).containsExactlyInAnyOrderElementsOf(kitchen.unfinished())
                .extracting(Kitchen.Due::ticketId).containsExactlyInAnyOrder(waiting.id(), making.id());
        assertThat(rebuilt.take(order("made", 1), "k3", Via.PUSH, NOON).what()).isEqualTo(What.TICKET_REPEATED);
        assertThat(rebuilt.take(order("gone", 1), "k4", Via.PUSH, NOON).what()).isEqualTo(What.TICKET_REFUSED);
        assertThat(rebuilt.ticket("making", NOON)).isEqualTo(kitchen.ticket("making", NOON));
        assertThat(states(rebuilt, "S1", "waiting", "making", "made", "gone"))
                .isEqualTo(states(kitchen, "S1", "waiting", "making", "made", "gone"));
        assertThat(handedOver(rebuilt, "waiting", "k1").known()).isEqualTo(handedOver(kitchen, "waiting", "k1").known())
                .hasSize(1);
    }
}
