package simulators.payment;

import contract.Check;

/**
 * {@code POST /payments}: a customer pays for an order.
 *
 * @param amount         minor units
 * @param currency       ISO 4217
 * @param idempotencyKey the same key is the same payment; null means the order's id, so that an order is paid once
 *                       unless somebody insists
 */
public record PaymentRequest(String orderId, long amount, String currency, String idempotencyKey) {
    public PaymentRequest {
        Check.id("orderId", orderId);
        if (currency == null) {
            throw new IllegalArgumentException("currency is missing");
        }
        if (idempotencyKey != null) {
            Check.id("idempotencyKey", idempotencyKey);
        }
    }

    String key() {
        return idempotencyKey == null ? orderId : idempotencyKey;
    }
}
