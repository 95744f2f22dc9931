package bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run: measures the machine's limits, then one subject after the other, each alone. */
final class BenchRun {

    private static final double FIRST_RATE = 300;
    private static final double CONTROLS_FIRST_RATE = 200;
    private static final double LATENCY_RATE = 1_000;
    private static final double EASE = 0.7;
    private static final double OUTAGE_RATE = 500;
    /** Share of one hub's highest rate at which two hubs, and a hub with history, are measured first. */
    private static final double AT_LEAST = 0.9;
    private static final Duration CALM = Duration.ofSeconds(8);
    /** The hub looks for days to drop every ten seconds; long enough for two looks. */
    private static final Duration DROP = Duration.ofSeconds(35);
    /** Factor for the next try when a rate that held in the search doesn't hold when measured for long. */
    private static final double LOWER = 0.93;
    private static final int MOST_LOWERINGS = 4;
    private static final double PRECISION = 0.06;

    private final BenchPlan plan;
    private final Consumer<String> log;

    /** @param log takes a line for each step */
    BenchRun(BenchPlan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    /**
     * The result of one subject.
     *
     * @param steps    all steps of the search, and the repeats
     * @param repeats  measurements of the highest rate that held, or of the rate that was given
     * @param latency  a measurement at a lower rate; null when it was left out
     * @param resident peak memory by process, in MB
     */
    record Result(List<RateStep> steps, List<RateStep> repeats, RateStep latency, Map<String, Long> resident) {

        Spread ordersPerSecond() {
            return Spread.of(repeats.stream().map(RateStep::settledPerSecond).toList());
        }

        boolean held() {
            return repeats.stream().allMatch(RateStep::held);
        }

        RateStep typical() {
            return RateStep.typical(repeats);
        }

        /** Peak memory of the subject's own processes together, in MB. */
        long residentOfSubject() {
            String name = typical().subject();
            return resident.entrySet().stream().filter(each -> each.getKey().equals(name)
                    || each.getKey().startsWith(name + "-")).mapToLong(Map.Entry::getValue).sum();
        }

        List<RateStep> all() {
            List<RateStep> all = new ArrayList<>(steps);
            if (latency != null) {
                all.add(latency);
            }
            return all;
        }
    }

    BenchResults run() {
        try (BenchCluster cluster = new BenchCluster(plan)) {
            log.accept("Starting Kafka and PostgreSQL …");
            cluster.open();
            BenchResults findings = new BenchResults();
            if (plan.has(BenchPlan.Part.LIMITS)) {
                log.accept("The machine's limits …");
                findings.limits(MachineLimits.measured(cluster, plan.limits()));
            }
            if (plan.has(BenchPlan.Part.HUB) || plan.has(BenchPlan.Part.CONFIRM) || plan.has(BenchPlan.Part.LATENCY)
                    || plan.has(BenchPlan.Part.OUTAGE)) {
                Subject hub = cluster.hub("hub", "h", Map.of());
                try (Opened open = open(cluster, hub)) {
                    warmUp(open, false);
                    measureHub(open, findings);
                }
            }
            if (plan.has(BenchPlan.Part.TWO)) {
                try (Opened open = open(cluster, cluster.hubs("two", "t", 2))) {
                    warmUp(open, false);
                    findings.put("two", measure(open.trial, belowWhatOneCarries(findings), false, false));
                }
            }
            if (plan.has(BenchPlan.Part.HISTORY)) {
                try (Opened open = open(cluster, cluster.hub("history", "y", Map.of()))) {
                    warmUp(open, false);
                    findings.history(history(open, belowWhatOneCarries(findings)));
                }
            }
            if (plan.has(BenchPlan.Part.UNBATCHED)) {
                Path routes = UnbatchedRoutes.routes(plan.hubJar(), plan.directory());
                Subject unbatched = cluster.hub("unbatched", "u", UnbatchedRoutes.settings(routes));
                findings.put("unbatched", control(cluster, unbatched));
            }
            if (plan.has(BenchPlan.Part.OUTBOX)) {
                findings.put("outbox", control(cluster, cluster.outbox("outbox", "x", 500)));
            }
            if (plan.has(BenchPlan.Part.OUTBOX_PLAIN)) {
                findings.put("outboxPlain", control(cluster, cluster.outbox("outbox_plain", "z", 1)));
            }
            return findings;
        }
    }

    private void measureHub(Opened open, BenchResults findings) {
        StepRunner trial = open.trial;
        if (plan.has(BenchPlan.Part.HUB)) {
            findings.put("hub", measure(trial, FIRST_RATE, false, plan.has(BenchPlan.Part.LATENCY)));
        }
        if (plan.has(BenchPlan.Part.CONFIRM)) {
            double first = findings.result("hub").map(hub -> hub.ordersPerSecond().median() * 0.4).orElse(FIRST_RATE);
            // The code that confirms has not been warmed up yet.
            warmUp(open, true);
            findings.put("confirm", measure(trial, Math.max(50, first), true, false));
        }
        if (plan.has(BenchPlan.Part.OUTAGE)) {
            // A low rate leaves capacity to work off the backlog.
            double rate = findings.result("hub").map(hub -> hub.ordersPerSecond().median() * 0.5)
                    .map(half -> Math.min(half, OUTAGE_RATE)).orElse(OUTAGE_RATE);
            findings.outage(trial.outage(plan.searches() ? rate : plan.rate(), plan.outage()));
        }
    }

    private Result control(BenchCluster cluster, Subject subject) {
        try (Opened open = open(cluster, subject)) {
            warmUp(open, false);
            return measure(open.trial, CONTROLS_FIRST_RATE, false, false);
        }
    }

    /** The first rate for two hubs, or for a hub with history: a tenth below what one hub carries. */
    private static double belowWhatOneCarries(BenchResults findings) {
        return findings.result("hub").map(hub -> hub.ordersPerSecond().median() * AT_LEAST).orElse(FIRST_RATE);
    }

    private HistoryCost history(Opened open, double found) {
        double rate = plan.searches() ? found : plan.rate();
        SettledHistory.tidy(open.cluster, open.subject);
        Map<DueQuery, Double> dueWithout = DueTimes.measured(open.cluster, open.subject);
        List<RateStep> without = repeats(open.trial, rate, "without");
        log.accept("Putting %,d settled orders into the tables …".formatted(plan.history()));
        long start = System.nanoTime();
        SettledHistory past = new SettledHistory(open.cluster, open.subject, plan.mix(), plan.history());
        past.fill();
        SettledHistory.tidy(open.cluster, open.subject);
        double seconds = (System.nanoTime() - start) / 1e9;
        log.accept("They are there after %.0f s.".formatted(seconds));
        Map<DueQuery, Double> dueWith = DueTimes.measured(open.cluster, open.subject);
        List<RateStep> with = repeats(open.trial, rate, "with");
        HistoryDrop day = open.trial.dropOfADay(Math.min(LATENCY_RATE, EASE * rate), past, plan.ramp(), CALM, DROP);
        tell(day.step(), "drop");
        return new HistoryCost(plan.history(), past.live(), seconds, without, with, dueWithout, dueWith, day);
    }

    private List<RateStep> repeats(StepRunner trial, double rate, String what) {
        List<RateStep> repeats = new ArrayList<>();
        while (repeats.size() < plan.repeats()) {
            repeats.add(trial.step(rate, false, plan.ramp(), plan.measured()));
            tell(repeats.get(repeats.size() - 1), what);
        }
        return repeats;
    }

    /**
     * Warms a subject up, slowly at first, because a JVM that has just started carries little. Each of several processes
     * gets as many orders as one alone would. An order that is confirmed, too, is about twice the work.
     */
    private void warmUp(Opened open, boolean confirms) {
        Duration each = plan.search().multipliedBy(open.subject.servers().size());
        for (double wanted : plan.warmUp()) {
            double carried = confirms ? wanted / 2 : wanted;
            double rate = plan.searches() ? carried : Math.min(carried, plan.rate());
            tell(open.trial.step(rate, confirms, Duration.ZERO, each), "warm-up");
        }
    }

    private Result measure(StepRunner trial, double first, boolean confirms, boolean latency) {
        List<RateStep> steps = new ArrayList<>();
        double rate = plan.searches() ? search(trial, first, confirms, steps) : plan.rate();
        List<RateStep> repeats = repeat(trial, rate, confirms, steps);
        RateStep atEase = null;
        if (latency) {
            atEase = trial.step(Math.min(LATENCY_RATE, EASE * repeats.get(0).rate()), confirms, plan.ramp(),
                    plan.measured());
            tell(atEase, "latency");
        }
        return new Result(steps, repeats, atEase, trial.residentMegabytes());
    }

    private double search(StepRunner trial, double first, boolean confirms, List<RateStep> steps) {
        RateSearch search = new RateSearch(first, PRECISION);
        for (int n = 0; n < plan.mostSteps() && !search.isOver(); n++) {
            double rate = search.next();
            RateStep step = trial.step(rate, confirms, plan.ramp(), plan.search());
            search.tried(rate, step.held(), step.settledPerSecond());
            steps.add(step);
            tell(step, "search");
        }
        return search.best() > 0 ? search.best() : search.next();
    }

    private List<RateStep> repeat(StepRunner trial, double found, boolean confirms, List<RateStep> steps) {
        double rate = found;
        for (int lowered = 0;; lowered++) {
            List<RateStep> repeats = new ArrayList<>();
            while (repeats.size() < plan.repeats()) {
                RateStep step = trial.step(rate, confirms, plan.ramp(), plan.measured());
                tell(step, "measured");
                steps.add(step);
                repeats.add(step);
                if (!step.held() && plan.searches() && lowered < MOST_LOWERINGS) {
                    break;
                }
            }
            boolean held = repeats.stream().allMatch(RateStep::held);
            if (held || !plan.searches() || lowered == MOST_LOWERINGS) {
                return repeats;
            }
            rate *= LOWER;
        }
    }

    private void tell(RateStep step, String what) {
        log.accept(("%-9s %-8s %s%,7.0f/s offered, %,7.0f/s settled, %s; callback p50 %.1f p99 %.1f ms, to topic p99 %.1f ms, "
                + "event to ledger p99 %.1f ms; CPU µs an order %s").formatted(step.subject(), what,
                step.confirms() ? "with confirm " : "", step.rate(), step.settledPerSecond(),
                step.held() ? "held" : "NOT held " + why(step), Latencies.millis(step.callbacks(), 50),
                Latencies.millis(step.callbacks(), 99), Latencies.millis(step.toTopic(), 99),
                Latencies.millis(step.outcome().eventToLedger(), 99), step.cpuMicrosAnOrder()));
    }

    private static String why(RateStep step) {
        List<String> why = new ArrayList<>();
        if (!step.backlog().held()) {
            why.add("backlog grew by %.1f s".formatted(step.backlog().grewSeconds()));
        }
        if (!step.failures().isEmpty()) {
            why.add("answers " + step.failures());
        }
        if (!step.outcome().unsettled().isEmpty()) {
            why.add("unsettled " + step.outcome().unsettled().size());
        }
        if (!step.outcome().doubled().isEmpty()) {
            why.add("DOUBLED " + step.outcome().doubled().size());
        }
        return why.toString();
    }

    private Opened open(BenchCluster cluster, Subject subject) {
        log.accept("Starting " + subject.name() + " …");
        cluster.start(subject);
        return new Opened(cluster, subject, new StepRunner(cluster, subject, plan.mix()));
    }

    /** A subject whose processes run. */
    private record Opened(BenchCluster cluster, Subject subject, StepRunner trial) implements AutoCloseable {
        @Override
        public void close() {
            trial.close();
            cluster.end(subject);
        }
    }
}
