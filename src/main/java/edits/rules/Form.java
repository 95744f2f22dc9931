package edits.rules;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a value has to be written. Its length is looked at first: a pattern that repeats a group takes a frame of the stack
 * for each repetition, and a file may have a value of 250 kB. For the same reason no pattern here repeats a group but
 * possessively.
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

    /** Its groups; empty when it does not fit. */
    Optional<Matcher> match(String value) {
        return Optional.of(value).filter(text -> text.length() <= longest).map(pattern::matcher).filter(Matcher::matches);
    }
}
