package routes.call;

/** A call of one store has no answer, and others at the same address may have one. */
final class OfOneStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param cause what the store did, or that its circuit is open */
    OfOneStoreException(Exception cause) {
        super(cause.getMessage(), cause, false, false);
    }
}
