package ledger;

import ledger.order.Event;

/**
 * A message that can't be processed and is to be kept as it came.
 *
 * @param orderId null when it is not known
 * @param storeId null when it is not known
 * @param cause   why it can't be processed, in words
 * @param source  where it came from: {@code topic/partition@offset}, or the HTTP path
 * @param headers as JSON
 * @param event   what the message says; null when it can't be read
 */
public record Parked(String arrow, Way way, String orderId, String storeId, String cause, String source, String headers,
                     byte[] body, Event event) {

    /** A message that can't be read. */
    public Parked(String arrow, Way way, String orderId, String cause, Origin from) {
        this(arrow, way, orderId, null, cause, from.source(), from.headers(), from.body(), null);
    }
}
