package simulators.payment;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import contract.Json;
import contract.PaymentCallback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import simulators.journal.Entry;

/**
 * 支付成功回调: the callback about one payment. Body and {@code webhook-id} are the same for each attempt, timestamp and
 * signature are new.
 *
 * @param id the {@code webhook-id}
 */
record Callback(String id, byte[] body) {

    static Callback of(Entry payment) {
        return new Callback("msg_" + payment.id(), Json.write(said(payment)));
    }

    /** The payment in the form of the contract, for callbacks and for answers alike. */
    static PaymentCallback said(Entry payment) {
        return new PaymentCallback(payment.id(), payment.orderId(), Long.parseLong(payment.get("amount")),
                payment.get("currency"), payment.at());
    }

    Map<String, String> headers(Webhook signer, Instant now) {
        try {
            String signature = signer.sign(id, now.getEpochSecond(), new String(body, StandardCharsets.UTF_8));
            return Map.of("webhook-id", id, "webhook-timestamp", "" + now.getEpochSecond(),
                    "webhook-signature", signature);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("the callback's key can't sign; give a secret of the form whsec_<base64>", e);
        }
    }
}
