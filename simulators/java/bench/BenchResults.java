package bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The results of a run; parts that were left out are absent. */
final class BenchResults {

    private final Map<String, BenchRun.Result> results = new LinkedHashMap<>();
    private MachineLimits limits;
    private BrokerOutage outage;
    private HistoryCost history;

    void limits(MachineLimits measured) {
        limits = measured;
    }

    Optional<MachineLimits> limits() {
        return Optional.ofNullable(limits);
    }

    void outage(BrokerOutage measured) {
        outage = measured;
    }

    Optional<BrokerOutage> outage() {
        return Optional.ofNullable(outage);
    }

    void history(HistoryCost measured) {
        history = measured;
    }

    Optional<HistoryCost> history() {
        return Optional.ofNullable(history);
    }

    /** @param name {@code hub}, {@code confirm}, {@code two}, {@code unbatched}, {@code outbox} or {@code outboxPlain} */
    void put(String name, BenchRun.Result result) {
        results.put(name, result);
    }

    Optional<BenchRun.Result> result(String name) {
        return Optional.ofNullable(results.get(name));
    }

    /** All steps except that of the outage, in the order of time. */
    List<RateStep> steps() {
        return Stream.concat(results.values().stream().flatMap(result -> result.all().stream()),
                history().stream().flatMap(each -> each.steps().stream()))
                .sorted(Comparator.comparing(RateStep::begun)).toList();
    }

    /** Whether every acknowledged order of every step has settled, and once, also where the rate didn't hold. */
    boolean isRight() {
        return steps().stream().allMatch(step -> step.outcome().isRight())
                && outage().stream().allMatch(each -> each.step().outcome().isRight());
    }
}
