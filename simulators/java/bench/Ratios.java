package bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The highest rate of the hub in relation to those of other subjects and to the machine's limit. There is no ratio where
 * one of the two rates didn't hold, and none at all when a rate was given, because then no highest rate is known.
 */
final class Ratios {

    private final BenchPlan plan;
    private final BenchResults findings;

    Ratios(BenchPlan plan, BenchResults findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Ratios by name; null where one of the two rates didn't hold, absent where one was not measured. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (!plan.searches()) {
            return json;
        }
        findings.result("hub").ifPresent(hub -> {
            findings.result("outbox").ifPresent(any -> json.put("hubToOutbox", rounded(hubTo("outbox"))));
            findings.result("outboxPlain").ifPresent(any -> json.put("hubToOutboxPlain", rounded(hubTo("outboxPlain"))));
            findings.result("unbatched").ifPresent(any -> json.put("hubToUnbatched", rounded(hubTo("unbatched"))));
            findings.result("two").ifPresent(any -> json.put("twoHubsToOne", rounded(hubTo("two").map(one -> 1 / one))));
            findings.limits().ifPresent(limits -> json.put("hubToLimit", rounded(highest("hub")
                    .map(rate -> rate / limits.ordersPerSecond(plan.mix().delivery())))));
        });
        return json;
    }

    /** Ratio of the hub's rate to that of the result of this name; empty unless both rates held. */
    Optional<Double> hubTo(String name) {
        return highest("hub").flatMap(hub -> highest(name).map(other -> hub / other));
    }

    private Optional<Double> highest(String name) {
        return findings.result(name).filter(result -> plan.searches() && result.held())
                .map(result -> result.ordersPerSecond().median());
    }

    private static Double rounded(Optional<Double> ratio) {
        return ratio.map(BenchReport::rounded).orElse(null);
    }
}
