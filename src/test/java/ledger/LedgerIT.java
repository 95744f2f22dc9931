package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ledger.order.CancelState;
import ledger.order.Change;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Event;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.OrderFixture;
import ledger.order.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

/** What is durable after one call, or after a few in a row. */
class LedgerIT {

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    // ── confirming

    @Test
    void anOrderIsConfirmedOnceAndItsIdIsTakenForGood() {
        Order.Content content = new Order.Content("store-1", Kind.PICKUP, 3200, "CNY", "[{\"sku\":\"latte\"}]");
        Step asked = new Step("1", "confirm-barista-eta", Way.CALL, Outcome.APPLIED, "barista");

        Confirmation first = confirm(new NewOrder("1", content, LedgerFixture.READY, null, List.of(asked)));
        Confirmation again = confirm(new NewOrder("1", content, LedgerFixture.DELIVERED, null, List.of(asked)));
        Confirmation other = confirm(new NewOrder("1",
                new Order.Content("store-1", Kind.PICKUP, 3300, "CNY", content.items()), LedgerFixture.READY, null, List.of()));

        assertThat(first).isInstanceOf(Confirmation.Created.class);
        assertThat(again).isInstanceOf(Confirmation.Same.class);
        assertThat(other).isInstanceOf(Confirmation.Different.class);
        assertThat(again.order()).isEqualTo(first.order());
        assertThat(first.order().ready()).isEqualTo(LedgerFixture.READY);
        assertThat(first.order().dues().payment()).isEqualTo(new Dues.Due(Debt.PAYMENT,
                first.order().confirmedAt().plus(OrderFixture.PATIENCE.age(Debt.PAYMENT))));
        assertThat(rig.timeline("1")).containsExactly(Outcome.APPLIED);
        assertThat(rig.recorder().of("1")).containsExactly(Change.CONFIRMED);
    }

    @Test
    void ordersThatAreConfirmedTogetherHaveTheirOwnAnswersWhateverTheOthersAre() {
        rig.confirm("known", Kind.PICKUP);
        rig.apply(EventFixture.paid("early", "pay-early"));

        List<Confirmation> said = rig.ledger().confirm(List.of(LedgerFixture.wish("new", Kind.PICKUP), LedgerFixture.wish("known", Kind.PICKUP),
                LedgerFixture.wish("known", Kind.DELIVERY), LedgerFixture.wish("early", Kind.DELIVERY), LedgerFixture.wish("new", Kind.PICKUP),
                LedgerFixture.wish("new", Kind.DELIVERY)));

        assertThat(said).extracting(one -> one.getClass().getSimpleName())
                .containsExactly("Created", "Same", "Different", "Created", "Same", "Different");
        assertThat(said).extracting(one -> one.order().id())
                .containsExactly("new", "known", "known", "early", "new", "new");
        assertThat(((Confirmation.Created) said.get(0)).freed()).isEmpty();
        assertThat(((Confirmation.Created) said.get(3)).freed()).extracting(Result::outcome)
                .containsExactly(Outcome.APPLIED);
        assertThat(rig.order("early").making().state()).isEqualTo(MakeState.PAID);
    }

    private Confirmation confirm(NewOrder wish) {
        return rig.ledger().confirm(List.of(wish)).get(0);
    }

    // ── folding

    @Test
    void aBatchWithSeveralEventsOfOneOrderGivesEachItsOwnResultAndLosesNone() {
        rig.confirm("1", Kind.DELIVERY);

        List<Result> results = rig.apply(EventFixture.paid("1", "p"), EventFixture.ticket("1"), EventFixture.ticket("1"), EventFixture.made("1"),
                EventFixture.started("1"), EventFixture.express("1", DeliveryState.NOTED), EventFixture.express("1", DeliveryState.PICKED_UP),
                EventFixture.express("1", DeliveryState.ASSIGNED));

        assertThat(results).extracting(Result::outcome).containsExactly(Outcome.APPLIED, Outcome.APPLIED,
                Outcome.DUPLICATE, Outcome.APPLIED, Outcome.STALE, Outcome.APPLIED, Outcome.APPLIED, Outcome.STALE);
        assertThat(rig.timeline("1")).isEqualTo(results.stream().map(Result::outcome).toList());
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.MADE);
        assertThat(rig.order("1").delivery().state()).isEqualTo(DeliveryState.PICKED_UP);
        assertThat(rig.order("1")).isEqualTo(results.get(6).order());
        assertThat(rig.order("1").version()).isEqualTo(5);
    }

    @Test
    void aBatchOverManyOrdersWritesToEachItsOwn() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rig.confirm("o" + i, i % 2 == 0 ? Kind.PICKUP : Kind.DELIVERY);
            events.add(EventFixture.paid("o" + i, "p" + i));
        }
        for (int i = 99; i >= 0; i--) {
            events.add(i % 3 == 0 ? EventFixture.made("o" + i) : i % 3 == 1 ? EventFixture.ticket("o" + i) : EventFixture.started("o" + i));
        }

        rig.apply(events.toArray(Event[]::new));

        for (int i = 0; i < 100; i++) {
            Order order = rig.order("o" + i);
            assertThat(order.making().paymentId()).isEqualTo("p" + i);
            assertThat(order.making().ticketId()).isEqualTo("ticket-o" + i);
            assertThat(order.making().state()).isEqualTo(
                    i % 3 == 0 ? MakeState.MADE : i % 3 == 1 ? MakeState.RECEIVED : MakeState.MAKING);
            assertThat(order.settled() != null).isEqualTo(i % 6 == 0);
        }
    }

    @Test
    void oneBatchComesToTheSameAsOneByOne() {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            String one = "one-" + round;
            String many = "many-" + round;
            rig.confirm(one, Kind.DELIVERY);
            rig.confirm(many, Kind.DELIVERY);
            List<Integer> choices = random.ints(12, 0, 8).boxed().toList();
            choices.forEach(choice -> rig.apply(any(one, choice)));
            rig.apply(choices.stream().map(choice -> any(many, choice)).toArray(Event[]::new));
            assertThat(states(many)).as("after %s", choices).isEqualTo(states(one));
        }
        assertThat(rig.count("early")).isEqualTo(rig.jdbc().sql("""
                SELECT count(*) FROM early e JOIN orders o ON o.id = e.order_id WHERE o.make = 'CONFIRMED'
                """).query(Long.class).single());
    }

    private static Event any(String order, int choice) {
        return switch (choice) {
            case 0, 1 -> EventFixture.paid(order, "p-" + order);
            case 2 -> EventFixture.ticket(order);
            case 3 -> EventFixture.started(order);
            case 4 -> EventFixture.made(order);
            case 5 -> EventFixture.dispatchTime(order);
            case 6 -> EventFixture.express(order, DeliveryState.NOTED);
            default -> EventFixture.express(order, DeliveryState.DELIVERED);
        };
    }

    private List<Object> states(String id) {
        Order order = rig.order(id);
        return List.of(order.making().state(), order.delivery().state(), order.cancel().state(),
                String.valueOf(order.settled() == null ? null : order.settled().as()),
                order.dues().barista() != null, order.dues().dispatch() != null);
    }

    // ── the guard, and what is announced

    @Test
    void theDatabaseRefusesARowThatChangedSinceItWasRead() {
        rig.confirm("1", Kind.PICKUP);
        Order read = rig.order("1");
        rig.apply(EventFixture.paid("1", "p"));
        Order late = OrderFixture.cancelled(read);

        assertThatThrownBy(() -> rig.rows().orders().update(List.of(late), Map.of("1", read), List.of()))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(rig.order("1").cancel().state()).isEqualTo(CancelState.NONE);
    }

    @Test
    void theDatabaseRefusesAMakeStateThatWouldGoBack() {
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.started("1"));
        Order now = rig.order("1");
        Order back = OrderFixture.back(now, MakeState.RECEIVED);

        assertThatThrownBy(() -> rig.rows().orders().update(List.of(back), Map.of("1", now), List.of()))
                .isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void whatIsAnnouncedCanBeSeenByAllAndWasApplied() {
        rig.recorder().checkCommits();
        rig.confirm("1", Kind.PICKUP);
        rig.apply(EventFixture.paid("1", "p"), EventFixture.paid("1", "p"), EventFixture.paid("1", "q"), EventFixture.paid("2", "r"));
        rig.apply(EventFixture.paid("1", "p"));

        assertThat(rig.recorder().of("1")).containsExactly(Change.CONFIRMED, Change.PAID);
        assertThat(rig.recorder().of("2")).isEmpty();
        assertThat(rig.recorder().allWereCommitted()).isTrue();
    }

    @Test
    void aBatchThatFailsLeavesNoTraceAndAnnouncesNothing() {
        rig.confirm("1", Kind.DELIVERY);
        Event unwritable = new Event.Express("1", "note-1", 1, DeliveryState.ASSIGNED, "nul\0", null, OrderFixture.NOON);

        assertThatThrownBy(() -> rig.apply(EventFixture.paid("1", "p"), unwritable)).isInstanceOf(DataAccessException.class);

        assertThat(rig.recorder().of("1")).containsExactly(Change.CONFIRMED);
        assertThat(rig.order("1").making().state()).isEqualTo(MakeState.CONFIRMED);
        assertThat(rig.count("payment")).isZero();
        assertThat(rig.timeline("1")).isEmpty();
        assertThat(rig.apply(EventFixture.paid("1", "p")).get(0).outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void estimatesComeBackFromTheDatabaseAsTheyWentIn() {
        rig.confirm("1", Kind.DELIVERY);
        Instant precise = OrderFixture.NOON.plus(Duration.ofNanos(123_456_499));
        Event estimate = new Event.DispatchTime("1", OrderFixture.minute(30), precise);
        assertThat(rig.apply(estimate).get(0).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(rig.apply(estimate).get(0).outcome()).isEqualTo(Outcome.DUPLICATE);
    }
}
