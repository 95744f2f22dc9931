package routes.figures;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The last hour of this hub, ten seconds a point, in its memory: 360 points of a figure for each arrow, less than a
 * megabyte however many orders there are. It begins anew with a restart; Prometheus keeps figures for longer.
 */
@Component
class Trends {

    static final Duration POINT = Duration.ofSeconds(10);
    static final int POINTS = 360;
    private static final Duration HOUR = POINT.multipliedBy(POINTS);

    /**
     * Counts of this hub since its start, and what is owed now.
     *
     * @param repaired by arrow, orders that a pull brought forward
     * @param owed     by arrow; null when the ledger didn't answer
     * @param callbacks since the point before
     */
    record Counted(long confirmed, long settled, Map<String, Long> repaired, Map<String, Long> owed,
                   CallbackTimes.Taken callbacks) {
    }

    private record Point(Instant at, double seconds, long confirmed, long settled, Map<String, Long> repaired,
                         Map<String, Long> owed, CallbackTimes.Taken callbacks) {
    }

    /**
     * A column for each figure, the oldest first, all of the same length. A count is of the seconds before its time.
     *
     * @param callbackP99Millis null where there was no callback
     * @param owed              null where the ledger didn't answer
     */
    record Columns(List<Instant> at, List<Double> seconds, List<Long> confirmed, List<Long> settled,
                   List<Long> callbacks, List<Double> callbackP99Millis, Map<String, List<Long>> owed,
                   Map<String, List<Long>> repaired) {
    }

    private final Clock clock;
    private final Supplier<Counted> counted;
    private final Deque<Point> points = new ArrayDeque<>();
    private Instant lastAt;
    private Counted last;

    @Autowired
    Trends(Clock clock, Totals totals, ArrowFigures figures, OwedByArrow owed, CallbackTimes callbacks) {
        this(clock, () -> new Counted(totals.confirmed(), totals.settled(), repaired(figures),
                owed(owed.now(), clock.instant()), callbacks.take()));
    }

    Trends(Clock clock, Supplier<Counted> counted) {
        this.clock = clock;
        this.counted = counted;
    }

    private static Map<String, Long> repaired(ArrowFigures figures) {
        Map<String, Long> repaired = new TreeMap<>();
        figures.arrows().forEach(arrow -> {
            long orders = figures.of(arrow).repaired(DebtArrows.isPull(arrow));
            if (orders > 0) {
                repaired.put(arrow, orders);
            }
        });
        return repaired;
    }

    private static Map<String, Long> owed(OwedByArrow.Reading reading, Instant now) {
        if (reading.at().isBefore(now.minus(POINT))) {
            return null;
        }
        Map<String, Long> owed = new TreeMap<>();
        reading.arrows().forEach((arrow, figure) -> owed.put(arrow, figure.orders()));
        return owed;
    }

    /** Ends a point. To be called every ten seconds; a point that is ended late says how long it was. */
    synchronized void tick() {
        Instant now = clock.instant();
        Counted counts = counted.get();
        if (last != null && now.isAfter(lastAt)) {
            Map<String, Long> repaired = new TreeMap<>();
            counts.repaired().forEach((arrow, orders) -> {
                long since = orders - last.repaired().getOrDefault(arrow, 0L);
                if (since > 0) {
                    repaired.put(arrow, since);
                }
            });
            points.add(new Point(now, Duration.between(lastAt, now).toMillis() / 1e3,
                    counts.confirmed() - last.confirmed(), counts.settled() - last.settled(), repaired, counts.owed(),
                    counts.callbacks()));
        }
        last = counts;
        lastAt = now;
        while (points.size() > POINTS || !points.isEmpty() && points.peek().at().isBefore(now.minus(HOUR))) {
            points.remove();
        }
    }

    synchronized Columns columns() {
        return new Columns(column(Point::at), column(Point::seconds), column(Point::confirmed), column(Point::settled),
                column(point -> point.callbacks().callbacks()),
                column(point -> point.callbacks().p99() == null ? null : point.callbacks().p99().toNanos() / 1e6),
                byArrow(Point::owed), byArrow(Point::repaired));
    }

    private <T> List<T> column(Function<Point, T> figure) {
        List<T> column = new ArrayList<>(points.size());
        points.forEach(point -> column.add(figure.apply(point)));
        return column;
    }

    private Map<String, List<Long>> byArrow(Function<Point, Map<String, Long>> figures) {
        Map<String, List<Long>> columns = new TreeMap<>();
        TreeSet<String> arrows = new TreeSet<>();
        points.stream().map(figures).flatMap(each -> each == null ? Stream.of() : each.keySet().stream())
                .forEach(arrows::add);
        arrows.forEach(arrow -> columns.put(arrow, column(point -> {
            Map<String, Long> each = figures.apply(point);
            return each == null ? null : each.getOrDefault(arrow, 0L);
        })));
        return columns;
    }
}
