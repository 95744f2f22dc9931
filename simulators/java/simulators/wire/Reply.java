package simulators.wire;

/**
 * What a {@link Desk} answers.
 *
 * @param body written as JSON; null for none
 */
public record Reply(int status, Object body) {

    public static Reply ok(Object body) {
        return new Reply(200, body);
    }

    /** An RFC 9457 problem. */
    public static Reply problem(int status, String detail) {
        return new Reply(status, new Problem(status, detail));
    }

    record Problem(int status, String detail) {
    }
}
