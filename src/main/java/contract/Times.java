package contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Times as the contract has them: text by RFC 3339, with its offset, of the years 2000 to 2999, which is what the database
 * can hold and what we can write again. Read by hand, as every message has some: a pattern and a formatter cost more than
 * all else in it.
 */
public final class Times {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("3000-01-01T00:00:00Z");

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int MOST_DIGITS_OF_A_SECOND = 9;
    private static final int LARGEST_OFFSET = 18 * 3_600;

    private Times() {
    }

    /** @return null when it is no such time */
    public static Instant read(String text) {
        int zone = fraction(text);
        if (zone < 0) {
            return null;
        }
        int offset = offset(text, zone);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (Math.abs(offset) > LARGEST_OFFSET || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            Instant time = Instant.ofEpochSecond(day * 86_400 + hour * 3_600 + minute * 60 + second - offset,
                    nanos(text, zone));
            // Its offset may lead out of these years.
            return text.charAt(0) != '2' || time.isBefore(FIRST) || !time.isBefore(END) ? null : time;
        } catch (DateTimeException e) {
            // The form was right, the 30th of February is not.
            return null;
        }
    }

    /** @return where the offset begins; below 0 when what is before it has not the form */
    private static int fraction(String text) {
        if (text.length() <= FORM.length()) {
            return -1;
        }
        for (int at = 0; at < FORM.length(); at++) {
            boolean fits = FORM.charAt(at) == '0' ? isDigit(text.charAt(at)) : text.charAt(at) == FORM.charAt(at);
            if (!fits) {
                return -1;
            }
        }
        int at = FORM.length();
        if (text.charAt(at) != '.') {
            return at;
        }
        do {
            at++;
        } while (at < text.length() && isDigit(text.charAt(at)));
        int digits = at - FORM.length() - 1;
        return digits == 0 || digits > MOST_DIGITS_OF_A_SECOND ? -1 : at;
    }

    /** @return seconds; more than there can be when it has not the form */
    private static int offset(String text, int at) {
        if (text.length() == at + 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        boolean fits = text.length() == at + 6 && (text.charAt(at) == '+' || text.charAt(at) == '-')
                && isDigit(text.charAt(at + 1)) && isDigit(text.charAt(at + 2)) && text.charAt(at + 3) == ':'
                && isDigit(text.charAt(at + 4)) && isDigit(text.charAt(at + 5));
        int minutes = fits ? number(text, at + 4, at + 6) : 60;
        if (minutes > 59) {
            return Integer.MAX_VALUE;
        }
        int seconds = number(text, at + 1, at + 3) * 3_600 + minutes * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    private static int nanos(String text, int zone) {
        int digits = zone - FORM.length() - 1;
        int nanos = digits > 0 ? number(text, FORM.length() + 1, zone) : 0;
        for (int missing = digits; digits > 0 && missing < MOST_DIGITS_OF_A_SECOND; missing++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + text.charAt(at) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
