package ledger;

import java.time.Instant;

/**
 * Which lines of the audit are wanted. Null stands for any.
 *
 * @param from at that time or later
 * @param to   before that time
 */
public record AuditFilter(String who, String act, String subject, Instant from, Instant to) {
}
