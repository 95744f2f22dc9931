package routes.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import ledger.ParkedMessage;
import ledger.ParkedState;
import ledger.Way;
import ledger.order.Outcome;
import routes.message.BoundedBodyDeserializer;

/**
 * A parked message as an operator sees it.
 *
 * @param body         its first {@link #LONGEST_BODY} bytes
 * @param bodyEncoding {@code text} for readable UTF-8, else {@code base64}
 * @param bodyBytes    the length of the whole body, of which less may be kept
 * @param last         the last replay, or the dismissal; null before any
 */
record ParkedView(long id, Instant parkedAt, String arrow, Way way, String orderId, String storeId, String cause,
                  String source, Map<String, String> headers, String body, String bodyEncoding, int bodyBytes,
                  ParkedState state, int attempts, Act last) {

    /** Bytes; longer than any message of the contract, and short enough for a page of 500 messages. */
    static final int LONGEST_BODY = 16 * 1024;

    record Act(Instant at, String by, String reason, Outcome outcome) {
        static Act of(ParkedMessage.Act act) {
            return act == null ? null : new Act(act.at(), act.by(), act.reason(), act.outcome());
        }
    }

    /** The length of the body as it came, also when it was cut. */
    private static int bytes(ParkedMessage message) {
        String said = Rereading.kept(message).get(BoundedBodyDeserializer.BYTES);
        return said == null ? message.bytes() : Integer.parseInt(said);
    }

    static ParkedView of(ParkedMessage message) {
        String text = text(message.body(), message.body().length < bytes(message));
        return new ParkedView(message.id(), message.parkedAt(), message.arrow(), message.way(), message.orderId(),
                message.storeId(), message.cause(), message.source(), Rereading.kept(message),
                text != null ? text : Base64.getEncoder().encodeToString(message.body()),
                text != null ? "text" : "base64", bytes(message), message.state(), message.attempts(),
                Act.of(message.last()));
    }

    /**
     * @param cut whether bytes are missing at the end, so that the last character may be incomplete
     * @return null when the bytes are no readable text
     */
    static String text(byte[] bytes, boolean cut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, !cut);
        text.flip();
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
        return read.isError() || control ? null : text.toString();
    }
}
