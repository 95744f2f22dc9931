package bench;

import demo.Credentials;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The requests of shop and payment system, as bytes. Used by one thread. */
final class LoadRequests {

    private static final String KEY_PREFIX = "whsec_";

    private final String host;
    private final String shopToken;
    private final Mac signature;

    LoadRequests(String host, Credentials credentials) {
        this.host = host;
        this.shopToken = credentials.shop();
        try {
            signature = Mac.getInstance("HmacSHA256");
            signature.init(new SecretKeySpec(
                    Base64.getDecoder().decode(credentials.callbackKey().substring(KEY_PREFIX.length())), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    byte[] confirm(byte[] order) {
        return post("/api/orders", "Authorization: Bearer " + shopToken + "\r\n", order);
    }

    /** A callback that is signed as Standard Webhooks require. */
    byte[] callback(String orderId, Instant now) {
        byte[] body = OrderMix.callback(orderId, now.toString()).getBytes(StandardCharsets.UTF_8);
        String signed = "msg_" + orderId + '.' + now.getEpochSecond() + '.';
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        String token = Base64.getEncoder().encodeToString(signature.doFinal(body));
        return post("/api/payments/callback", "webhook-id: msg_" + orderId + "\r\nwebhook-timestamp: "
                + now.getEpochSecond() + "\r\nwebhook-signature: v1," + token + "\r\n", body);
    }

    byte[] post(String path, String fields, byte[] body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n" + fields + "\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
