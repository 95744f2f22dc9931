package ledger;

import java.time.Instant;

/**
 * Money that must go back: it was paid for an order, and is not and can't become the payment that the order is made for.
 *
 * @param amount in minor units
 * @param why    in words
 * @param since  when that became known
 */
public record Refund(String paymentId, String orderId, long amount, String currency, String why, Instant since) {
}
