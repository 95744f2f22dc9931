package ledger;

import java.time.Instant;

/**
 * Which orders are wanted. Null stands for any.
 *
 * @param storeId with a store, live orders and history are looked through; without, only live orders
 * @param state   of making, delivery or cancel, or a settlement; {@link #OPEN} for orders that are not settled
 * @param from    confirmed then or later
 * @param to      confirmed before then
 */
public record OrderFilter(String storeId, String state, Instant from, Instant to) {

    /** The state of orders that are not settled. */
    public static final String OPEN = "OPEN";
}
