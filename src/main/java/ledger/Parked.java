package ledger;

/**
 * A message that can't be processed, kept as it came.
 *
 * @param orderId null when it could not be told
 * @param cause   in words
 * @param source  where it came from: {@code topic/partition@offset}, or the HTTP path
 * @param headers as JSON
 */
public record Parked(String arrow, Way way, String orderId, String cause, String source, String headers, byte[] body) {
}
