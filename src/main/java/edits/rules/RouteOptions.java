package edits.rules;

import static edits.rules.LocalizedMessage.message;
import static edits.rules.OptionPlace.FROM_GUARANTEED;
import static edits.rules.OptionPlace.FROM_KAFKA;
import static edits.rules.OptionPlace.FROM_LEDGER;
import static edits.rules.OptionPlace.FROM_PULL;
import static edits.rules.OptionPlace.TO_CALL;
import static edits.rules.OptionPlace.TO_KAFKA;
import static edits.rules.OptionPlace.TO_LEDGER;
import static edits.rules.OptionPlace.WIRE_TAP_KAFKA;
import static edits.rules.OptionValue.BROKERS;
import static edits.rules.OptionValue.COUNT;
import static edits.rules.OptionValue.CRON;
import static edits.rules.OptionValue.DURATION;
import static edits.rules.OptionValue.RATE;
import static edits.rules.OptionValue.RECORDS;
import static edits.rules.OptionValue.SOURCES;
import static edits.rules.OptionValue.THREADS;
import static edits.rules.OptionValue.WORD;
import static edits.rules.OptionValue.WORDS;
import static edits.rules.RouteOptions.ChangedBy.DEPLOYER;
import static edits.rules.RouteOptions.ChangedBy.OPERATOR;
import static edits.rules.RouteOptions.ChangedBy.RELEASE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters that a route may give. A parameter that is not in this table is refused in a route file.
 *
 * <p>A new option of {@code ledger:}, {@code pull:}, {@code guaranteed:} or {@code call:} is a row here and a setter of the
 * Camel endpoint; {@code RouteOptionsTest} compares the two.
 */
public final class RouteOptions {

    /** Follows on a sentence: a consumer group without offsets for a topic begins with its oldest message. */
    public static final String READS_AGAIN = ": it reads again all messages that are kept there, seven days of them in topics "
            + "that the hub has created; each that had its effect before is recorded as a duplicate or stale";

    private static final List<Option> TABLE = List.of(
            option("every", DURATION, OPERATOR, "will tick every %s instead of every %s", FROM_PULL, FROM_GUARANTEED),
            option("cron", CRON, OPERATOR, "will tick at %s instead of %s", FROM_PULL, FROM_GUARANTEED),
            option("age", DURATION, OPERATOR, "will ask after a silence of %s instead of %s", FROM_PULL, FROM_GUARANTEED),
            option("lease", DURATION, OPERATOR, "will keep what it has in hand from other hubs for %s instead of %s",
                    FROM_PULL, FROM_GUARANTEED),
            option("backoff", DURATION, OPERATOR, "will pause for %s instead of %s after a question in vain",
                    FROM_PULL, FROM_GUARANTEED),
            option("backoffMost", DURATION, OPERATOR, "will pause for %s instead of %s at most", FROM_PULL, FROM_GUARANTEED),
            option("rate", RATE, OPERATOR, "will take %s instead of %s orders at most", FROM_PULL, FROM_GUARANTEED),
            option("batch", COUNT, OPERATOR, "will take %s instead of %s orders at a time",
                    FROM_PULL, FROM_GUARANTEED, FROM_LEDGER, TO_LEDGER),
            option("after", DURATION, OPERATOR, "will start %s instead of %s after the change", FROM_LEDGER, FROM_GUARANTEED),
            option("kind", WORD, RELEASE, "has kind %s instead of %s", FROM_LEDGER, FROM_GUARANTEED),
            option("by", WORD, RELEASE, "has by %s instead of %s", FROM_PULL),
            option("store", WORDS, DEPLOYER, "will be for the stores %s instead of %s", FROM_LEDGER, FROM_PULL),
            option("exceptStore", WORDS, DEPLOYER, "will leave out the stores %s instead of %s; what is on its way for "
                    + "them goes on where they go then", FROM_LEDGER, FROM_PULL),
            option("tag", WORD, RELEASE, "has tag %s instead of %s", TO_LEDGER),
            option("source", SOURCES, RELEASE, "has source %s instead of %s", TO_LEDGER),
            option("linger", DURATION, OPERATOR, "has linger %s instead of %s", TO_LEDGER),
            option("timeout", DURATION, OPERATOR, "will wait %s instead of %s for an answer", TO_CALL),
            option("retries", COUNT, OPERATOR, "will try again %s instead of %s times", TO_CALL),
            option("groupId", WORD, DEPLOYER, "will read as the group %s instead of %s" + READS_AGAIN, FROM_KAFKA),
            option("maxPollRecords", RECORDS, OPERATOR, "has maxPollRecords %s instead of %s", FROM_KAFKA),
            option("consumersCount", THREADS, OPERATOR, "has consumersCount %s instead of %s", FROM_KAFKA),
            option("brokers", BROKERS, DEPLOYER, "will use the brokers %s instead of %s",
                    FROM_KAFKA, TO_KAFKA, WIRE_TAP_KAFKA));

    /** Who may change the option of a shipped arrow. */
    enum ChangedBy {
        /** How much, how often, how long: an operator, as well as a deployer. */
        OPERATOR,
        /** Whose messages, or which orders: a deployer. */
        DEPLOYER,
        /** It says what the arrow is for: as shipped. */
        RELEASE
    }

    /** @param sentence on a change, without its subject, to be formatted with the new and the old value */
    record Option(String name, OptionValue value, ChangedBy changedBy, String sentence, Set<OptionPlace> places) {
    }

    private RouteOptions() {
    }

    private static Option option(String name, OptionValue value, ChangedBy changedBy, String sentence, OptionPlace... places) {
        return new Option(name, value, changedBy, sentence, Set.of(places));
    }

    /** By name, what the value of each option has to be there. */
    static Map<String, OptionValue> of(OptionPlace place) {
        return TABLE.stream().filter(option -> option.places().contains(place))
                .collect(Collectors.toMap(Option::name, Option::value));
    }

    static boolean isTuning(String name) {
        return named(name).anyMatch(option -> option.changedBy() == OPERATOR);
    }

    /** Whether a shipped arrow is the same without the option, or with another value of it. */
    static boolean mayDiffer(String name) {
        return named(name).anyMatch(option -> option.changedBy() != RELEASE);
    }

    /** What a change of the option means, without its subject. */
    public static LocalizedMessage sentence(String name, Object now, Object then) {
        return named(name).map(option -> new LocalizedMessage(option.sentence(), List.of(now, then))).findFirst()
                .orElse(message("has %s %s instead of %s", name, now, then));
    }

    private static Stream<Option> named(String name) {
        return TABLE.stream().filter(option -> option.name().equals(name));
    }
}
