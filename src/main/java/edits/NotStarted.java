package edits;

import org.springframework.core.NestedExceptionUtils;

/** A route did not come to its end, or did not start; what ran before runs again. The message says which and why. */
final class NotStarted extends Exception {

    NotStarted(String message) {
        super(message, null, false, false);
    }

    /**
     * Any failure of a start is a reason to run the routes of before again, a fault of the hub included.
     *
     * @param what the beginning of the message, as in {@code push-order did not start}
     * @throws OutOfMemoryError when the failure is one: it says nothing of the route, and nothing can be started then
     */
    static NotStarted because(String what, Throwable failure) {
        if (failure instanceof OutOfMemoryError none) {
            throw none;
        }
        return failure instanceof NotStarted already ? already : new NotStarted(what + ": " + reason(failure));
    }

    /** The message of the innermost cause, without the words of Camel's exceptions around it. */
    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getMessage() == null || cause instanceof Error ? cause.toString() : cause.getMessage();
    }
}
