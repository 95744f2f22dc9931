package routes;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Whether a callback really comes from the payment system: <a href="https://www.standardwebhooks.com">Standard
 * Webhooks</a> over the raw body, no older or newer than five minutes. Any of several keys will do, so that keys can be
 * changed one side after the other.
 */
final class CallbackVerifier {

    static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private static final String PREFIX = "whsec_";
    /** What Standard Webhooks asks for. A key that can be guessed lets anybody report payments. */
    private static final int SHORTEST_KEY_BYTES = 24;

    private final List<Webhook> keys;

    /**
     * @param keys as {@code whsec_<base64>}
     * @throws UnfitSetting when there is none, or one is not such a key
     */
    CallbackVerifier(List<String> keys) {
        if (keys.isEmpty()) {
            throw unfit("is empty");
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

    /** The library would take any text, and read of it what it can: {@code v1} is a key of one byte to it. */
    private static Webhook webhook(String key) {
        if (!key.startsWith(PREFIX)) {
            throw unfit("has an element that doesn't begin with " + PREFIX);
        }
        String base64 = key.substring(PREFIX.length());
        byte[] bytes = decoded(base64);
        if (bytes.length < SHORTEST_KEY_BYTES) {
            throw unfit("has a key of " + bytes.length + " bytes, and a key has at least " + SHORTEST_KEY_BYTES);
        }
        try {
            return new Webhook(key);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalStateException("a key of " + bytes.length + " bytes is not empty", e);
        }
    }

    /** Each key is written in one way, but for the padding at its end, which some leave out. */
    private static byte[] decoded(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw unfit("has a key that is not base64");
        }
        if (!base64.equals(Base64.getEncoder().encodeToString(bytes))
                && !base64.equals(Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
            throw unfit("has a key that is not base64 as an encoder writes it, so that a part of it may be missing");
        }
        return bytes;
    }

    private static UnfitSetting unfit(String what) {
        return new UnfitSetting("hub.callback.keys (HUB_CALLBACK_KEYS) " + what + ": set it to the keys that the payment "
                + "system signs callbacks with, each as whsec_<base64> as a whole, with commas between them and nothing "
                + "else, and start the hub again");
    }
}
