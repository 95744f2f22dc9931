package chaos;

import embedded.LocalHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import simulators.faults.Fault;
import simulators.faults.Rule;
import tools.jackson.databind.json.JsonMapper;

/** The fault rules of the neighbours: while orders flow, every fault strikes some messages. */
final class FaultMix {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LONGEST_START = Duration.ofSeconds(30);

    /** By neighbour: rare enough that most orders meet no fault, frequent enough that a minute meets all. */
    static final Map<String, List<Rule>> CONSTANT = Map.of(
            "payment", rules(
                    http(),
                    parsed("lose=0.02@callbacks", "double=0.03@callbacks", "delay=0.05@callbacks:2s",
                            "time-out=0.02@callbacks", "time-out-but-applied=0.02@callbacks",
                            "down=0.1@callbacks:500ms",
                            // The second payment of a customer who has paid a wrong sum first.
                            "lose=0.8@later-callbacks")),
            "barista", rules(
                    http(),
                    parsed("lose=0.03@orders-in", "double=0.03@orders-in", "reorder=0.03@orders-in",
                            "delay=0.005@orders-in:500ms", "lose=0.1@cancels-in", "double=0.1@cancels-in",
                            "lose=0.03@events-out", "double=0.05@events-out", "reorder=0.05@events-out:1s",
                            "delay=0.05@events-out:2s", "down=0.05@events-out:500ms")),
            "dispatch", rules(
                    http(),
                    parsed("lose=0.05@changes-in", "double=0.05@changes-in", "reorder=0.05@changes-in",
                            "delay=0.01@changes-in:500ms", "lose=0.05@events-out", "double=0.05@events-out",
                            "reorder=0.1@events-out:1s", "delay=0.05@events-out:2s", "down=0.05@events-out:500ms",
                            // Longer than the hub's retries, and half of the time: otherwise the few cancels to dispatch
                            // in a minute may all arrive. The other faults are frequent enough to meet some of the
                            // remaining calls.
                            "down=0.5@http-in:3s", "error-500=0.06@http-in", "time-out=0.06@http-in:3s",
                            "time-out-but-applied=0.06@http-in:3s")));

    static final Map<String, List<Rule>> NONE = Map.of("payment", List.of(), "barista", List.of(), "dispatch", List.of());

    /** {@link #CONSTANT}, with further rules for one neighbour. */
    static Map<String, List<Rule>> and(String neighbour, String... more) {
        return and(CONSTANT, neighbour, more);
    }

    /** These rules, with further ones for one neighbour. */
    static Map<String, List<Rule>> and(Map<String, List<Rule>> these, String neighbour, String... more) {
        Map<String, List<Rule>> all = new HashMap<>(these);
        all.put(neighbour, rules(these.get(neighbour).stream(), parsed(more)));
        return all;
    }

    private record Body(List<Rule> faults) {
    }

    private FaultMix() {
    }

    /** The faults that have to strike this neighbour at least once in a run. */
    static List<Fault> named(String neighbour) {
        return CONSTANT.get(neighbour).stream().map(Rule::fault).distinct().toList();
    }

    /** Sets the rules of all neighbours. @throws IllegalStateException when one refuses them or doesn't answer */
    static void set(Cluster cluster, Map<String, List<Rule>> rules) {
        rules.forEach((neighbour, list) -> {
            int status = LocalHttp.status(HttpRequest.newBuilder(cluster.neighbourUrl(neighbour).resolve("/faults"))
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(new Body(list)))),
                    Duration.ofSeconds(10));
            if (status != 200) {
                throw new IllegalStateException(neighbour + " answered " + status + " to its faults");
            }
        });
    }

    /** Returns when all neighbours answer: after a kill they read their journals again, which may be large. */
    static void awaitUp(Cluster cluster) {
        for (String neighbour : CONSTANT.keySet()) {
            URI health = cluster.neighbourUrl(neighbour).resolve("/healthz");
            cluster.neighbours().await(
                    () -> LocalHttp.status(HttpRequest.newBuilder(health), Duration.ofSeconds(2)) == 200, LONGEST_START);
        }
    }

    private static Stream<Rule> http() {
        return parsed("lose=0.02@http-in", "error-500=0.02@http-in", "time-out=0.01@http-in:3s",
                "time-out-but-applied=0.02@http-in:3s", "double=0.02@http-in", "delay=0.03@http-in:1s",
                "down=0.02@http-in:500ms");
    }

    private static Stream<Rule> parsed(String... rules) {
        return Arrays.stream(rules).map(Rule::parse);
    }

    private static List<Rule> rules(Stream<Rule> some, Stream<Rule> others) {
        return Stream.concat(some, others).toList();
    }
}
