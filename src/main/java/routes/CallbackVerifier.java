package routes;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifecycle.UnfitSetting;

/**
 * Whether a callback really comes from the payment system: <a href="https://www.standardwebhooks.com">Standard
 * Webhooks</a> over the raw body, no older or newer than five minutes. Any of several keys will do, so that keys can be
 * changed one side after the other.
 */
final class CallbackVerifier {

    static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    /** How old or new a signature may be; the library has the same. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String PREFIX = "whsec_";
    /** Bytes of a key, at least, by Standard Webhooks: with a key that can be guessed, anyone could report payments. */
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

    /**
     * Why a callback is not genuine.
     *
     * @param detail for the log, what it was and what to look at; nothing that would help to forge one
     * @param ahead  how far the sender's clock is ahead of ours, below zero when it is behind; only of {@link Reason#CLOCK}
     */
    record Doubt(Reason reason, String detail, Duration ahead) {
    }

    enum Reason {
        /** One of the three headers is missing or malformed. */
        HEADER,
        /** It was signed too long ago, or in the future. */
        CLOCK,
        /** None of the hub's keys has made this signature of this body. */
        KEY
    }

    /**
     * Verifies a callback.
     *
     * @param headers the three of {@link #HEADERS}, each with its value or without
     */
    Optional<Doubt> doubts(byte[] body, Map<String, List<String>> headers, Instant now) {
        for (String name : HEADERS) {
            if (!headers.containsKey(name) || headers.get(name).get(0).isEmpty()) {
                return doubt(Reason.HEADER, name + " is missing; see whether a proxy in between drops it", null);
            }
        }
        long signedAt;
        try {
            signedAt = Long.parseLong(headers.get("webhook-timestamp").get(0));
        } catch (NumberFormatException e) {
            return doubt(Reason.HEADER, "webhook-timestamp is no number of seconds", null);
        }
        long ahead = signedAt - now.getEpochSecond();
        if (signedAt < 0 || Math.abs(ahead) > TOLERANCE.toSeconds()) {
            return doubt(Reason.CLOCK, "its clock is " + Math.abs(ahead) + " s " + (ahead < 0 ? "behind" : "ahead of")
                    + " this hub's; compare both with a time server", Duration.ofSeconds(ahead));
        }
        return isSigned(body, headers) ? Optional.empty()
                : doubt(Reason.KEY, "no key of hub.callback.keys has made its signature of its body; compare the payment "
                        + "system's key, and see whether a proxy in between changes bodies", null);
    }

    private static Optional<Doubt> doubt(Reason reason, String detail, Duration ahead) {
        return Optional.of(new Doubt(reason, detail, ahead));
    }

    private boolean isSigned(byte[] body, Map<String, List<String>> headers) {
        String payload;
        try {
            payload = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            // The library signs text, so that bytes which are not text were not signed by it.
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

    /**
     * Checks a key, as the library would take any text and decode what it can of it: {@code v1} would be a key of one byte.
     */
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

    /** Refuses text that no encoder writes. The padding at the end of a key may be left out. */
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
