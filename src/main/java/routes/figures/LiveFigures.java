package routes.figures;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import ledger.Flow;
import ledger.OrderQueries;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/**
 * The figures of the arrows that the page shows. Messages, rates, times and outcomes are those of this hub; what is owed, in
 * flight, late or parked is that of the whole ledger.
 */
@Component
public class LiveFigures {

    private static final Duration RATE_OVER = Duration.ofSeconds(5);
    /** An arrow counts as failing until so much time has passed without a failure. */
    private static final Duration FAILING_FOR = Duration.ofSeconds(15);

    /** @param ledgerAt when the ledger was last read; null when it never was */
    record Update(Instant at, Instant ledgerAt, List<Figures> arrows, Totals totals) {
    }

    /**
     * @param pushed      messages by push, or by a call made at once, since this hub's start
     * @param pulled      messages by a job
     * @param perSecond   messages of both ways, over the last seconds; null until the figures have been read for long enough
     * @param p99Millis   see {@link ArrowTimes}; null when nothing came in the last half minute
     * @param owed        orders that await what it brings; null when nothing is ever owed over it
     * @param late        those that were awaited for too long
     * @param repaired    orders that a pull brought forward, as the trends have it
     * @param failing     whether something failed a moment ago
     */
    record Figures(String id, long pushed, long pulled, Double perSecond, Double p99Millis, Long owed, Long late,
                   long repaired, long parked, long failed, boolean failing) {
    }

    /**
     * @param confirmed and {@code settled}: by this hub since its start
     * @param inFlight  orders that a side still owes something; null, as the next two, when the ledger was never read
     * @param late      those whose barista or dispatch has been silent for too long
     * @param parked    messages that wait for a person
     */
    record Totals(long confirmed, long settled, Double settledPerSecond, Long inFlight, Long late, Long parked) {
    }

    private record Sample(long nanos, Map<String, ArrowList.Arrow> arrows, long settled) {
    }

    private record LedgerReading(OwedByArrow.Reading owed, Flow flow, long parked) {
    }

    private final ArrowList arrows;
    private final ArrowFigures done;
    private final ArrowTimes times;
    private final routes.figures.Totals totals;
    private final OwedByArrow owed;
    private final OrderQueries orders;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile LedgerReading reading;

    LiveFigures(ArrowList arrows, ArrowFigures done, ArrowTimes times, routes.figures.Totals totals, OwedByArrow owed,
                OrderQueries orders, Clock clock) {
        this.arrows = arrows;
        this.done = done;
        this.times = times;
        this.totals = totals;
        this.owed = owed;
        this.orders = orders;
        this.clock = clock;
    }

    /** Reads the ledger when {@link OwedByArrow} finds it time to, and waits for it; {@link #now} never waits. */
    void readLedger() {
        LedgerReading before = reading;
        OwedByArrow.Reading now = owed.now();
        if (!now.at().equals(Instant.EPOCH) && (before == null || !before.owed().at().equals(now.at()))) {
            reading = new LedgerReading(now, orders.flow(), orders.parked());
        }
    }

    /** Called by one thread, a few times a second while there are subscribers. */
    Update now(CamelContext camel) {
        long nanos = System.nanoTime();
        List<ArrowList.Arrow> deployed = arrows.deployed(camel);
        while (!samples.isEmpty() && nanos - samples.peekFirst().nanos() > FAILING_FOR.toNanos()) {
            samples.removeFirst();
        }
        Sample sample = new Sample(nanos, deployed.stream()
                .collect(Collectors.toMap(ArrowList.Arrow::id, Function.identity(), (a, b) -> b)), totals.settled());
        samples.addLast(sample);
        Sample rateFrom = samples.stream().filter(past -> nanos - past.nanos() <= RATE_OVER.toNanos()).findFirst()
                .orElse(sample);
        LedgerReading known = reading;
        return new Update(clock.instant(), known == null ? null : known.owed().at(),
                deployed.stream().map(arrow -> figures(arrow, rateFrom, nanos, known)).toList(),
                new Totals(totals.confirmed(), totals.settled(),
                        perSecond(sample.settled() - rateFrom.settled(), nanos - rateFrom.nanos()),
                        known == null ? null : known.flow().inFlight(), known == null ? null : known.flow().late(),
                        known == null ? null : known.parked()));
    }

    private Figures figures(ArrowList.Arrow arrow, Sample rateFrom, long nanos, LedgerReading known) {
        ArrowList.Arrow then = rateFrom.arrows().get(arrow.id());
        ArrowList.Arrow longAgo = samples.peekFirst().arrows().get(arrow.id());
        OwedByArrow.Figure debts = known == null ? null : known.owed().of(arrow.id());
        return new Figures(arrow.id(), arrow.pushed(), arrow.pulled(),
                then == null ? null : perSecond(messages(arrow) - messages(then), nanos - rateFrom.nanos()),
                times.p99Millis(arrow.id()), debts == null ? null : debts.orders(),
                debts == null ? null : debts.late(), done.of(arrow.id()).repaired(DebtArrows.isPull(arrow.id())),
                arrow.parked(), arrow.failed(),
                longAgo != null && arrow.failed() > longAgo.failed());
    }

    private static long messages(ArrowList.Arrow arrow) {
        return arrow.pushed() + arrow.pulled();
    }

    private static Double perSecond(long count, long nanos) {
        return nanos < Duration.ofSeconds(1).toNanos() ? null : Math.round(count * 1e10 / nanos) / 10.0;
    }
}
