package edits.rules;

import java.util.List;
import java.util.Locale;

/**
 * A problem of a route file, or a note about it, with its place and what to change.
 *
 * @param severity whether the file can't be applied as it is
 * @param line     from 1 on; 0 when it is about the file as a whole
 * @param column   from 1 on; 0 when it is about the file as a whole
 * @param text     the line it is about; empty when it is about the file as a whole
 * @param problem  what is wrong
 * @param change   what to change
 */
public record Finding(Severity severity, String file, int line, int column, String text, LocalizedMessage problem,
        LocalizedMessage change) {

    /** Findings that are shown, at most; each costs a look through its file. */
    static final int MOST = 50;

    /** An ERROR keeps the file from being applied. A NOTE names what the check can't know and the hub will. */
    public enum Severity { ERROR, NOTE }

    private static final int LONGEST_LINE = 160;
    private static final int LONGEST_PROBLEM = 500;

    public static Finding ofFile(RouteFile file, LocalizedMessage problem, LocalizedMessage change) {
        return ofFile(file.name(), problem, change);
    }

    public static Finding ofFile(String file, LocalizedMessage problem, LocalizedMessage change) {
        return new Finding(Severity.ERROR, file, 0, 0, "", problem, change);
    }

    static Finding at(RouteFile file, int line, int column, LocalizedMessage problem, LocalizedMessage change) {
        return new Finding(Severity.ERROR, file.name(), line, column, cut(file.line(line), LONGEST_LINE), problem, change);
    }

    public Finding asNote() {
        return new Finding(Severity.NOTE, file, line, column, text, problem, change);
    }

    public boolean blocks() {
        return severity == Severity.ERROR;
    }

    /** The same with its texts in one language. What they quote of the file is cut off where it is long. */
    public Finding in(Locale language) {
        return new Finding(severity, file, line, column, text,
                LocalizedMessage.verbatim(cut(problem.in(language), LONGEST_PROBLEM)),
                LocalizedMessage.verbatim(change.in(language)));
    }

    /** In English, as a compiler would print it, the place marked by a caret. */
    public String inWords() {
        String what = (blocks() ? "" : "note: ") + cut(problem.toString(), LONGEST_PROBLEM) + "; " + change;
        if (line == 0) {
            return file + ": " + what;
        }
        return file + ":" + line + ":" + column + ": " + what + "\n    " + text + "\n    "
                + " ".repeat(Math.min(Math.max(column - 1, 0), text.length())) + "^";
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }

    /** Whether there are so many findings that a check may stop: the file is refused anyway. */
    static boolean areEnough(List<Finding> findings) {
        return findings.size() >= MOST && findings.stream().filter(Finding::blocks).count() >= MOST;
    }
}
