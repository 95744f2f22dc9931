package ledger;

/** A message that says nothing that could be understood; its text says why, for people. */
public final class Unreadable extends RuntimeException {

    public Unreadable(String why) {
        super(why, null, false, false);
    }
}
