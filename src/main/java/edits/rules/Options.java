package edits.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters that a route may give, by where they stand, each with what its value has to be. What isn't named is
 * refused, and no value can hold a reference to anything: no {@code #bean}, no expression, no {@code RAW()}.
 */
final class Options {

    enum Kind {
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

        private final String words;
        private final Form form;

        Kind(String words, int longest, String pattern) {
            this.words = words;
            this.form = Form.of(longest, pattern);
        }

        boolean fits(String value) {
            return form.fits(value);
        }

        String inWords() {
            return words;
        }
    }

    private static final Map<String, Kind> PULLS = Map.of("every", Kind.DURATION, "cron", Kind.CRON, "age", Kind.DURATION,
            "lease", Kind.DURATION, "backoff", Kind.DURATION, "backoffMost", Kind.DURATION, "batch", Kind.COUNT,
            "rate", Kind.RATE);
    private static final Map<String, Kind> PUSHES = Map.of("kind", Kind.WORD, "after", Kind.DURATION, "batch", Kind.COUNT,
            "store", Kind.WORDS, "exceptStore", Kind.WORDS);

    private static final Map<String, Map<String, Kind>> ALLOWED = Map.ofEntries(
            Map.entry("from ledger", PUSHES),
            Map.entry("from pull", with(PULLS, Map.of("by", Kind.WORD, "store", Kind.WORDS, "exceptStore", Kind.WORDS))),
            Map.entry("from guaranteed", with(PULLS, Map.of("kind", Kind.WORD, "after", Kind.DURATION))),
            Map.entry("from kafka", Map.of("groupId", Kind.WORD, "maxPollRecords", Kind.RECORDS,
                    "consumersCount", Kind.THREADS, "brokers", Kind.BROKERS)),
            Map.entry("from rest", Map.of()),
            Map.entry("from direct", Map.of()),
            Map.entry("to kafka", Map.of("brokers", Kind.BROKERS)),
            Map.entry("to call", Map.of("timeout", Kind.DURATION, "retries", Kind.COUNT)),
            Map.entry("to ledger", Map.of("tag", Kind.WORD, "source", Kind.SOURCES, "batch", Kind.COUNT,
                    "linger", Kind.DURATION)),
            Map.entry("wireTap kafka", Map.of("brokers", Kind.BROKERS)));

    /** How much, how often, how long: what an operator may change. */
    private static final Set<String> TUNING = Set.of("every", "cron", "age", "lease", "backoff", "backoffMost", "batch",
            "rate",
            "after", "timeout", "retries", "linger", "maxPollRecords", "consumersCount");
    /** Whose messages, or which orders: for a deployer to change. All others say what an arrow is for. */
    private static final Set<String> PLACES = Set.of("groupId", "brokers", "store", "exceptStore");

    private Options() {
    }

    /** @param place {@code from}, {@code to} or {@code wireTap}; empty when the component is not for that place */
    static Optional<Map<String, Kind>> of(String place, String scheme) {
        return Optional.ofNullable(ALLOWED.get(place + " " + scheme));
    }

    /** Components that may stand there. */
    static Stream<String> schemes(String place) {
        return ALLOWED.keySet().stream().filter(key -> key.startsWith(place + " "))
                .map(key -> key.substring(place.length() + 1)).sorted();
    }

    static boolean isTuning(String name) {
        return TUNING.contains(name);
    }

    /** Whether an arrow is the same without it, or with another value. */
    static boolean mayDiffer(String name) {
        return isTuning(name) || PLACES.contains(name);
    }

    private static Map<String, Kind> with(Map<String, Kind> some, Map<String, Kind> others) {
        Map<String, Kind> all = new LinkedHashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
