package edits;

/** An edit, or the check of one, is refused; what runs has not changed. The message says why and what to do next. */
final class EditRefused extends RuntimeException {

    enum Reason {
        /** This hub checks another edit for the same role. */
        CHECK_UNDERWAY,
        /** Another edit runs here, or another hub was faster. */
        EDIT_UNDERWAY,
        /** It was made from a revision that is no longer in force. */
        EDITED_MEANWHILE,
        /** This hub does not run what is in force. */
        NOT_IN_FORCE,
        /** It takes an arrow out over which orders are owed, and does not say what becomes of them. */
        STILL_OWED,
        NOT_PAUSABLE,
        NO_SUCH_REVISION,
        NO_SUCH_ROUTE,
        NO_SUCH_FILE,
        /** Its files do not pass the check, or it changes more than its author may. */
        NOT_ALLOWED,
        /** Its routes passed the check and could not be started. */
        NOT_STARTED
    }

    private final Reason reason;

    EditRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    static EditRefused editUnderway() {
        return new EditRefused(Reason.EDIT_UNDERWAY,
                "nothing was changed by this one; see GET /api/routes, and send it again if it is still wanted");
    }
}
