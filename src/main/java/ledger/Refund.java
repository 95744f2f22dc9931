package ledger;

import java.time.Instant;

/**
 * A payment whose money must go back: it is not, and can't become, the payment that its order is made for.
 *
 * @param amount in minor units
 * @param why    the reason in words
 * @param since  when it became due back
 */
public record Refund(String paymentId, String orderId, long amount, String currency, String why, Instant since) {
}
