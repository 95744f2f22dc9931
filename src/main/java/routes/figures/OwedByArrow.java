package routes.figures;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import ledger.OrderQueries;
import ledger.Owed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many orders await what each arrow brings, by route id. It is read from the ledger on demand, once a second at most, so
 * that every hub tells the same: the figures of several hubs must not be added up. The metrics endpoint has the same figures
 * as {@code hub_owed} and {@code hub_owed_late}.
 */
@Component
class OwedByArrow {

    private static final Logger LOG = LoggerFactory.getLogger(OwedByArrow.class);

    /** Pause between the end of a reading and the next, at least; after a long reading it is longer. */
    private static final Duration APART = Duration.ofSeconds(1);
    private static final int IDLE_TIMES = 10;

    /** A reading that is older than this is left out of the metrics. */
    private static final Duration STALE = Duration.ofMinutes(1);

    /** @param late those whose side has been silent for too long, or was asked in vain */
    record Figure(long orders, long late) {

        static final Figure NONE = new Figure(0, 0);
    }

    /**
     * @param at     when it was read; {@link Instant#EPOCH} when it never was
     * @param arrows each debt at one arrow, its push, so that the figures add up to what is owed
     */
    record Reading(Instant at, Map<String, Figure> arrows) {

        /** The same at a push and at the pull that makes up for it; null when nothing is ever owed over this arrow. */
        Figure of(String arrow) {
            List<String> pushes = DebtArrows.pushesOf(arrow);
            return (pushes.isEmpty() ? List.of(arrow) : pushes).stream().map(arrows::get).filter(Objects::nonNull)
                    .reduce((a, b) -> new Figure(a.orders + b.orders, a.late + b.late)).orElse(null);
        }
    }

    private final Supplier<List<Owed>> ledger;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, Boolean> shown = new ConcurrentHashMap<>();
    private volatile Reading last = new Reading(Instant.EPOCH, Map.of());
    private volatile long nextNanos = System.nanoTime();

    @Autowired
    OwedByArrow(OrderQueries orders, Clock clock, MeterRegistry metrics) {
        this(orders::owed, clock, metrics);
    }

    OwedByArrow(Supplier<List<Owed>> ledger, Clock clock, MeterRegistry metrics) {
        this.ledger = ledger;
        this.clock = clock;
        this.metrics = metrics;
        nothing().keySet().forEach(this::show);
    }

    /**
     * A reading that is a second old at most while the ledger answers; else the last one, whose time says so. Waits for the
     * ledger, up to some seconds when it is away, unless another thread waits for it already.
     */
    Reading now() {
        if (System.nanoTime() - nextNanos >= 0 && reading.tryLock()) {
            try {
                if (System.nanoTime() - nextNanos >= 0) {
                    read();
                }
            } finally {
                reading.unlock();
            }
        }
        return last;
    }

    private void read() {
        long begun = System.nanoTime();
        try {
            Map<String, Figure> arrows = nothing();
            ledger.get().forEach(owed -> arrows.put(arrow(owed.what()), new Figure(owed.orders(), owed.late())));
            last = new Reading(clock.instant(), Map.copyOf(arrows));
            arrows.keySet().forEach(this::show);
        } catch (RuntimeException e) {
            LOG.warn("what is owed can't be counted; tried again when asked next: {}", e.toString());
        } finally {
            long ended = System.nanoTime();
            nextNanos = ended + Math.max(APART.toNanos(), IDLE_TIMES * (ended - begun));
        }
    }

    private static String arrow(Owed.What what) {
        if (what instanceof Owed.Awaited awaited) {
            DebtArrows arrows = DebtArrows.ALL.get(awaited.debt());
            return awaited.accepted() ? arrows.accepted() : arrows.push();
        }
        return ((Owed.Added) what).arrow();
    }

    private static Map<String, Figure> nothing() {
        Map<String, Figure> arrows = new TreeMap<>();
        DebtArrows.ALL.values().forEach(debt -> debt.pushes().forEach(push -> arrows.put(push, Figure.NONE)));
        return arrows;
    }

    private void show(String arrow) {
        if (shown.putIfAbsent(arrow, true) == null) {
            gauge("hub.owed", "Orders that await what this arrow brings; of all hubs together", arrow, Figure::orders);
            gauge("hub.owed.late", "Those of them that were awaited for too long", arrow, Figure::late);
        }
    }

    private void gauge(String name, String description, String arrow, ToLongFunction<Figure> value) {
        Gauge.builder(name, this, owed -> owed.value(arrow, value)).tag("arrow", arrow).description(description)
                .register(metrics);
    }

    private double value(String arrow, ToLongFunction<Figure> value) {
        Reading now = now();
        Figure figure = now.of(arrow);
        return figure == null || now.at().isBefore(clock.instant().minus(STALE)) ? Double.NaN
                : value.applyAsLong(figure);
    }
}
