package ledger;

/** Where a message stands that was parked. The other two are reached once, by an operator's act. */
public enum ParkedState {
    PARKED, REPLAYED, DISMISSED
}
