package chaos;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import contract.Json;
import contract.OrderRequest;
import contract.PaymentCallback;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Ways to forge a payment callback. */
enum Forgery {

    UNSIGNED,
    /** Fools a hub that splits a secret shown as {@code v1,whsec_…} at the comma and takes both parts for keys. */
    BY_A_VERSION_AS_KEY("v1"),
    BY_A_WORD_AS_KEY("changeme"),
    BY_A_KEY_OF_ONE_BYTE("whsec_AA=="),
    BY_ANOTHER_KEY("whsec_bm90IHRoZSBrZXkgb2YgdGhlIHBheW1lbnQgc3lzdGVt"),
    /** With the signature of a genuine callback about another order. */
    BY_A_SIGNATURE_OF_ANOTHER_BODY,
    LONG_AGO;

    private final String key;

    Forgery() {
        this(null);
    }

    Forgery(String key) {
        this.key = key;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static byte[] body(OrderRequest order, Instant now) {
        return Json.write(new PaymentCallback("forged-" + order.orderId(), order.orderId(), order.amount(),
                order.currency(), now));
    }

    /** @param genuine the payment system's key: for signatures that a forger may have intercepted */
    Map<String, String> headers(byte[] body, String genuine, Instant now) {
        return switch (this) {
            case UNSIGNED -> Map.of();
            case BY_A_SIGNATURE_OF_ANOTHER_BODY -> signed("{}".getBytes(StandardCharsets.UTF_8), genuine, now);
            case LONG_AGO -> signed(body, genuine, now.minus(Duration.ofMinutes(10)));
            default -> signed(body, key, now);
        };
    }

    private static Map<String, String> signed(byte[] body, String key, Instant at) {
        try {
            return Map.of("webhook-id", "forged", "webhook-timestamp", "" + at.getEpochSecond(), "webhook-signature",
                    new Webhook(key).sign("forged", at.getEpochSecond(), new String(body, StandardCharsets.UTF_8)));
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new IllegalStateException("can't sign with the key of a forgery", e);
        }
    }
}
