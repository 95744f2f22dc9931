package bench;

import embedded.Machine;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of a run as text for a terminal. */
final class ReportTable {

    private static final List<String> NAMES = List.of("hub", "confirm", "two", "unbatched", "outbox", "outboxPlain");

    private final BenchPlan plan;
    private final BenchResults findings;
    private final StringBuilder text = new StringBuilder();

    ReportTable(BenchPlan plan, BenchResults findings) {
        this.plan = plan;
        this.findings = findings;
    }

    @Override
    public String toString() {
        text.setLength(0);
        line("%s, commit %s, %,d stores, %.0f %% delivered", Machine.description(), Machine.commit(),
                plan.mix().stores(), 100 * plan.mix().delivery());
        findings.limits().ifPresent(this::limits);
        line("");
        line("%-14s %9s %19s %6s %20s %13s %13s", "", "orders/s", "range", "held", "callback p50/99/99.9", "topic p50/99",
                "ledger p50/99");
        row("hub", "hub");
        row("  with confirm", "confirm");
        row("two hubs", "two");
        row("unbatched hub", "unbatched");
        row("outbox", "outbox");
        row("plain outbox", "outboxPlain");
        line("%61s at %s orders/s, in ms", "", findings.result("hub").map(BenchRun.Result::latency)
                .map(step -> "%,.0f".formatted(step.rate())).orElse("these"));
        line("");
        line("%-14s %-60s", "", "processor microseconds an order, by process");
        for (String name : NAMES) {
            findings.result(name).ifPresent(result -> line("%-14s %s", name, costs(result.typical())));
        }
        line("");
        line("%-14s %9s %9s %9s %9s %9s %9s   %s", "", "WAL B", "Kafka B", "commits", "inserted", "updated", "HOT",
                "an order; most memory in MB");
        for (String name : NAMES) {
            findings.result(name).ifPresent(result -> written(name, result));
        }
        growth();
        findings.outage().ifPresent(this::outage);
        findings.history().ifPresent(this::history);
        line("");
        line(findings.isRight() ? "Every order that was acknowledged has settled, and once."
                : "NOT every order that was acknowledged has settled once; see the steps in the report.");
        return text.toString();
    }

    private void limits(MachineLimits limits) {
        line("");
        line("limits: sync %.0f µs; commits/s %s by clients; rows/s inserted %,.0f, updated %,.0f; Kafka/s in %,.0f, out %,.0f;"
                        + " HTTP/s %,.0f", limits.syncMicros(),
                limits.commits().entrySet().stream().map(each -> "%,.0f by %d".formatted(each.getValue(), each.getKey()))
                        .toList(), limits.inserted(), limits.updated(), limits.produced(), limits.consumed(),
                limits.exchanges());
        line("        together %,.0f orders/s", limits.ordersPerSecond(plan.mix().delivery()));
    }

    private void row(String title, String name) {
        findings.result(name).ifPresent(result -> {
            Spread spread = result.ordersPerSecond();
            RateStep at = result.latency() == null ? result.typical() : result.latency();
            line("%-14s %,9.0f %,9.0f-%,9.0f %6s %20s %13s %13s%s", title, spread.median(), spread.least(), spread.most(),
                    result.held() ? "yes" : "NO",
                    "%.1f/%.1f/%.1f".formatted(Latencies.millis(at.callbacks(), 50), Latencies.millis(at.callbacks(), 99),
                            Latencies.millis(at.callbacks(), 99.9)),
                    "%.1f/%.1f".formatted(Latencies.millis(at.toTopic(), 50), Latencies.millis(at.toTopic(), 99)),
                    "%.1f/%.1f".formatted(Latencies.millis(at.outcome().eventToLedger(), 50),
                            Latencies.millis(at.outcome().eventToLedger(), 99)),
                    name.equals("hub") || name.equals("confirm") ? "" : new Ratios(plan, findings).hubTo(name)
                            .map("   hub is %.2f times"::formatted).orElse(""));
        });
    }

    private static String costs(RateStep step) {
        Map<String, Double> costs = step.cpuMicrosAnOrder();
        String all = "%.0f".formatted(costs.values().stream().mapToDouble(Double::doubleValue).sum());
        StringBuilder text = new StringBuilder(all).append(" = ");
        costs.forEach((process, micros) -> text.append("%s %.0f  ".formatted(process, micros)));
        return text + "(others had %.0f %% of the machine)".formatted(100 * step.others());
    }

    private void written(String name, BenchRun.Result result) {
        RateStep step = result.typical();
        double orders = Math.max(1, step.outcome().acknowledged());
        WriteVolume written = step.written();
        line("%-14s %,9.0f %,9.0f %9.2f %9.2f %9.2f %9.2f   %s", name, written.wal() / orders, written.kafka() / orders,
                written.commits() / orders, written.inserted() / orders, written.updated() / orders,
                written.hot() / orders, result.resident());
    }

    private void growth() {
        findings.result("hub").ifPresent(hub -> {
            line("");
            line("%9s %9s %12s %12s %12s   %s", "offered/s", "settled/s", "callback p50", "callback p99", "to topic p99",
                    "held");
            hub.all().stream().sorted((one, other) -> Double.compare(one.rate(), other.rate())).forEach(step ->
                    line("%,9.0f %,9.0f %12.1f %12.1f %12.1f   %s", step.rate(), step.settledPerSecond(),
                            Latencies.millis(step.callbacks(), 50), Latencies.millis(step.callbacks(), 99),
                            Latencies.millis(step.toTopic(), 99), step.held() ? "yes" : "no"));
        });
    }

    private void outage(BrokerOutage outage) {
        line("");
        line("the broker was down for %.0f s at %,.0f orders/s: %,.0f orders on their way at most, %s; callback p99 %.1f ms%s",
                outage.lasted(), outage.step().rate(), outage.most(),
                outage.goneAfter().isPresent() ? "as few as before %.0f s after it was back"
                        .formatted(outage.goneAfter().getAsDouble()) : "NOT as few as before while orders came",
                Latencies.millis(outage.step().callbacks(), 99),
                outage.step().failures().isEmpty() ? "" : ", answers " + outage.step().failures());
    }

    private void history(HistoryCost history) {
        line("");
        line("%,d settled orders, %,d of them live, made in %.0f s; at %,.0f orders/s each time", history.orders(),
                history.live(), history.seconds(), history.with().get(0).rate());
        past("without", history.without());
        past("with", history.with());
        line("%-14s %s", "", history.costs().map("processor time an order: %.2f times"::formatted)
                .orElse("the rate did NOT hold each time"));
        history.dueWithout().forEach((query, micros) -> line("%-14s %.0f µs without, %.0f µs with: %.2f times",
                "due: " + query.name().toLowerCase(Locale.ROOT), micros, history.dueWith().get(query),
                history.dueTimes(query)));
        HistoryDrop day = history.day();
        line("%-14s %,d orders of it %s, at %,.0f orders/s; callback p99 %.1f ms, longest %.1f ms meanwhile; %.1f and %.1f ms"
                        + " otherwise", "a day", day.orders(), day.goneAfter().isPresent()
                        ? "were dropped within %.1f s".formatted(day.goneAfter().getAsDouble()) : "were NOT dropped in time",
                day.step().rate(), Latencies.millis(day.meanwhile(), 99), Latencies.millis(day.meanwhile(), 100),
                Latencies.millis(day.otherwise(), 99), Latencies.millis(day.otherwise(), 100));
    }

    private void past(String title, List<RateStep> repeats) {
        RateStep step = RateStep.typical(repeats);
        line("%-14s %,9.0f settled/s, held %s; callback p50 %.1f p99 %.1f ms; µs an order %s", title, step.settledPerSecond(),
                HistoryCost.held(repeats) ? "yes" : "NO", Latencies.millis(step.callbacks(), 50),
                Latencies.millis(step.callbacks(), 99), costs(step));
    }

    private void line(String format, Object... figures) {
        text.append(format.formatted(figures).stripTrailing()).append('\n');
    }
}
