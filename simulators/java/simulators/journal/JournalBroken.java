package simulators.journal;

/** The journal can't be read or written. Only what is on disk may be acted on, so its simulator has to stop. */
public final class JournalBroken extends RuntimeException {
    JournalBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
