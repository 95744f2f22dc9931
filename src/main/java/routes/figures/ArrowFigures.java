package routes.figures;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import ledger.Way;
import ledger.order.Outcome;
import org.springframework.stereotype.Component;

/**
 * Counts what each arrow has done since this hub started, by route id. The metrics endpoint has the same figures as
 * {@code hub_arrow_messages_total} and {@code hub_arrow_outcomes_total}.
 *
 * <pre>{@code
 * figures.messages("push-order", Way.PUSH, 200);
 * figures.outcome("push-order", Outcome.FAILED, 3);
 * }</pre>
 */
@Component
public class ArrowFigures {

    /** @param last when the arrow was last counted; null when it never was */
    public record Figures(Map<Way, Long> messages, Map<Outcome, Long> outcomes, Instant last) {

        static final Figures NONE = new Figures(Map.of(), Map.of(), null);

        /** Messages that went or came by push, or by a call that is part of one. */
        public long pushed() {
            return messages.getOrDefault(Way.PUSH, 0L) + messages.getOrDefault(Way.CALL, 0L);
        }

        long pulled() {
            return messages.getOrDefault(Way.PULL, 0L);
        }

        /** @param isPull whether the arrow is a pull alone; of an arrow that pushes, too, only what it fetched by pull counts */
        long repaired(boolean isPull) {
            return isPull ? of(Outcome.APPLIED) : pulled();
        }

        public long of(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }
    }

    private static final class Counting {
        private final Map<Way, Count> messages = new EnumMap<>(Way.class);
        private final Map<Outcome, Count> outcomes = new EnumMap<>(Outcome.class);
        private volatile Instant last;
    }

    /**
     * Looks its meter up once, as it counts each message of each order; and not before the first count, so that the metrics
     * have no line for what an arrow never does.
     */
    private static final class Count {
        private final LongAdder sum = new LongAdder();
        private final Supplier<Counter> meters;
        private volatile Counter meter;

        Count(Supplier<Counter> meters) {
            this.meters = meters;
        }

        void add(int count) {
            sum.add(count);
            if (meter == null) {
                // Two threads that look it up at the same time get the same one from the registry.
                meter = meters.get();
            }
            meter.increment(count);
        }

        long sum() {
            return sum.sum();
        }
    }

    private final Map<String, Counting> arrows = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    public ArrowFigures(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Counts messages that came over the arrow, or that the broker or neighbour has taken. */
    public void messages(String arrow, Way way, int count) {
        counting(arrow).messages.get(way).add(count);
    }

    public void outcome(String arrow, Outcome outcome, int count) {
        counting(arrow).outcomes.get(outcome).add(count);
    }

    public Figures of(String arrow) {
        Counting counting = arrows.get(arrow);
        if (counting == null) {
            return Figures.NONE;
        }
        Map<Way, Long> messages = new EnumMap<>(Way.class);
        counting.messages.forEach((way, count) -> messages.put(way, count.sum()));
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        counting.outcomes.forEach((outcome, count) -> outcomes.put(outcome, count.sum()));
        return new Figures(messages, outcomes, counting.last);
    }

    /** The arrows that have been counted. */
    Set<String> arrows() {
        return arrows.keySet();
    }

    private Counting counting(String arrow) {
        Counting counting = arrows.computeIfAbsent(arrow, id -> {
            Counting fresh = new Counting();
            for (Way way : Way.values()) {
                fresh.messages.put(way, new Count(() ->
                        metrics.counter("hub.arrow.messages", "arrow", id, "way", way.name())));
            }
            for (Outcome outcome : Outcome.values()) {
                fresh.outcomes.put(outcome, new Count(() ->
                        metrics.counter("hub.arrow.outcomes", "arrow", id, "outcome", outcome.name())));
            }
            return fresh;
        });
        counting.last = Instant.now();
        return counting;
    }
}
