package ledger;

import java.time.Instant;

/**
 * Which parked messages are wanted. Null stands for any.
 *
 * @param from  parked then or later
 * @param to    parked before then
 * @param cause text that the cause contains, in capitals or not
 */
public record ParkedFilter(String orderId, String storeId, String arrow, Instant from, Instant to, String cause,
                           ParkedState state) {
}
