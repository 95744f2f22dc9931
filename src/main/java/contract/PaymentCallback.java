package contract;

import java.time.Instant;

/**
 * {@code POST /api/payments/callback}, 支付成功回调: the payment system's signed word that an order is paid.
 *
 * @param paymentId the payment system's id; belongs to one order for ever
 * @param amount    what was paid, in minor units
 * @param currency  ISO 4217
 */
public record PaymentCallback(String paymentId, String orderId, long amount, String currency, Instant paidAt) {
    public PaymentCallback {
        Bounds.id("paymentId", paymentId);
        Bounds.id("orderId", orderId);
        Bounds.amount(amount);
        Bounds.currency(currency);
        Bounds.present("paidAt", paidAt);
    }
}
