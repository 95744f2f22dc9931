package routes.commit;

/**
 * A {@link GroupCommit} did not take something in, or gave up waiting for its transaction. The same may be brought again.
 */
public final class CommitRejected extends RuntimeException {

    private final boolean ofTheLedger;

    private CommitRejected(String message, boolean ofTheLedger) {
        super(message, null, false, false);
        this.ofTheLedger = ofTheLedger;
    }

    static CommitRejected stopped() {
        return new CommitRejected("the hub is starting or stopping; nothing was recorded", false);
    }

    static CommitRejected full(int room) {
        return new CommitRejected(room + " others wait for the database; nothing was recorded", true);
    }

    static CommitRejected late(long seconds) {
        return new CommitRejected("no commit within " + seconds + " s; it may or may not be recorded", true);
    }

    static CommitRejected interrupted() {
        return new CommitRejected("interrupted while waiting for the commit; it may or may not be recorded", true);
    }

    /** Whether the reason is that the ledger can't keep up or can't be reached, rather than that the hub starts or stops. */
    public boolean isOfTheLedger() {
        return ofTheLedger;
    }
}
