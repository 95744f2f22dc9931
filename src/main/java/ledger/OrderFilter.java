package ledger;

import java.time.Instant;

/**
 * Which orders. Null is any.
 *
 * @param storeId with it, history is looked through as well; without it, the live orders alone
 * @param state   of the making, the delivery, the cancel, or what it was settled as; {@code OPEN}: not settled
 * @param from    confirmed then or later
 * @param to      confirmed before then
 */
public record OrderFilter(String storeId, String state, Instant from, Instant to) {

    public static final String OPEN = "OPEN";
}
