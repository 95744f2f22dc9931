package routes.http;

import java.util.Map;

/**
 * An error answer: RFC 9457 {@code application/problem+json}. Thrown by a route of the API, it becomes the answer. Its
 * detail says what happened and what to do next.
 *
 * {@snippet :
 * throw new Problem(404, "no-such-order", "No such order", "there is no order 81; confirm it with POST /api/orders first");
 * }
 */
public final class Problem extends RuntimeException {

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, String> headers;

    /**
     * @param status the HTTP status
     * @param type   a word that programs may compare; becomes {@code urn:lucky-hub:problem:<type>}
     * @param title  the type in words; always the same for one type
     * @param detail what happened here and what to do next
     */
    public Problem(int status, String type, String title, String detail) {
        this(status, type, title, detail, Map.of());
    }

    /** @param headers of the answer, by name */
    public Problem(int status, String type, String title, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.headers = headers;
    }

    /** The JSON body. */
    public record Body(String type, String title, int status, String detail) {
    }

    public int status() {
        return status;
    }

    public Body body() {
        return new Body("urn:lucky-hub:problem:" + type, title, status, getMessage());
    }

    /** Headers of the answer, by name. */
    public Map<String, String> headers() {
        return headers;
    }

    public static Problem malformed(String what) {
        return new Problem(400, "malformed", "The request is not what the contract says",
                what + "; see /api/openapi.yaml, correct it and send it again");
    }

    /** @param most the largest body that is accepted at this path, in bytes */
    public static Problem tooLarge(int most) {
        return new Problem(413, "too-large", "The body is too large",
                "a body has at most " + most + " bytes here; send less");
    }

    public static Problem noSuchOrder(String orderId) {
        return new Problem(404, "no-such-order", "No such order",
                "there is no order " + orderId + "; confirm it with POST /api/orders first");
    }

    /** The database is unreachable, or its answer to a commit was lost. The request may be repeated. */
    public static Problem unavailable() {
        return new Problem(503, "ledger-unavailable", "The ledger can't be reached",
                "it may or may not have been recorded; send the same request again after the seconds in Retry-After",
                Map.of("Retry-After", "5"));
    }

    /** Another session holds the order's lock: a person at the database, or a hub that was lost. Nothing was recorded. */
    public static Problem orderLocked() {
        return new Problem(503, "order-locked", "The order is locked in the ledger",
                "nothing was recorded; send the same request again after the seconds in Retry-After",
                Map.of("Retry-After", "5"));
    }

    /** The hub is starting or stopping, or the route is paused, being replaced or absent. Nothing was recorded. */
    public static Problem notReady() {
        return new Problem(503, "not-ready", "The hub is not ready for this",
                "it is starting or stopping, or its route is paused or being exchanged; nothing was recorded; send the "
                        + "same request again after the seconds in Retry-After",
                Map.of("Retry-After", "2"));
    }

    /** @param status 404 when there is nothing at the path, 405 when it has other methods */
    public static Problem notServed(int status) {
        return new Problem(status, "not-served", "Not served here",
                "see /api/openapi.yaml for the paths and methods that are");
    }

    public static Problem internal() {
        return new Problem(500, "internal", "The hub failed",
                "nothing was acknowledged; send the same request again, and tell the hub's operator if it stays so");
    }
}
