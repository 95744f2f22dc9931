package ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ledger.order.Order;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ledger's tables, and the clock that all of its times are read from.
 *
 * @param several the same database as {@code jdbc}, for several queries in one exchange
 */
record Rows(NamedParameterJdbcOperations several, JdbcClient jdbc, OrderRows orders, HistoryRows history,
            PaymentRows payments, TimelineRows timeline, EarlyRows early, ParkedRows parked, DebtRows debts, OwedRows owed,
            TickRows ticks) {

    Rows(NamedParameterJdbcOperations several) {
        this(several, JdbcClient.create(several));
    }

    private Rows(NamedParameterJdbcOperations several, JdbcClient jdbc) {
        this(several, jdbc, new OrderRows(jdbc), new HistoryRows(jdbc), new PaymentRows(jdbc), new TimelineRows(jdbc),
                new EarlyRows(jdbc), new ParkedRows(jdbc), new DebtRows(jdbc), new OwedRows(jdbc), new TickRows(jdbc));
    }

    /** Orders by id, live or in history. */
    Map<String, Order> find(Collection<String> ids) {
        Map<String, Order> found = new LinkedHashMap<>();
        // In this sequence: an order that moves meanwhile is found twice, rather than not at all.
        orders.find(ids).forEach(order -> found.put(order.id(), order));
        List<String> moved = ids.stream().filter(id -> !found.containsKey(id)).toList();
        if (!moved.isEmpty()) {
            found.putAll(history.find(moved));
        }
        return found;
    }

    /** By the database's clock, as the clocks of hubs may differ. */
    Instant now() {
        return jdbc.sql("SELECT clock_timestamp() AS now").query((row, n) -> Columns.instant(row, "now")).single();
    }
}
