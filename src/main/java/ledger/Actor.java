package ledger;

/**
 * Who wishes something to be done.
 *
 * @param name    of the credential
 * @param address where the wish came from
 */
public record Actor(String name, String address) {
}
