package ledger;

/** A message or a stored event can't be read. The text says why, for people; it repeats nothing of the message. */
public final class Unreadable extends RuntimeException {

    public Unreadable(String why) {
        super(why, null, false, false);
    }
}
