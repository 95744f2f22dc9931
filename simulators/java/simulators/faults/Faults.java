package simulators.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import simulators.chance.Chance;
import simulators.journal.Entry;
import simulators.journal.What;

/**
 * The faults of one simulator. Whether a fault strikes follows from the seed, the fault, the channel, the message's key
 * and how often that key has come: so runs repeat, and a message that is retried may get through.
 */
public final class Faults {

    /** Keys whose attempts are counted. The least recently used are forgotten, and count from the start again. */
    private static final int KEYS_REMEMBERED = 100_000;

    private final Chance chance;
    private final List<Channel> channels;
    private final Consumer<Entry> journal;
    private final Clock clock;
    private final Map<String, Integer> attempts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > KEYS_REMEMBERED;
        }
    };
    private volatile List<Rule> rules;

    /**
     * A fault that strikes a message.
     *
     * @param length duration of the fault, where it has one
     */
    public record Struck(Fault fault, Duration length) {
    }

    /** @param journal takes the entry of each fault that strikes; it may return before the entry is on disk */
    public Faults(long seed, List<Channel> channels, List<Rule> rules, Consumer<Entry> journal, Clock clock) {
        this.chance = new Chance(seed);
        this.channels = List.copyOf(channels);
        this.journal = journal;
        this.clock = clock;
        set(rules);
    }

    public List<Rule> rules() {
        return rules;
    }

    /**
     * Replaces all rules; an empty list ends every fault.
     *
     * @throws IllegalArgumentException when a rule names a channel that is not here, or one where its fault can't strike
     */
    public void set(List<Rule> newRules) {
        for (Rule rule : newRules) {
            if (channels.stream().noneMatch(channel -> applies(rule, channel))) {
                throw new IllegalArgumentException(rule.fault().word()
                        + (rule.channel() == null ? " can't strike here" : " can't strike on that channel") + "; channels: "
                        + String.join(", ", channels.stream().map(channel -> channel.name() + " ("
                                + String.join(" ", channel.faults().stream().sorted().map(Fault::word).toList())
                                + ")").toList()));
            }
        }
        rules = newRules.stream().sorted(Comparator.comparing(Rule::fault)).toList();
    }

    /** Decides whether a fault other than {@code down} strikes this message, and journals one that does. */
    public Optional<Struck> strike(Channel channel, String key, String orderId) {
        List<Rule> here = rules.stream()
                .filter(rule -> rule.fault() != Fault.DOWN && rule.rate() > 0 && applies(rule, channel)).toList();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        String name = channel.name() + ' ' + key;
        int attempt;
        synchronized (attempts) {
            attempt = attempts.merge(name, 1, Integer::sum);
        }
        for (Rule rule : here) {
            String coin = rule.fault().word() + ' ' + name + ' ' + attempt;
            if (chance.hits(rule.rate(), coin)) {
                boolean upTo = rule.fault() == Fault.DELAY;
                Duration length = upTo
                        ? chance.between(Duration.ZERO, rule.length(), coin + " length") : rule.length();
                record(rule.fault(), channel, key, orderId);
                return Optional.of(new Struck(rule.fault(), length));
            }
        }
        return Optional.empty();
    }

    /** Whether the channel is down now. With the same seed, outages begin at the same times of the clock. */
    public boolean down(Channel channel) {
        return isDown(channel, channel.name());
    }

    /** As {@link #down(Channel)}, for one part of the channel: during each outage the rate's share of the parts is down. */
    public boolean down(Channel channel, String part) {
        return isDown(channel, channel.name() + ' ' + part);
    }

    private boolean isDown(Channel channel, String what) {
        for (Rule rule : rules) {
            if (rule.fault() == Fault.DOWN && applies(rule, channel)) {
                long spell = clock.millis() / Math.max(1, rule.length().toMillis());
                if (chance.hits(rule.rate(), "down " + what + ' ' + spell)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Journals that a fault has struck. */
    public void record(Fault fault, Channel channel, String key, String orderId) {
        journal.accept(new Entry(Instant.now(clock), What.FAULT, orderId, key, null,
                Map.of("fault", fault.word(), "channel", channel.name())));
    }

    private static boolean applies(Rule rule, Channel channel) {
        return channel.faults().contains(rule.fault())
                && (rule.channel() == null || rule.channel().equals(channel.name()));
    }
}
