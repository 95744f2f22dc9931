package ledger;

import java.time.Instant;

/**
 * What someone did, or was refused.
 *
 * @param who     the name of the credential
 * @param subject what it was done to, as in {@code parked/17}
 * @param detail  what became of it, in words; may be null
 * @param address where the wish came from
 */
public record AuditLine(long id, Instant at, String who, String act, String subject, String detail, String address) {
}
