package ledger;

/**
 * The person or program that asks for an act.
 *
 * @param name    of the credential
 * @param address the IP address that the request came from
 */
public record Actor(String name, String address) {
}
