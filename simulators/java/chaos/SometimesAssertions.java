package chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import simulators.faults.Fault;

/** "Sometimes" assertions: what has to happen at least once in a run, so that the absence of violations means something. */
final class SometimesAssertions {

    private static final List<String> OUTCOMES = List.of("DUPLICATE", "STALE", "EARLY", "PARKED");

    private SometimesAssertions() {
    }

    /**
     * Checks all of them.
     *
     * @param faults          how often each fault struck, by neighbour
     * @param answersCompared number of answers that {@link MonotonicReads} compared
     * @return a sentence about each that never happened
     */
    static List<String> unmet(RepairFigures repairs, List<Strike> strikes, Map<String, Map<Fault, Long>> faults,
                              Collection<OrderEvidence> orders, long answersCompared) {
        List<String> unmet = new ArrayList<>();
        HubArguments.PULLS.stream().map(pull -> "pull-" + pull)
                .filter(pull -> repairs.byPull().getOrDefault(pull, 0L) == 0)
                .forEach(pull -> unmet.add(pull + " repaired no order"));
        Set<String> outcomes = repairs.outcomes();
        OUTCOMES.stream().filter(outcome -> !outcomes.contains(outcome))
                .forEach(outcome -> unmet.add(outcome + " never occurred"));
        strikes.stream().filter(strike -> !strike.struck())
                .forEach(strike -> unmet.add(strike.nemesis() + " took no effect: " + strike.evidence()));
        FaultMix.CONSTANT.keySet().forEach(neighbour -> FaultMix.named(neighbour).stream()
                .filter(fault -> faults.getOrDefault(neighbour, Map.of()).getOrDefault(fault, 0L) == 0)
                .forEach(fault -> unmet.add("the fault " + fault.word() + " of " + neighbour + " never struck")));
        if (orders.stream().noneMatch(order -> order.cancelAgreed)) {
            unmet.add("no cancel won");
        }
        if (orders.stream().noneMatch(order -> order.cancelRefused)) {
            unmet.add("no cancel lost");
        }
        if (orders.stream().noneMatch(OrderEvidence::isToldOfBothSums)) {
            unmet.add("no pull was told of a wrong sum and of the right one of the same order");
        }
        Arrays.stream(Forgery.values()).map(Forgery::text)
                .filter(forgery -> orders.stream()
                        .noneMatch(order -> order.forgeries.getOrDefault("401", Set.of()).contains(forgery)))
                .forEach(forgery -> unmet.add("no callback forged " + forgery + " was refused"));
        if (answersCompared == 0) {
            unmet.add("no answer about an order was ever compared with a later one");
        }
        return unmet;
    }
}
