package ledger;

/**
 * A message as it came, so that it can be parked and read again.
 *
 * @param source  {@code topic/partition@offset}, or the HTTP path
 * @param headers as JSON
 */
public record Origin(String source, String headers, byte[] body) {
}
