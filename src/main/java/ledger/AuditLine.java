package ledger;

import java.time.Instant;

/**
 * An act, or a request that was refused.
 *
 * @param who     the name of the credential
 * @param subject the object of the act, as in {@code parked/17}
 * @param detail  the result in words; may be null
 * @param address the IP address that the request came from
 */
public record AuditLine(long id, Instant at, String who, String act, String subject, String detail, String address) {
}
