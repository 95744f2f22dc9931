package simulators.wire;

/**
 * An answer of a {@link SimulatorServer}.
 *
 * @param status of HTTP
 * @param body   written as JSON; null for none
 */
public record Response(int status, Object body) {

    public static Response ok(Object body) {
        return new Response(200, body);
    }

    /** A problem detail (RFC 9457). */
    public static Response problem(int status, String detail) {
        return new Response(status, new Problem(status, detail));
    }

    record Problem(int status, String detail) {
    }
}
