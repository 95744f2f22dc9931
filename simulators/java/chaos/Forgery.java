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

/** A callback that somebody makes who would like a drink without paying. */
enum Forgery {

    UNSIGNED,
    /** What a hub takes for keys that splits {@code v1,whsec_…}, as a provider may show its secret, at the comma. */
    BY_A_VERSION_AS_KEY("v1"),
    BY_A_WORD_AS_KEY("changeme"),
    BY_A_KEY_OF_ONE_BYTE("whsec_AA=="),
    BY_ANOTHER_KEY("whsec_bm90IHRoZSBrZXkgb2YgdGhlIHBheW1lbnQgc3lzdGVt"),
    /** Of a callback that was genuine, and told of another order. */
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

    /** @param genuine the payment system's key: a forger has none, but may have seen what was signed with it */
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
