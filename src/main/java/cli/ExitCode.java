package cli;

/** The exit codes of the command line, beside 0 for success. */
final class ExitCode {

    /** Refused by the hub or by the check; nothing has changed. */
    static final int REFUSED = 1;
    /** The command line is wrong, or a file can't be read. */
    static final int USAGE = 2;
    /** No hub answers at the address, or not to this token. */
    static final int NO_HUB = 3;

    private ExitCode() {
    }
}
