package simulators.wire;

/**
 * What a {@link SimulatorServer} answers.
 *
 * @param body written as JSON; null for none
 */
public record Response(int status, Object body) {

    public static Response ok(Object body) {
        return new Response(200, body);
    }

    /** An RFC 9457 problem. */
    public static Response problem(int status, String detail) {
        return new Response(status, new Problem(status, detail));
    }

    record Problem(int status, String detail) {
    }
}
