package bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One run: the machine's limits, then one subject after the other, each by itself. */
final class Course {

    private static final double FIRST_RATE = 300;
    private static final double CONTROLS_FIRST_RATE = 200;
    private static final double LATENCY_RATE = 1_000;
    private static final double OUTAGE_RATE = 500;
    /** A rate that held once, shortly, may not hold for long: this much less is tried then. */
    private static final double LOWER = 0.93;
    private static final int MOST_LOWERINGS = 4;
    private static final double PRECISION = 0.06;

    private final Plan plan;
    private final Consumer<String> log;

    /** @param log takes a line for each thing that is done */
    Course(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.log = log;
    }

    /**
     * What one way of using one subject has shown.
     *
     * @param steps    of the search, and the repeats
     * @param repeats  of the highest rate that held, or of the rate that was asked for
     * @param latency  at a rate that leaves room; null when that was left out
     * @param resident most memory by process, in MB
     */
    record Result(List<Step> steps, List<Step> repeats, Step latency, Map<String, Long> resident) {

        Spread ordersPerSecond() {
            return Spread.of(repeats.stream().map(Step::settledPerSecond).toList());
        }

        boolean held() {
            return repeats.stream().allMatch(Step::held);
        }

        /** The repeat whose rate is the middle one. */
        Step typical() {
            List<Step> sorted = new ArrayList<>(repeats);
            sorted.sort((one, other) -> Double.compare(one.settledPerSecond(), other.settledPerSecond()));
            return sorted.get(sorted.size() / 2);
        }

        List<Step> all() {
            List<Step> all = new ArrayList<>(steps);
            if (latency != null) {
                all.add(latency);
            }
            return all;
        }
    }

    Findings run() {
        try (Cast cast = new Cast(plan)) {
            log.accept("Starting Kafka, PostgreSQL and the neighbours …");
            cast.open();
            Findings findings = new Findings();
            if (plan.has(Plan.Part.LIMITS)) {
                log.accept("The machine's limits …");
                findings.limits(Limits.measured(cast, plan.limits()));
            }
            if (plan.has(Plan.Part.HUB) || plan.has(Plan.Part.CONFIRM) || plan.has(Plan.Part.LATENCY)
                    || plan.has(Plan.Part.OUTAGE)) {
                Subject hub = cast.hub("hub", "h", Map.of());
                try (Opened open = open(cast, hub)) {
                    measureHub(open.trial, findings);
                }
            }
            if (plan.has(Plan.Part.UNBATCHED)) {
                Path routes = Unbatched.routes(plan.hubJar(), plan.directory());
                Subject unbatched = cast.hub("unbatched", "u", Unbatched.settings(routes));
                findings.put("unbatched", control(cast, unbatched));
            }
            if (plan.has(Plan.Part.OUTBOX)) {
                findings.put("outbox", control(cast, cast.outbox("outbox", "x")));
            }
            return findings;
        }
    }

    private void measureHub(Trial trial, Findings findings) {
        warmUp(trial);
        if (plan.has(Plan.Part.HUB)) {
            findings.put("hub", measure(trial, FIRST_RATE, false, plan.has(Plan.Part.LATENCY)));
        }
        if (plan.has(Plan.Part.CONFIRM)) {
            double first = findings.result("hub").map(hub -> hub.ordersPerSecond().median() * 0.4).orElse(FIRST_RATE);
            findings.put("confirm", measure(trial, Math.max(50, first), true, false));
        }
        if (plan.has(Plan.Part.OUTAGE)) {
            // There has to be room to work off what was left.
            double rate = findings.result("hub").map(hub -> hub.ordersPerSecond().median() * 0.5)
                    .map(half -> Math.min(half, OUTAGE_RATE)).orElse(OUTAGE_RATE);
            findings.outage(trial.outage(plan.searches() ? rate : plan.rate(), plan.outage()));
        }
    }

    private Result control(Cast cast, Subject subject) {
        try (Opened open = open(cast, subject)) {
            warmUp(open.trial);
            return measure(open.trial, CONTROLS_FIRST_RATE, false, false);
        }
    }

    /** Slowly at first: a JVM that has just started carries little, and a collapse is no warm-up. */
    private void warmUp(Trial trial) {
        for (double each : plan.warmUp()) {
            double rate = plan.searches() ? each : Math.min(each, plan.rate());
            tell(trial.step(rate, false, Duration.ZERO, plan.search()), "warm-up");
        }
    }

    private Result measure(Trial trial, double first, boolean confirms, boolean latency) {
        List<Step> steps = new ArrayList<>();
        double rate = plan.searches() ? search(trial, first, confirms, steps) : plan.rate();
        List<Step> repeats = repeat(trial, rate, confirms, steps);
        Step atEase = null;
        if (latency) {
            atEase = trial.step(Math.min(LATENCY_RATE, 0.7 * repeats.get(0).rate()), confirms, plan.ramp(), plan.measured());
            tell(atEase, "latency");
        }
        return new Result(steps, repeats, atEase, trial.residentMegabytes());
    }

    private double search(Trial trial, double first, boolean confirms, List<Step> steps) {
        Search search = new Search(first, PRECISION);
        for (int n = 0; n < plan.mostSteps() && !search.isOver(); n++) {
            double rate = search.next();
            Step step = trial.step(rate, confirms, plan.ramp(), plan.search());
            search.tried(rate, step.held(), step.settledPerSecond());
            steps.add(step);
            tell(step, "search");
        }
        return search.best() > 0 ? search.best() : search.next();
    }

    private List<Step> repeat(Trial trial, double found, boolean confirms, List<Step> steps) {
        double rate = found;
        for (int lowered = 0;; lowered++) {
            List<Step> repeats = new ArrayList<>();
            while (repeats.size() < plan.repeats()) {
                Step step = trial.step(rate, confirms, plan.ramp(), plan.measured());
                tell(step, "measured");
                steps.add(step);
                repeats.add(step);
                if (!step.held() && plan.searches() && lowered < MOST_LOWERINGS) {
                    break;
                }
            }
            boolean held = repeats.stream().allMatch(Step::held);
            if (held || !plan.searches() || lowered == MOST_LOWERINGS) {
                return repeats;
            }
            rate *= LOWER;
        }
    }

    private void tell(Step step, String what) {
        log.accept(("%-9s %-8s %s%,7.0f/s offered, %,7.0f/s settled, %s; callback p50 %.1f p99 %.1f ms, to topic p99 %.1f ms, "
                + "event to ledger p99 %.1f ms; CPU µs an order %s").formatted(step.subject(), what,
                step.confirms() ? "with confirm " : "", step.rate(), step.settledPerSecond(),
                step.held() ? "held" : "NOT held " + why(step), Figures.millis(step.callbacks(), 50),
                Figures.millis(step.callbacks(), 99), Figures.millis(step.toTopic(), 99),
                Figures.millis(step.aftermath().eventToLedger(), 99), step.cpuMicrosAnOrder()));
    }

    private static String why(Step step) {
        List<String> why = new ArrayList<>();
        if (!step.backlog().held()) {
            why.add("backlog grew by %.1f s".formatted(step.backlog().grewSeconds()));
        }
        if (!step.failures().isEmpty()) {
            why.add("answers " + step.failures());
        }
        if (!step.aftermath().unsettled().isEmpty()) {
            why.add("unsettled " + step.aftermath().unsettled().size());
        }
        if (!step.aftermath().doubled().isEmpty()) {
            why.add("DOUBLED " + step.aftermath().doubled().size());
        }
        return why.toString();
    }

    private Opened open(Cast cast, Subject subject) {
        log.accept("Starting " + subject.name() + " …");
        cast.start(subject);
        return new Opened(cast, subject, new Trial(cast, subject, plan.shape()));
    }

    /** A subject that runs. */
    private record Opened(Cast cast, Subject subject, Trial trial) implements AutoCloseable {
        @Override
        public void close() {
            trial.close();
            cast.end(subject);
        }
    }
}
