package routes;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Whether a callback really comes from the payment system: <a href="https://www.standardwebhooks.com">Standard
 * Webhooks</a> over the raw body, no older or newer than five minutes. Any of several keys will do, so that keys can be
 * changed one side after the other.
 */
final class CallbackVerifier {

    static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private final List<Webhook> keys;

    /**
     * @param keys as {@code whsec_<base64>}
     * @throws IllegalArgumentException when there is none, or one is not such a key; the message doesn't repeat it
     */
    CallbackVerifier(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "hub.callback.keys is empty: set HUB_CALLBACK_KEYS to the payment system's whsec_… key");
        }
        this.keys = keys.stream().map(CallbackVerifier::webhook).toList();
    }

    /** @param headers the three of {@link #HEADERS}, each with its value or without */
    boolean genuine(byte[] body, Map<String, List<String>> headers) {
        String payload;
        try {
            payload = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            // The library signs text. What is no text was never signed by it.
            return false;
        }
        return keys.stream().anyMatch(key -> {
            try {
                key.verify(payload, headers);
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        });
    }

    private static Webhook webhook(String key) {
        try {
            return new Webhook(key.trim());
        } catch (EmptyWebhookSecretException | IllegalArgumentException e) {
            throw new IllegalArgumentException("a key of hub.callback.keys is not of the form whsec_<base64>");
        }
    }
}
