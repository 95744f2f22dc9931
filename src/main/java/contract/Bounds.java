package contract;

import java.time.Instant;
import java.util.List;

/** The bounds that every message keeps; a message outside them can't be constructed. */
public final class Bounds {

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_TEXT = 200;

    private Bounds() {
    }

    /**
     * An identifier: 1 to 64 letters, digits, dots, underscores or hyphens, the first a letter or digit.
     *
     * @throws IllegalArgumentException when it is absent or something else; the message never repeats the value
     */
    public static String id(String name, String value) {
        if (value == null || !isId(value)) {
            throw new IllegalArgumentException(
                    name + " must be 1 to 64 letters, digits, '.', '_' or '-', starting with a letter or digit");
        }
        return value;
    }

    /** An ISO 4217 code: three capital letters. */
    static String currency(String value) {
        if (value == null || value.length() != 3
                || !isCapital(value.charAt(0)) || !isCapital(value.charAt(1)) || !isCapital(value.charAt(2))) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code of three capital letters");
        }
        return value;
    }

    /** A sum in minor units (fen, cents), above zero and below 100 million. */
    static long amount(long value) {
        if (value <= 0 || value >= 100_000_000) {
            throw new IllegalArgumentException("amount must be a whole number of minor units from 1 to 99999999");
        }
        return value;
    }

    /** Free text for people: at most 200 characters, none of them a control character. Null stays null. */
    public static String text(String name, String value) {
        if (value != null && (value.codePointCount(0, value.length()) > LONGEST_TEXT
                || value.codePoints().anyMatch(Bounds::isNoText))) {
            throw new IllegalArgumentException(
                    name + " must be at most " + LONGEST_TEXT + " characters without control characters");
        }
        return value;
    }

    /** Half a surrogate pair counts too: it has no UTF-8, so it can't be sent on as it came. */
    private static boolean isNoText(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /**
     * A period of time, of which either end may be open.
     *
     * @param from null for no beginning
     * @param to   null for no end
     * @throws IllegalArgumentException when {@code from} is not before {@code to}
     */
    public static void period(Instant from, Instant to) {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to");
        }
    }

    /** One of a few words. */
    static String oneOf(String name, String value, String... words) {
        if (!List.of(words).contains(present(name, value))) {
            throw new IllegalArgumentException(name + " must be one of " + String.join(", ", words));
        }
        return value;
    }

    /** Whether a name from outside may be repeated in an error. */
    static boolean isName(String value) {
        return isId(value);
    }

    /**
     * Ids end up in keys, paths and log lines, so they hold nothing that any of these would have to quote. Looked at
     * letter by letter: a message has several, and a pattern takes ten times as long.
     */
    private static boolean isId(String value) {
        if (value.isEmpty() || value.length() > LONGEST_ID || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int at = 1; at < value.length(); at++) {
            char character = value.charAt(at);
            if (!isLetterOrDigit(character) && character != '.' && character != '_' && character != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char character) {
        return isCapital(character) || character >= 'a' && character <= 'z' || character >= '0' && character <= '9';
    }

    private static boolean isCapital(char character) {
        return character >= 'A' && character <= 'Z';
    }

    static <T> T present(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static <T> List<T> list(String name, List<T> value, int most) {
        present(name, value);
        if (value.size() > most || value.stream().anyMatch(java.util.Objects::isNull)) {
            throw new IllegalArgumentException(name + " must hold at most " + most + " entries, none of them null");
        }
        return List.copyOf(value);
    }
}
