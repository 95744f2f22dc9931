package ledger;

/** The state of a message that was parked. An operator replays or dismisses it, once. */
public enum ParkedState {
    PARKED, REPLAYED, DISMISSED
}
