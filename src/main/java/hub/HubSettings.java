package hub;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What stands below {@code hub.} in the configuration. Durations have units, as in {@code 30s}.
 *
 * @param tokens   the bearer tokens; one that is empty lets nobody in
 * @param patience how long the hub itself waits
 */
@ConfigurationProperties("hub")
record HubSettings(Kafka kafka, Tokens tokens, Patience patience) {

    /**
     * @param brokers    as in {@code kafka-1:9092,kafka-2:9092}
     * @param properties of Kafka's clients, for TLS and SASL: {@code hub.kafka.properties.security.protocol=SASL_SSL}
     * @param topics     created when absent, by name
     * @param replicas   of the topics that the hub creates
     */
    record Kafka(String brokers, Map<String, String> properties, Map<String, Topic> topics, short replicas) {
        Kafka {
            properties = properties == null ? Map.of() : properties;
        }
    }

    /** @param retention how long messages are kept */
    record Topic(int partitions, Duration retention) {
    }

    /**
     * @param operator sees everything
     * @param shop     confirms and cancels orders
     * @param barista  fetches what its stores have missed
     * @param dispatch fetches what it has missed
     */
    record Tokens(String operator, String shop, String barista, String dispatch) {
    }

    /**
     * @param unpaid how long a confirmed order waits for its payment
     * @param early  how long an event waits for what it builds on
     */
    record Patience(Duration unpaid, Duration early) {
    }
}
