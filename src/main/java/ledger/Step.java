package ledger;

import java.time.Instant;
import ledger.order.Outcome;

/**
 * One line of an order's timeline.
 *
 * @param at     by the database's clock; null before it is written
 * @param detail the reason in words; may be null
 */
public record Step(String orderId, Instant at, String arrow, Way way, Outcome outcome, String detail) {

    public Step(String orderId, String arrow, Way way, Outcome outcome, String detail) {
        this(orderId, null, arrow, way, outcome, detail);
    }
}
