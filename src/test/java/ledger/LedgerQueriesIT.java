package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import ledger.order.Change;
import ledger.order.DeliveryState;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.Test;

/** What neighbours and operators ask, and what it costs when millions of orders are settled. */
class LedgerQueriesIT {

    private static final int SETTLED = 20_000;

    private final LedgerFixture rig = LedgerFixture.shared().empty();

    private void paid(String id, Kind kind) {
        rig.confirm(id, kind);
        rig.apply(EventFixture.paid(id, "p-" + id));
    }

    private static List<String> ids(List<Order> orders) {
        return orders.stream().map(Order::id).toList();
    }

    @Test
    void unacceptedOrdersArePagedByIdAndThoseWithATicketOrAWishToCancelAreNotAmongThem() {
        rig.confirm("unpaid", Kind.PICKUP);
        for (String id : List.of("d", "b", "a", "c", "ticketed", "made", "wish", "kept")) {
            paid(id, Kind.PICKUP);
        }
        rig.apply(EventFixture.ticket("ticketed"), EventFixture.made("made"), EventFixture.cancelWish("wish"), EventFixture.cancelWish("kept"),
                EventFixture.cancelDecided("kept", false));

        assertThat(ids(rig.queries().unaccepted("store-1", "", 2))).containsExactly("a", "b");
        assertThat(ids(rig.queries().unaccepted("store-1", "b", 2))).containsExactly("c", "d");
        assertThat(ids(rig.queries().unaccepted("store-1", "d", 2))).as("an order that stays is to be made")
                .containsExactly("kept");
        assertThat(rig.queries().unaccepted("store-2", "", 10)).isEmpty();
    }

    @Test
    void madeOrdersWithoutANoteArePagedByIdAndNeverThoseThatAreFetched() {
        for (String id : List.of("c", "a", "b", "noted", "paid")) {
            paid(id, Kind.DELIVERY);
        }
        paid("fetched", Kind.PICKUP);
        rig.apply(EventFixture.made("a"), EventFixture.made("b"), EventFixture.made("c"), EventFixture.made("noted"), EventFixture.made("fetched"),
                EventFixture.express("noted", DeliveryState.NOTED));

        assertThat(ids(rig.queries().madeWithoutNote("", 2))).containsExactly("a", "b");
        assertThat(ids(rig.queries().madeWithoutNote("b", 2))).containsExactly("c");
    }

    @Test
    void anOrdersTimelineHasHowItBeganAndItsLatestStepsHoweverOftenAMessageIsRepeated() {
        paid("1", Kind.DELIVERY);
        rig.apply(EventFixture.made("1"));
        assertThat(rig.queries().timeline("1")).as("each once").hasSize(2);
        Event[] repeated = new Event[1_500];
        Arrays.fill(repeated, EventFixture.made("1"));
        rig.apply(repeated);
        rig.apply(EventFixture.express("1", DeliveryState.DELIVERED));

        List<Outcome> told = rig.queries().timeline("1").stream().map(Step::outcome).toList();

        assertThat(told).hasSize(1_000).startsWith(Outcome.APPLIED, Outcome.APPLIED, Outcome.DUPLICATE)
                .endsWith(Outcome.DUPLICATE, Outcome.APPLIED);
    }

    @Test
    void theFlowCountsEachOrderOnceUntilItIsSettled() {
        rig.confirm("confirmed", Kind.PICKUP);
        paid("paid", Kind.DELIVERY);
        paid("noted", Kind.DELIVERY);
        paid("done", Kind.PICKUP);
        rig.apply(EventFixture.express("noted", DeliveryState.NOTED), EventFixture.made("done"));
        assertThat(rig.queries().flow()).isEqualTo(new Flow(3, 0));

        rig.jdbc().sql("""
                UPDATE orders SET barista_due = now() WHERE id = 'paid'
                """).update();
        assertThat(rig.queries().flow()).as("silent for too long").isEqualTo(new Flow(3, 1));
        rig.apply(EventFixture.ticket("paid"));
        assertThat(rig.queries().flow()).as("it spoke").isEqualTo(new Flow(3, 0));
    }

    @Test
    void unpaidOrdersExpireInTimeAndOnThePaymentSystemsWordAndNoOthers() {
        rig.confirm("fresh", Kind.PICKUP);
        rig.confirm("old", Kind.PICKUP);
        paid("paid", Kind.PICKUP);
        rig.jdbc().sql("""
                UPDATE orders SET confirmed_at = now() - interval '2 minutes' WHERE id = 'old'
                """).update();

        rig.apply(EventFixture.unpaid("fresh"), EventFixture.unpaid("old"), EventFixture.unpaid("paid"), EventFixture.unpaid("old"));

        assertThat(rig.order("old").settled().as()).isEqualTo(Settlement.EXPIRED);
        assertThat(rig.order("fresh").settled()).isNull();
        assertThat(rig.order("paid").settled()).isNull();
        assertThat(rig.recorder().of("old")).containsExactly(Change.CONFIRMED, Change.SETTLED);
    }

    @Test
    void aQuestionCostsWhatIsPendingAndNotWhatIsStored() {
        settled();
        List<String> pending = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            paid("pending-" + i, Kind.DELIVERY);
            pending.add("pending-" + i);
            rig.confirm("unpaid-" + i, Kind.PICKUP);
        }
        rig.jdbc().sql("""
                UPDATE orders SET payment_due = now(), confirmed_at = now() - interval '1 hour' WHERE make = 'CONFIRMED'
                """).update();
        rig.jdbc().sql("ANALYZE orders").update();

        assertThat(touched(() -> rig.count("orders WHERE amount = 1"))).as("a scan").isGreaterThanOrEqualTo(SETTLED);
        assertThat(touched(() -> ids(rig.queries().unaccepted("store-1", "", 100)))).isLessThan(20);
        assertThat(touched(() -> rig.queries().flow())).isLessThan(40);
        rig.apply(pending.stream().map(EventFixture::made).toArray(Event[]::new));
        assertThat(touched(() -> ids(rig.queries().madeWithoutNote("", 100)))).isLessThan(20);
        assertThat(rig.queries().madeWithoutNote("", 100)).hasSize(5);
    }

    private void settled() {
        rig.jdbc().sql("""
                INSERT INTO orders (id, store_id, kind, amount, currency, items, make, payment_id, ticket_id, delivery,
                                    note_id, settlement, settled_at)
                SELECT 'settled-' || n, 'store-' || n % 3, 'DELIVERY', 3200, 'CNY', '[]', 'MADE', 'paid-' || n,
                       'ticket-' || n, 'DELIVERED', 'note-' || n, 'DELIVERED', now()
                FROM generate_series(1, :settled) AS n
                """).param("settled", SETTLED).update();
    }

    /** How many rows of the table the question read, by whatever plan: all of them, if it scanned. */
    private long touched(Supplier<Object> question) {
        return rig.transaction().execute(status -> {
            long before = read();
            question.get();
            return read() - before;
        });
    }

    private long read() {
        return rig.jdbc().sql("""
                SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = 'orders'
                """).query(Long.class).single();
    }
}
