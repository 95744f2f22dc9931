package edits.rules;

import java.util.List;

/**
 * What the value of an option has to be. None of them can hold a reference: no {@code #bean}, no expression, no
 * {@code RAW()}.
 */
enum OptionValue {

    DURATION("a duration with its unit, as in 30s, 800ms or 2m", 40, "(?:\\d{1,9}(?:ms|s|m|h|d)){1,3}+"),
    COUNT("a whole number", 7, "\\d{1,7}"),
    RECORDS("a whole number from 1 to 9999", 4, "[1-9]\\d{0,3}"),
    THREADS("a whole number from 1 to 16", 2, "[1-9]|1[0-6]"),
    RATE("a number a second, as in 100/s", 8, "\\d{1,6}/s"),
    CRON("a Quartz cron, as in 0/30 * * * * ?", 80, "[0-9*/,?LW# A-Z-]{9,}"),
    WORD("a word of letters, digits, dots, hyphens and underscores", 100, "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
    WORDS("words of letters, digits, dots, hyphens and underscores, with commas between them",
            5_100, "[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:,[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,49}+"),
    SOURCES("sources of events, as in /barista or urn:barista, with commas between them",
            2_010, "[A-Za-z0-9:/._~-]{1,200}(?:,[A-Za-z0-9:/._~-]{1,200}){0,9}+"),
    BROKERS("addresses, as in kafka-1:9092,kafka-2:9092",
            2_700, "[A-Za-z0-9][A-Za-z0-9.-]*:\\d{1,5}(?:,[A-Za-z0-9][A-Za-z0-9.-]*:\\d{1,5}){0,9}+");

    private final LocalizedMessage words;
    private final Form form;

    OptionValue(String words, int longest, String pattern) {
        this.words = new LocalizedMessage(words, List.of());
        this.form = Form.of(longest, pattern);
    }

    boolean fits(String value) {
        return form.fits(value);
    }

    LocalizedMessage inWords() {
        return words;
    }
}
