package ledger;

import java.time.Instant;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ledger's tables, and the clock that all of its times are read from.
 *
 * @param several the same as {@code jdbc}, for what it can't: several statements that give rows
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

    /** The database's clock, as hubs may disagree about the time. */
    Instant now() {
        return jdbc.sql("SELECT clock_timestamp() AS now").query((row, n) -> Columns.instant(row, "now")).single();
    }
}
