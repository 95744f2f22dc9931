package chaos;

import demo.Credentials;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hubs' settings: short intervals and time-outs, so that a run of a minute meets everything. */
final class HubArguments {

    static final Duration EVERY = Duration.ofSeconds(2);
    static final Duration AGE = Duration.ofSeconds(3);
    static final Duration BACKOFF_MOST = Duration.ofSeconds(5);
    /** A hub that is suspended for longer than this loses its claims. */
    static final Duration LEASE = Duration.ofSeconds(5);
    /** Orders a second that a pull asks about. */
    static final int DRAIN = 50;
    static final Duration UNPAID = Duration.ofSeconds(20);
    static final Duration EARLY = Duration.ofSeconds(20);
    /** Session time-out of Kafka: a hub that is suspended for longer than this loses its partitions. */
    static final Duration SESSION = Duration.ofSeconds(10);

    static final List<String> PULLS = List.of("payment", "unaccepted", "making", "made", "express", "cancel-making",
            "cancel-dispatch");

    private HubArguments() {
    }

    static Map<String, String> properties(Credentials credentials) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.address", "127.0.0.1");
        properties.put("management.server.port", "0");
        properties.put("hub.tokens.operator", credentials.operator().value());
        properties.put("hub.tokens.shop", credentials.shop());
        properties.put("hub.tokens.barista", credentials.barista());
        properties.put("hub.tokens.dispatch", credentials.dispatch());
        properties.put("hub.callback.keys", credentials.callbackKey());
        properties.put("hub.patience.unpaid", text(UNPAID));
        properties.put("hub.patience.early", text(EARLY));
        properties.put("hub.housekeeping.interval-ms", "2000");
        // Orders are moved to the history while their last messages may still arrive.
        properties.put("hub.history.after", "20s");
        properties.put("hub.history.every", "2s");
        for (String pull : PULLS) {
            properties.put("pull." + pull + ".every", text(EVERY));
            properties.put("pull." + pull + ".age", text(AGE));
            properties.put("pull." + pull + ".backoff", "1s");
            properties.put("pull." + pull + ".backoff-most", text(BACKOFF_MOST));
            properties.put("pull." + pull + ".lease", text(LEASE));
            properties.put("pull." + pull + ".batch", "100");
            properties.put("pull." + pull + ".rate", DRAIN + "/s");
        }
        // A line for each step of each order would be most of what the machine writes; the timeline has the steps, too.
        properties.put("logging.level.ledger", "WARN");
        return properties;
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
