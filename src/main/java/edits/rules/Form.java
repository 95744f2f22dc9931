package edits.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a value: a pattern, and a length that is checked first. A pattern that repeats a group takes a frame of the
 * stack for each repetition, and a value of a file may have 250 kB. For the same reason groups are repeated possessively
 * here.
 *
 * @param longest in characters
 */
record Form(int longest, Pattern pattern) {

    static Form of(int longest, String pattern) {
        return new Form(longest, Pattern.compile(pattern, Pattern.DOTALL));
    }

    boolean fits(String value) {
        return match(value).isPresent();
    }

    /** The groups of the pattern in the value; empty when the value does not fit. */
    Optional<Matcher> match(String value) {
        return Optional.of(value).filter(text -> text.length() <= longest).map(pattern::matcher).filter(Matcher::matches);
    }
}
