package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ledger.order.OrderFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders looked for among fifty thousand live ones and ten thousand that have moved to history. */
class OrderSearchIT {

    private static final int LIVE = 50_000;
    private static final int MOVED = 10_000;
    private static final Instant NOON = OrderFixture.NOON;

    private final LedgerFixture rig = LedgerFixture.shared();
    private final OrderSearch search = new OrderSearch(rig.jdbc());

    /** Fifty a second, of a thousand stores; one in twenty-five thousand was cancelled, one in ten is open. */
    @BeforeAll
    static void many() {
        LedgerFixture.shared().empty();
        fill("moved", NOON.minus(Duration.ofHours(1)), MOVED);
        LedgerFixture.shared().jdbc().sql("""
                WITH moved AS (DELETE FROM orders RETURNING *) INSERT INTO order_history SELECT * FROM moved
                """).update();
        fill("live", NOON, LIVE);
        LedgerFixture.shared().jdbc().sql("ANALYZE orders, order_history").update();
    }

    private static void fill(String prefix, Instant from, int count) {
        LedgerFixture.shared().jdbc().sql("""
                INSERT INTO orders (id, store_id, kind, amount, currency, items, confirmed_at, make, payment_id, cancel,
                                barista_owes, barista_due, settlement, settled_at)
                SELECT '%s-' || n, 'store-' || n %% 1000, 'PICKUP', 3200, 'CNY', '[]', :from::timestamptz + n / 50 * interval '1 s',
                       CASE WHEN open THEN 'PAID' ELSE 'MADE' END::make_state, 'paid-' || n,
                       CASE WHEN n %% 25000 = 7 THEN 'CANCELLED' ELSE 'NONE' END::cancel_state,
                       CASE WHEN open THEN 'TICKET' END::debt, CASE WHEN open THEN now() END,
                       CASE WHEN NOT open THEN 'MADE' END::settlement,
                       CASE WHEN NOT open THEN :from::timestamptz + n / 50 * interval '1 s' + interval '5 min' END
                FROM (SELECT n, '%s' = 'live' AND n %% 10 = 0 AS open FROM generate_series(0, :count - 1) AS n) AS all_of_them
                """.formatted(prefix, prefix)).param("from", from.toString()).param("count", count).update();
    }

    @AfterAll
    static void none() {
        LedgerFixture.shared().empty();
    }

    static Stream<OrderFilter> filters() {
        return Stream.of(
                new OrderFilter(null, null, null, null),
                new OrderFilter(null, "MADE", null, NOON.plusSeconds(300)),
                new OrderFilter(null, "OPEN", NOON.plusSeconds(100), NOON.plusSeconds(120)),
                new OrderFilter(null, "CANCELLED", null, null),
                new OrderFilter("store-7", null, null, null),
                new OrderFilter("store-7", "CANCELLED", null, null),
                new OrderFilter("store-30", "PAID", NOON, null),
                new OrderFilter("store-7", null, NOON.minusSeconds(3_550), NOON.plusSeconds(20)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void allThatFitAreFoundPageByPageNewestFirstAndNoneTwice(OrderFilter filter) {
        List<String> expected = rig.jdbc().sql("""
                SELECT id FROM (SELECT * FROM orders UNION ALL SELECT * FROM order_history WHERE :store::text IS NOT NULL) AS o
                WHERE (:store::text IS NULL OR store_id = :store)
                  AND (:from::timestamptz IS NULL OR confirmed_at >= :from::timestamptz)
                  AND (:to::timestamptz IS NULL OR confirmed_at < :to::timestamptz)
                  AND (:state::text IS NULL OR CASE :state WHEN 'OPEN' THEN settled_at IS NULL
                       WHEN 'CANCELLED' THEN cancel = 'CANCELLED' ELSE make::text = :state END)
                ORDER BY confirmed_at DESC, store_id DESC, id DESC LIMIT 700
                """)
                .param("store", filter.storeId()).param("state", filter.state())
                .param("from", filter.from() == null ? null : filter.from().toString())
                .param("to", filter.to() == null ? null : filter.to().toString()).query(String.class).list();
        List<String> found = new ArrayList<>();
        String next = null;
        do {
            OrderPage page = search.find(filter, next, 100).orElseThrow();
            page.orders().forEach(order -> found.add(order.id()));
            next = page.next();
        } while (next != null && found.size() < 700);

        assertThat(expected).isNotEmpty();
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aPageLooksThroughSoManyAndNoMore(OrderFilter filter) {
        rig.transaction().executeWithoutResult(transaction -> {
            long before = rowsRead();
            search.find(filter, null, 100).orElseThrow();
            assertThat(rowsRead() - before).isLessThanOrEqualTo(OrderSearch.LOOKED_THROUGH + 200L);
        });
    }

    @Test
    void aStoresOrdersAreReadWithoutTheOthersOfItsTime() {
        rig.transaction().executeWithoutResult(transaction -> {
            long before = rowsRead();
            assertThat(search.find(new OrderFilter("store-7", "CANCELLED", NOON.plusSeconds(100), NOON.plusSeconds(400)),
                    null, 100).orElseThrow().orders()).isEmpty();
            assertThat(rowsRead() - before).as("one of a thousand, of three hundred seconds").isLessThanOrEqualTo(50);
        });
    }

    @Test
    void aPlaceThatThereIsNotIsNoEmptyPage() {
        assertThat(search.find(new OrderFilter(null, null, null, null), "no-such-order", 10)).isEmpty();
    }

    /** What is asked for by hand must cost those nothing who pass: no index of it is written when an order moves on. */
    @Test
    void anOrdersUpdateWritesNoIndexOfTheSearch() {
        rig.transaction().executeWithoutResult(transaction -> {
            rig.jdbc().sql("""
                    UPDATE orders SET make = 'MADE', make_since = now(), version = version + 1 WHERE id = 'live-10'
                    """).update();
            assertThat(rig.jdbc().sql("""
                    SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'orders'
                    """).query(Long.class).single()).as("HOT").isEqualTo(1);
            transaction.setRollbackOnly();
        });
    }

    /** Of both tables, from an index or not, by this connection since it last told the server. */
    private long rowsRead() {
        return rig.jdbc().sql("""
                SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
                WHERE relname = 'orders' OR relname LIKE 'order_history%'
                """).query(Long.class).single();
    }
}
