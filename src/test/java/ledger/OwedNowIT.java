package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ledger.order.Change;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import org.junit.jupiter.api.Test;

/** What is owed at this moment, by what it is. */
class OwedNowIT {

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    /** As in {@code 3, 1 late}; what nobody owes is left out. */
    private Map<Owed.What, String> owed() {
        Map<Owed.What, String> owed = new HashMap<>();
        rig.queries().owed().stream().filter(one -> one.orders() > 0)
                .forEach(one -> owed.put(one.what(), one.orders() + ", " + one.late() + " late"));
        return owed;
    }

    private void paid(String id) {
        rig.confirm(id, Kind.DELIVERY);
        rig.apply(EventFixture.paid(id, "p-" + id));
    }

    private static Owed.What awaited(Debt debt) {
        return new Owed.Awaited(debt, false);
    }

    @Test
    void eachOrderIsCountedByWhatIsAwaitedNextUntilItIsSettled() {
        rig.confirm("unpaid", Kind.PICKUP);
        for (String id : new String[] {"paid", "ticket", "making", "made", "noted", "asked", "to-drop", "over"}) {
            paid(id);
        }
        rig.apply(EventFixture.ticket("ticket"), EventFixture.started("making"), EventFixture.made("made"), EventFixture.made("noted"),
                EventFixture.express("noted", DeliveryState.NOTED), EventFixture.cancelWish("asked"), EventFixture.cancelWish("to-drop"),
                EventFixture.cancelDecided("to-drop", true), EventFixture.made("over"), EventFixture.express("over", DeliveryState.DELIVERED));

        assertThat(owed()).isEqualTo(Map.of(
                awaited(Debt.PAYMENT), "1, 0 late",
                awaited(Debt.TICKET), "1, 0 late",
                awaited(Debt.MAKING), "1, 0 late",
                new Owed.Awaited(Debt.MAKING, true), "1, 0 late",
                awaited(Debt.NOTE), "1, 0 late",
                awaited(Debt.DELIVERY), "1, 0 late",
                awaited(Debt.DECISION), "1, 0 late",
                awaited(Debt.DROP), "1, 0 late"));
    }

    @Test
    void whoIsSilentForTooLongOrWasAskedInVainIsLateUntilHeSpeaks() {
        paid("silent");
        paid("asked");
        paid("quick");
        rig.jdbc().sql("UPDATE orders SET barista_due = now() WHERE id = 'silent'").update();
        // The pull has asked for it, and it is due again only after a pause.
        rig.jdbc().sql("""
                INSERT INTO attempt (order_id, debt, token)
                VALUES ('asked', 'TICKET', '00000000-0000-0000-0000-000000000000')
                """).update();
        assertThat(owed()).containsEntry(awaited(Debt.TICKET), "3, 2 late");

        rig.apply(EventFixture.ticket("silent"), EventFixture.ticket("asked"));
        assertThat(owed()).isEqualTo(Map.of(awaited(Debt.TICKET), "1, 0 late", awaited(Debt.MAKING), "2, 0 late"));
    }

    @Test
    void anAddedArrowIsOwedUntilItsOtherEndAcknowledges() {
        rig.queues().guarantee("settled-to-loyalty", Change.PAID, null, Duration.ofMinutes(5));
        assertThat(rig.queries().owed()).as("also when nothing is owed")
                .contains(new Owed(new Owed.Added("settled-to-loyalty"), 0, 0));

        paid("a");
        paid("b");
        assertThat(owed()).containsEntry(new Owed.Added("settled-to-loyalty"), "2, 0 late");

        rig.jdbc().sql("UPDATE owed SET due = now() WHERE order_id = 'b'").update();
        rig.queues().acknowledge("settled-to-loyalty", List.of("a"));
        assertThat(owed()).containsEntry(new Owed.Added("settled-to-loyalty"), "1, 1 late");
    }
}
