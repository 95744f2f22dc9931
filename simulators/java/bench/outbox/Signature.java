package bench.outbox;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Verifies the signature of a callback by Standard Webhooks. */
final class Signature {

    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private final Webhook webhook;

    Signature(String key) {
        try {
            webhook = new Webhook(key);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("the callback's key is empty", e);
        }
    }

    boolean holds(Headers headers, byte[] body) {
        Map<String, List<String>> signed = new HashMap<>();
        for (String name : HEADERS) {
            signed.put(name, List.of(String.valueOf(headers.getFirst(name))));
        }
        try {
            webhook.verify(new String(body, StandardCharsets.UTF_8), signed);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }
}
