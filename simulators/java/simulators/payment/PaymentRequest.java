package simulators.payment;

import contract.Bounds;

/**
 * {@code POST /payments}: a customer pays for an order.
 *
 * @param amount         in minor units, 1 to 99999999
 * @param currency       ISO 4217
 * @param idempotencyKey the same key is the same payment; null means the order's id, so that an order is paid once
 */
public record PaymentRequest(String orderId, long amount, String currency, String idempotencyKey) {
    public PaymentRequest {
        Bounds.id("orderId", orderId);
        // The bounds of the callback: otherwise a payment could be taken that no callback can report.
        if (amount < 1 || amount > 99_999_999) {
            throw new IllegalArgumentException("amount must be a whole number of minor units from 1 to 99999999");
        }
        if (currency == null || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code of three capital letters");
        }
        if (idempotencyKey != null) {
            Bounds.id("idempotencyKey", idempotencyKey);
        }
    }

    String key() {
        return idempotencyKey == null ? orderId : idempotencyKey;
    }
}
