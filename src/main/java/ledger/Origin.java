package ledger;

/**
 * A message as it came, should it have to be parked.
 *
 * @param source  {@code topic/partition@offset}, or the HTTP path
 * @param headers as JSON
 */
public record Origin(String source, String headers, byte[] body) {
}
