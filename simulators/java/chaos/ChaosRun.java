package chaos;

import embedded.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One run: all processes start, orders flow, one nemesis after another strikes; then everything is repaired, the orders
 * settle, and the promises are checked.
 */
final class ChaosRun {

    private final ChaosPlan plan;
    private final Consumer<String> log;

    /** @param log takes a line for each thing that happens */
    ChaosRun(ChaosPlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    /** @throws IllegalStateException when the run itself fails, which says nothing about the hub */
    Verdict execute() {
        try (Cluster cluster = new Cluster(plan)) {
            log.accept("Starting Kafka, PostgreSQL, two hubs and their neighbours …");
            cluster.open();
            OrderApi api = new OrderApi(cluster.hubUrl(), cluster.credentials().operator().value());
            MonotonicReads reader = new MonotonicReads(api);
            try (CustomerLoad load = new CustomerLoad(cluster, reader)) {
                return execute(cluster, api, reader, load);
            }
        }
    }

    private Verdict execute(Cluster cluster, OrderApi api, MonotonicReads reader, CustomerLoad load) {
        FaultMix.awaitUp(cluster);
        FaultMix.set(cluster, plan.neighbours());
        List<Violation> violations = new ArrayList<>();
        Instant begun = Instant.now();
        load.start();
        reader.start();
        List<Strike> strikes;
        try (Probe probe = new Probe(cluster, api)) {
            probe.start();
            strikes = strikeAll(cluster, begun.plus(plan.faults()), violations);
        }
        Instant ended = Instant.now();
        log.accept("The faults have ended; %,d orders are confirmed.".formatted(load.confirmed()));
        heal(cluster, violations);
        cluster.awaitHubs();
        FaultMix.set(cluster, FaultMix.NONE);
        Instant healed = Instant.now();
        // No new orders from here on; unanswered requests are still retried.
        load.stop(Duration.ZERO);
        long backlog = load.waiting() + api.inFlight().orElse(0L);
        Duration bound = Settling.bound().plus(Settling.backlog(backlog));
        Instant settledBy = healed.plus(bound);
        log.accept("Everything is repaired. %,d orders wait, and have to settle within %d s."
                .formatted(backlog, bound.toSeconds()));
        if (!load.stop(bound)) {
            log.accept("Some requests had no answer until the end.");
        }
        load.close();
        // An order that was confirmed only now has the same time to settle as any other.
        Instant lastToSettle = Instant.now().plus(Settling.bound());
        if (lastToSettle.isAfter(settledBy)) {
            settledBy = lastToSettle;
        }
        Settling settling = new Settling(plan, api);
        boolean quiet = settling.await(settledBy);
        Duration took = Duration.between(healed, Instant.now());
        log.accept(quiet ? "No order is under way any more after %.1f s.".formatted(took.toMillis() / 1e3)
                : "The time is over, and some orders are still under way.");
        reader.close();
        Map<String, OrderApi.Answer> lastWords = settling.lastWords(RunJournals.read(plan).orders().keySet(), settledBy);
        violations.addAll(new ConsumerGroups(cluster.kafka()).unread());
        // Read after the hub's last answers, so that the journals have everything that these report.
        RunJournals journals = RunJournals.read(plan);
        violations.addAll(new Checker(journals.orders(), lastWords, api.refundsDue(), settledBy).check());
        violations.addAll(reader.violations());
        violations.addAll(LivenessCheck.violations(strikes, journals));
        RepairFigures repairs = RepairFigures.of(cluster.database());
        List<String> unmet = SometimesAssertions.unmet(repairs, strikes, journals.faults(), journals.orders().values(),
                reader.answers());
        return new Verdict(journals, lastWords, violations, unmet, strikes, repairs,
                journals.longestSilence(LivenessCheck.CALLBACKS, begun, ended), bound, took);
    }

    private List<Strike> strikeAll(Cluster cluster, Instant until, List<Violation> violations) {
        SplittableRandom chance = new SplittableRandom(plan.seed() ^ 0x5eed);
        List<Strike> strikes = new ArrayList<>();
        Set<Nemesis> known = new HashSet<>();
        for (Nemesis nemesis : plan.nemeses()) {
            if (!known.add(nemesis) && Instant.now().isAfter(until)) {
                // On a slow machine the time is over; a nemesis that has struck once need not strike again.
                break;
            }
            Wait.lasting(NemesisSchedule.PAUSE);
            // One at a time: a hub that starts needs the servers that the next nemesis may break.
            cluster.awaitHubs();
            Strike strike = strike(nemesis, cluster, chance.split());
            strikes.add(strike);
            log.accept("%s  %s%s".formatted(strike.nemesis(), strike.struck() ? "" : "NO EFFECT: ", strike.evidence()));
            heal(cluster, violations);
        }
        Duration left = Duration.between(Instant.now(), until);
        if (!left.isNegative()) {
            Wait.lasting(left);
        }
        return strikes;
    }

    private static Strike strike(Nemesis nemesis, Cluster cluster, SplittableRandom chance) {
        Instant start = Instant.now();
        try {
            String evidence = nemesis.strike(cluster, chance);
            return new Strike(nemesis.title(), start, Instant.now(), nemesis.mustGoOn(), true, evidence);
        } catch (Nemesis.NoEffect e) {
            return new Strike(nemesis.title(), start, Instant.now(), nemesis.mustGoOn(), false, e.getMessage());
        }
    }

    private void heal(Cluster cluster, List<Violation> violations) {
        for (String died : cluster.heal()) {
            log.accept(died);
            violations.add(new Violation(Violation.Kind.HUB_DIED, null, died, List.of()));
        }
    }
}
