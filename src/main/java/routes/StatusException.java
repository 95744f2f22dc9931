package routes;

/** A neighbour answered, but not 200. */
final class StatusException extends RuntimeException {

    private final int status;

    StatusException(int status) {
        super("status " + status, null, false, false);
        this.status = status;
    }

    /** It says no, rather than not now: the same request would be refused again, and the neighbour is well. */
    boolean isRefusal() {
        return status < 500;
    }

    /** It is the request's content that it doesn't take; of many orders it may be one. */
    boolean isOfTheContent() {
        return status == 400 || status == 413 || status == 422;
    }
}
