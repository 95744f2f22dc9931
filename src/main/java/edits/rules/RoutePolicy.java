package edits.rules;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What this installation allows in a route file beyond what is shipped, and the settings that it knows.
 *
 * @param hosts        that {@code call:} may name without a placeholder, as in {@code points.example} or {@code points.example:8443}
 * @param brokers      that {@code brokers:} may name, in the same way; they are offered the hub's credentials for Kafka
 * @param addresses    names of settings that {@code call:} may begin with, as in {@code loyalty.url}
 * @param topics       what a topic's name begins with
 * @param placeholders their values by name
 * @param complete     whether a placeholder without a value has none anywhere; false where the hub may know more
 */
public record RoutePolicy(Set<String> hosts, Set<String> brokers, Set<String> addresses, List<String> topics,
                        Function<String, Optional<String>> placeholders, boolean complete) {

    /** How a topic's name begins, unless the hub is set otherwise. */
    public static final List<String> TOPICS = List.of("lucky_");

    /** Settings of the addresses of the neighbours that the hub is shipped with. */
    public static final Set<String> NEIGHBOURS = Set.of("barista.url", "dispatch.url", "payment.url");

    boolean mayAsk(String setting) {
        return NEIGHBOURS.contains(setting) || addresses.contains(setting);
    }
}
