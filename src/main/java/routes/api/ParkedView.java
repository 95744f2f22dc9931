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
 * @param bodyEncoding {@code text} for UTF-8 that people can read, else {@code base64}
 * @param bodyBytes    how long it is in all; more than is kept when it was cut
 * @param last         the last replay, or the dismissal; null before any
 */
record ParkedView(long id, Instant parkedAt, String arrow, Way way, String orderId, String storeId, String cause,
                  String source, Map<String, String> headers, String body, String bodyEncoding, int bodyBytes,
                  ParkedState state, int attempts, Act last) {

    /** Longer than any message of the contract that can be parked; a page of 500 of them is still a page. */
    static final int LONGEST_BODY = 16 * 1024;

    record Act(Instant at, String by, String reason, Outcome outcome) {
        static Act of(ParkedMessage.Act act) {
            return act == null ? null : new Act(act.at(), act.by(), act.reason(), act.outcome());
        }
    }

    /** Of one that was cut when it came, how long it was. */
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

    /** @param cut whether more follows, so that the last character may be half of one; @return null when it is no text */
    static String text(byte[] bytes, boolean cut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, !cut);
        text.flip();
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
        return read.isError() || control ? null : text.toString();
    }
}
