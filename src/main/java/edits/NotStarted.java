package edits;

import org.springframework.core.NestedExceptionUtils;

/** A route did not come to its end, or did not start; what ran before runs again. The message says which and why. */
final class NotStarted extends Exception {

    NotStarted(String message) {
        super(message, null, false, false);
    }

    /**
     * Whatever a start fails with is a reason to go back to what ran before, an error of ours included.
     *
     * @param what the beginning of the message, as in {@code push-order did not start}
     * @throws OutOfMemoryError which says nothing of the route, and leaves nothing to go back with
     */
    static NotStarted because(String what, Throwable failure) {
        if (failure instanceof OutOfMemoryError none) {
            throw none;
        }
        return failure instanceof NotStarted already ? already : new NotStarted(what + ": " + reason(failure));
    }

    /** The first cause that says something, without Camel's own words around it. */
    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getMessage() == null || cause instanceof Error ? cause.toString() : cause.getMessage();
    }
}
