package ledger;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The list of what was parked, among a hundred thousand: a page of it is read off an index, whatever is asked for. */
class ParkedListIT {

    private static final int ROWS = 100_000;
    private static final Instant NOON = OrderFixture.NOON;

    private final LedgerFixture rig = LedgerFixture.shared();
    private final ParkedMessages parked = new ParkedMessages(rig.ledger(), new Audit(rig.jdbc()));

    /** Two of three are done with; one a second, and every minute the same stores. */
    @BeforeAll
    static void many() {
        LedgerFixture.shared().empty().jdbc().sql("""
                INSERT INTO parked (parked_at, arrow, way, order_id, store_id, cause, source, headers, body, state,
                                    acted_at, acted_by, reason)
                SELECT :noon::timestamptz + n * interval '1 s', (ARRAY['made', 'express-sync'])[1 + n % 2], 'PUSH',
                       'o' || n / 2, 'store-' || n % 60, 'cause ' || n % 1000, 'topic/0@' || n, '{}',
                       convert_to('body ' || n, 'UTF8'),
                       (ARRAY['PARKED', 'REPLAYED', 'DISMISSED'])[1 + n % 3]::parked_state, now(), 'mei', 'so'
                FROM generate_series(0, :rows - 1) AS n
                """).param("noon", NOON.toString()).param("rows", ROWS).update();
        LedgerFixture.shared().jdbc().sql("ANALYZE parked").update();
    }

    @AfterAll
    static void none() {
        LedgerFixture.shared().empty();
    }

    static Stream<ParkedFilter> filters() {
        return Stream.of(
                filter(null, null, null, null, null, ParkedState.PARKED),
                filter(null, null, null, null, null, ParkedState.DISMISSED),
                filter(null, null, null, null, null, null),
                filter("o3", null, null, null, null, ParkedState.PARKED),
                filter("o3", null, null, null, null, null),
                filter(null, "store-6", null, null, null, ParkedState.PARKED),
                filter(null, null, "express-sync", null, null, ParkedState.PARKED),
                filter(null, null, null, NOON.plusSeconds(500), NOON.plusSeconds(520), ParkedState.PARKED),
                filter(null, "store-6", "made", NOON.plusSeconds(500), NOON.plusSeconds(50_000), ParkedState.PARKED));
    }

    private static ParkedFilter filter(String order, String store, String arrow, Instant from, Instant to,
                                       ParkedState state) {
        return new ParkedFilter(order, store, arrow, from, to, null, state);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void allThatFitAreListedPageByPageNewestFirstAndNoneTwice(ParkedFilter filter) {
        List<Long> expected = rig.jdbc().sql("""
                SELECT id FROM parked
                WHERE (:state::parked_state IS NULL OR state = :state::parked_state)
                  AND (:order::text IS NULL OR order_id = :order) AND (:store::text IS NULL OR store_id = :store)
                  AND (:arrow::text IS NULL OR arrow = :arrow)
                  AND (:from::timestamptz IS NULL OR parked_at >= :from::timestamptz)
                  AND (:to::timestamptz IS NULL OR parked_at < :to::timestamptz)
                ORDER BY parked_at DESC, id DESC LIMIT 700
                """)
                .param("state", filter.state() == null ? null : filter.state().name()).param("order", filter.orderId())
                .param("store", filter.storeId()).param("arrow", filter.arrow())
                .param("from", filter.from() == null ? null : filter.from().toString())
                .param("to", filter.to() == null ? null : filter.to().toString()).query(Long.class).list();
        List<Long> listed = new ArrayList<>();
        List<ParkedMessage> page;
        do {
            page = parked.list(filter, listed.isEmpty() ? null : listed.get(listed.size() - 1), false, 100, 4)
                    .orElseThrow();
            page.forEach(message -> listed.add(message.id()));
        } while (page.size() == 100 && listed.size() < 700);

        assertThat(expected).isNotEmpty();
        assertThat(listed).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aPageReadsAboutAsManyRowsAsItShows(ParkedFilter filter) {
        rig.transaction().executeWithoutResult(transaction -> {
            long before = rowsRead();
            int listed = parked.list(filter, null, false, 20, 4).orElseThrow().size();

            assertThat(listed).isPositive();
            // With several conditions, rows that fit only some of them are passed over.
            assertThat(rowsRead() - before).isLessThanOrEqualTo(3L * listed + 20);
        });
    }

    @Test
    void theCauseIsFoundByAnyPartOfItAndTheBodyIsCut() {
        List<ParkedMessage> found = parked.list(new ParkedFilter(null, null, null, null, null, "USE 99",
                ParkedState.PARKED), null, true, 5, 4).orElseThrow();

        assertThat(found).hasSize(5).allSatisfy(message -> {
            assertThat(message.cause()).startsWith("cause 99");
            assertThat(message.body()).isEqualTo("body".getBytes());
            assertThat(message.bytes()).isGreaterThan(4);
        });
    }

    @Test
    void aPlaceInTheListThatThereIsNotIsNoEmptyPage() {
        assertThat(parked.list(filter(null, null, null, null, null, null), Long.MAX_VALUE, false, 10, 4)).isEmpty();
    }

    /** Of the table, from an index or not, by this connection since it last told the server. */
    private long rowsRead() {
        return rig.jdbc().sql("""
                SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = 'parked'
                """).query(Long.class).single();
    }
}
