package ledger.order;

/** How far the making has come. The constants stand in the order of progress. */
public enum MakeState {
    CONFIRMED,
    PAID,
    /** The barista has a ticket (生成制作单). Acceptance by hand may still take minutes. */
    RECEIVED,
    /** Accepted (接单): from here on the order can't be cancelled. */
    MAKING,
    MADE;

    boolean atLeast(MakeState other) {
        return compareTo(other) >= 0;
    }
}
