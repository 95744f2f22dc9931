package ledger.order;

/** How far the making has come. The order of the constants is the order of progress. */
public enum MakeState {
    CONFIRMED,
    PAID,
    /** The barista has a ticket (生成制作单). Manual acceptance may still take minutes. */
    RECEIVED,
    /** Accepted (接单): from here on the order can't be cancelled. */
    MAKING,
    MADE;

    boolean atLeast(MakeState other) {
        return compareTo(other) >= 0;
    }
}
