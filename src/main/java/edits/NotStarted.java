package edits;

/** A route did not come to its end, or did not start; what ran before runs again. The message says which and why. */
final class NotStarted extends Exception {

    NotStarted(String message) {
        super(message, null, false, false);
    }
}
