package bench;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Settled orders, as many as a large chain has: copies of two orders that the hub itself has settled, with their
 * payments. Half of them are live, settled within the last half hour; the others are history of five days, of which the
 * last is older than the hub keeps it. There is a timeline only for the orders of that day, which is dropped, and for the
 * youngest tenth of the live orders, next to which the hub goes on writing; a timeline for all would be most of the rows,
 * and never be read.
 */
final class SettledHistory {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int DAYS = 5;
    /** Age in days; the hub as it is shipped keeps thirty. */
    private static final int TOO_OLD = 31;
    /** Suffix of a partition that the hub is not to take for one of its days. */
    private static final String KEPT = "_kept";
    private static final List<String> BY_THE_DAY = List.of("order_history", "timeline");

    private static final Executor BESIDE = work -> new Thread(work, "makes-the-past").start();

    /** The new orders, each with the order that it is a copy of. OFFSET 0 has each time computed once a row. */
    private static final String COPIES = """
            WITH one AS MATERIALIZED (
                SELECT * FROM orders WHERE id IN (:pickup, :delivery)),
            step AS MATERIALIZED (
                SELECT * FROM timeline WHERE order_id IN (:pickup, :delivery)),
            new AS (
                SELECT 'a' || 1000000000 + n AS id, 'S' || 1 + n * 7919 % :stores AS store,
                       CASE WHEN n % 1000 < :deliveries THEN :delivery ELSE :pickup END AS of,
                       :since::timestamptz + (n - :first) * :apart::interval AS settled_at
                FROM generate_series(:first::bigint, :last::bigint) AS n OFFSET 0)
            """;

    private static final String ORDERS = COPIES + """
            INSERT INTO ${table} (
                id, version, store_id, kind, amount, currency, items, confirmed_at, make, make_since, payment_id, paid_at,
                ticket_id, delivery, delivery_since, note_id, attempt, courier, cancel, ready_at, ready_from, ready_as_of,
                delivered_at, delivered_from, delivered_as_of, settlement, settled_at)
            SELECT new.id, version, new.store, kind, amount, currency, items, confirmed_at + later, make, make_since + later,
                   'P-' || new.id, paid_at + later, substr(ticket_id, 1, 2) || new.id, delivery, delivery_since + later,
                   substr(note_id, 1, 2) || new.id, attempt, courier, cancel, ready_at + later, ready_from,
                   ready_as_of + later, delivered_at + later, delivered_from, delivered_as_of + later, settlement,
                   new.settled_at
            FROM new JOIN one ON one.id = new.of, LATERAL (SELECT new.settled_at - one.settled_at OFFSET 0) AS l(later)
            """;

    private static final String PAYMENTS = COPIES + """
            INSERT INTO payment (id, order_id, amount, currency, status, reported_at, status_at)
            SELECT 'P-' || new.id, new.id, amount, currency, 'APPLIED', paid_at + later, paid_at + later
            FROM new JOIN one ON one.id = new.of, LATERAL (SELECT new.settled_at - one.settled_at OFFSET 0) AS l(later)
            """;

    private static final String TIMELINE = COPIES + """
            INSERT INTO timeline (order_id, at, arrow, way, outcome, detail)
            SELECT new.id, step.at - one.settled_at + new.settled_at, step.arrow, step.way, step.outcome, step.detail
            FROM new JOIN one ON one.id = new.of JOIN step ON step.order_id = new.of
            """;

    private final BenchCluster cluster;
    private final String url;
    private final OrderMix mix;
    private final int orders;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private final LocalDate oldest = today.minusDays(TOO_OLD);
    private final String pickup;
    private final String delivery;

    /** @param orders number of orders to insert */
    SettledHistory(BenchCluster cluster, Subject subject, OrderMix mix, int orders) {
        this.cluster = cluster;
        this.url = subject.url();
        this.mix = mix;
        this.orders = orders;
        this.pickup = settled("MADE");
        this.delivery = settled("DELIVERED");
    }

    /** Number of orders of one day. */
    int ordersOfADay() {
        return (orders - live()) / DAYS;
    }

    /** Number of orders in the live table. */
    int live() {
        return orders / 2;
    }

    /** Inserts all orders. */
    void fill() {
        List<LocalDate> days = new ArrayList<>(IntStream.range(1, DAYS).mapToObj(today::minusDays).toList());
        days.forEach(day -> create(day, ""));
        create(oldest, KEPT);
        days.add(oldest);
        Instant now = Instant.now();
        Stretch live = new Stretch(0, live(), now.minus(Duration.ofMinutes(30)), now.minusSeconds(30));
        CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> {
            run(ORDERS.replace("${table}", "orders"), live);
            run(PAYMENTS, live);
            run(TIMELINE, live.youngestTenth());
        }, BESIDE);
        for (int n = 0; n < DAYS; n++) {
            // Five minutes after midnight, so that the earlier steps of each order are of the same day.
            Instant begin = days.get(n).atStartOfDay(ZoneOffset.UTC).toInstant().plus(Duration.ofMinutes(5));
            Stretch day = new Stretch(live() + n * ordersOfADay(), ordersOfADay(), begin, begin.plus(Duration.ofHours(23)));
            run(ORDERS.replace("${table}", "order_history"), day);
            run(PAYMENTS, day);
            if (days.get(n).equals(oldest)) {
                run(TIMELINE, day);
            }
        }
        beside.join();
    }

    /** Brings the database into a steady state: statistics, no dead rows, no dirty pages. */
    static void tidy(BenchCluster cluster, Subject subject) {
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(subject.url(), cluster.database().user(),
                cluster.database().password()));
        jdbc.sql("VACUUM (ANALYZE) orders, order_history, payment, timeline").update();
        jdbc.sql("CHECKPOINT").update();
    }

    private void create(LocalDate day, String suffix) {
        for (String table : BY_THE_DAY) {
            jdbc().sql("CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')".formatted(
                    name(table, day) + suffix, table, day, day.plusDays(1))).update();
        }
    }

    private static String name(String table, LocalDate day) {
        return table + '_' + DAY.format(day);
    }

    /** A range of orders that are settled at equal intervals. */
    private record Stretch(int first, int count, Instant from, Instant to) {

        String apart() {
            return Duration.between(from, to).toNanos() / 1_000 / count + " microseconds";
        }

        Stretch youngestTenth() {
            Duration tenth = Duration.between(from, to).dividedBy(10);
            return new Stretch(first + count - count / 10, count / 10, to.minus(tenth), to);
        }
    }

    private void run(String statement, Stretch orders) {
        jdbc().sql(statement).param("pickup", pickup).param("delivery", delivery).param("stores", mix.stores())
                .param("deliveries", Math.round(mix.delivery() * 1_000)).param("first", orders.first())
                .param("last", orders.first() + orders.count() - 1).param("since", orders.from().toString())
                .param("apart", orders.apart()).update();
    }

    private String settled(String settlement) {
        return jdbc().sql("SELECT id FROM orders WHERE settlement = :settlement::settlement ORDER BY id LIMIT 1")
                .param("settlement", settlement).query(String.class).optional().orElseThrow(() -> new IllegalStateException(
                        "no order is " + settlement + " yet, to make others like it"));
    }

    /** With a new connection for each statement: the statements are few, and long. */
    private JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(url, cluster.database().user(), cluster.database().password()));
    }

    /** Renames the partitions of the oldest day, so that the hub's job sees them and drops them on its next run. */
    void letGo(JdbcClient jdbc) {
        for (String table : BY_THE_DAY) {
            jdbc.sql("ALTER TABLE %s RENAME TO %s".formatted(name(table, oldest) + KEPT, name(table, oldest))).update();
        }
    }

    /** Whether the hub has dropped the oldest day. */
    boolean isGone(JdbcClient jdbc) {
        return BY_THE_DAY.stream().allMatch(table -> jdbc.sql("SELECT to_regclass(:day) IS NULL")
                .param("day", name(table, oldest)).query(Boolean.class).single());
    }
}
