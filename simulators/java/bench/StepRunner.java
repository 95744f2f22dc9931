package bench;

import embedded.Wait;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import simulators.wire.Topic;

/** Measures one subject, one rate a step; the orders of each step have ids of their own. */
final class StepRunner implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 512;
    private static final long LEAD_NANOS = 200_000_000;
    /** After this long without a settled order, the remaining orders of a step are not waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final BenchCluster cluster;
    private final Subject subject;
    private final OrderMix mix;
    private final TopicWatch topic;
    private final HttpExchanges exchanges;
    private final LoadRequests requests;
    private int steps;

    /** @param subject takes requests already */
    StepRunner(BenchCluster cluster, Subject subject, OrderMix mix) {
        this.cluster = cluster;
        this.subject = subject;
        this.mix = mix;
        topic = new TopicWatch(cluster.brokers());
        exchanges = new HttpExchanges(subject.servers().stream().map(Server::address).toList(), MOST_CONNECTIONS);
        requests = new LoadRequests(BenchCluster.HOST, cluster.credentials());
        if (subject.isHub()) {
            confirmFirst("PICKUP");
            confirmFirst("DELIVERY");
        }
    }

    /** Measures a rate. @param ramp how long orders come before the window that is measured */
    RateStep step(double rate, boolean confirms, Duration ramp, Duration measured) {
        return tried(rate, confirms, ramp, measured, new Backlog(), schedule -> { }).step();
    }

    /** Kills the broker while orders come, and starts it again. */
    BrokerOutage outage(double rate, BrokerOutage.Times times) {
        Backlog backlog = new Backlog();
        double gone = times.before().toMillis() / 1e3;
        AtomicReference<Double> back = new AtomicReference<>();
        RateStep step = tried(rate, false, times.before(), times.away().plus(times.after()), backlog, schedule -> {
            Wait.until(() -> schedule.secondsAt(System.nanoTime()) >= gone, times.before().plus(PATIENCE));
            cluster.killBroker();
            Wait.lasting(times.away());
            cluster.startBroker();
            back.set(schedule.secondsAt(System.nanoTime()));
        }).step();
        return new BrokerOutage(back.get() - gone, backlog.most(), backlog.goneAfter(gone, back.get(), rate), step);
    }

    /** Lets the hub drop a day of history while orders come. @param calm time between the ramp and the drop */
    HistoryDrop dropOfADay(double rate, SettledHistory past, Duration ramp, Duration calm, Duration measured) {
        double from = ramp.plus(calm).toMillis() / 1e3;
        AtomicReference<Double> gone = new AtomicReference<>();
        Tried tried = tried(rate, false, ramp, measured, new Backlog(), schedule -> {
            Wait.until(() -> schedule.secondsAt(System.nanoTime()) >= from, ramp.plus(calm).plus(PATIENCE));
            try (Connection connection = cluster.connect(subject.url())) {
                JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
                past.letGo(jdbc);
                if (Wait.until(() -> past.isGone(jdbc), measured.minus(calm))) {
                    gone.set(schedule.secondsAt(System.nanoTime()));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("no day can be made old", e);
            }
        });
        double to = gone.get() == null ? Double.MAX_VALUE : gone.get() + 1;
        Histogram meanwhile = Latencies.micros();
        Histogram otherwise = Latencies.micros();
        for (int number = (int) Math.round(rate * ramp.toMillis() / 1e3); number < tried.orders.count(); number++) {
            double at = number / rate;
            Latencies.record(at >= from && at <= to ? meanwhile : otherwise, tried.orders.latencyNanos(number));
        }
        return new HistoryDrop(past.ordersOfADay(), gone.get() == null ? OptionalDouble.empty()
                : OptionalDouble.of(gone.get() - from), meanwhile, otherwise, tried.step);
    }

    private record Tried(RateStep step, StepOrders orders) {
    }

    /** @param meanwhile runs on a thread of its own while orders come; the step lasts at least as long */
    private Tried tried(double rate, boolean confirms, Duration ramp, Duration measured, Backlog backlog,
                        Consumer<ArrivalSchedule> meanwhile) {
        double from = ramp.toMillis() / 1e3 + (confirms ? 1 : 0);
        double to = from + measured.toMillis() / 1e3;
        int count = (int) Math.round(rate * to);
        int firstMeasured = (int) Math.round(rate * from);
        StepOrders orders = new StepOrders(subject.tag() + (10 + steps++), mix, count);
        if (!confirms) {
            seed(orders);
        }
        Map<TopicPartition, Long> since = BenchTopics.ends(cluster.brokers(), List.of(Topic.MADE, Topic.ORDER_EXPRESS));
        Histogram toTopic = topic.watch(orders, firstMeasured);
        WriteVolume before = WriteVolume.by(cluster, subject);
        long settledBefore = settled();
        ArrivalSchedule schedule = new ArrivalSchedule(System.nanoTime() + LEAD_NANOS, rate);
        OpenLoopLoad load = new OpenLoopLoad(exchanges, requests, orders, schedule, confirms, firstMeasured);
        SettledWatch watch = watch(subject, backlog, schedule, count, settledBefore);
        try (watch) {
            watch.start();
            Thread thread = new Thread(load::run, "load");
            thread.setPriority(Thread.MAX_PRIORITY);
            thread.start();
            CompletableFuture<Void> beside = CompletableFuture.runAsync(() -> meanwhile.accept(schedule));
            Wait.until(() -> schedule.due(System.nanoTime()) >= firstMeasured, Duration.ofMillis((long) (from * 1e3 + 2e3)));
            Instant begunAt = Instant.now();
            ResourceUsage begun = ResourceUsage.of(processes());
            Wait.until(() -> schedule.due(System.nanoTime()) >= count, Duration.ofMillis((long) (to * 1e3 + 2e3)));
            ResourceUsage ended = ResourceUsage.of(processes());
            beside.join();
            join(thread);
            drain(() -> watch.settled() - settledBefore, load.acknowledged());
            StepOutcome outcome = StepOutcome.of(cluster, subject, orders, firstMeasured, since);
            RateStep step = new RateStep(subject.name(), rate, confirms, backlog.between(from, to, rate), orders.failures(),
                    load.callbacks(), load.confirmations(), toTopic, ended.since(begun), ended.othersSince(begun), begunAt,
                    (ended.nanoTime() - begun.nanoTime()) / 1e9, WriteVolume.by(cluster, subject).since(before), outcome);
            return new Tried(step, orders);
        }
    }

    /** The present processes: the broker may have been restarted since the last call. */
    private Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>(subject.processes());
        processes.putAll(cluster.processes());
        return processes;
    }

    Map<String, Long> residentMegabytes() {
        return ResourceUsage.residentMegabytes(processes());
    }

    @Override
    public void close() {
        exchanges.close();
        topic.close();
    }

    private static SettledWatch watch(Subject subject, Backlog backlog, ArrivalSchedule schedule, int count,
                                      long settledBefore) {
        SettledWatch[] itself = new SettledWatch[1];
        itself[0] = new SettledWatch(subject.settled(), () -> {
            long now = System.nanoTime();
            backlog.look((now - schedule.startNanos()) / 1e9, Math.min(count, schedule.due(now)),
                    itself[0].settled() - settledBefore);
        });
        return itself[0];
    }

    /** Waits until all orders have settled, or none has for a long time. */
    private static void drain(LongSupplier settled, long all) {
        long before = -1;
        while (settled.getAsLong() < all && settled.getAsLong() > before) {
            long then = settled.getAsLong();
            before = then;
            Wait.until(() -> settled.getAsLong() >= all || settled.getAsLong() > then, PATIENCE);
        }
    }

    private long settled() {
        AtomicLong settled = new AtomicLong(-1);
        if (!Wait.until(() -> {
            subject.settled().now().ifPresent(settled::set);
            return settled.get() >= 0;
        }, PATIENCE)) {
            throw new IllegalStateException(subject.name() + " doesn't tell its settled orders at "
                    + subject.settled().counters());
        }
        return settled.get();
    }

    private void seed(StepOrders orders) {
        int count = orders.count();
        String[] ids = new String[count];
        String[] stores = new String[count];
        String[] kinds = new String[count];
        for (int number = 0; number < count; number++) {
            ids[number] = orders.id(number);
            stores[number] = mix.store(number);
            kinds[number] = mix.kind(number);
        }
        try (Connection connection = cluster.connect(subject.url());
             PreparedStatement statement = connection.prepareStatement(subject.seed())) {
            int parameter = 1;
            for (String[] column : List.of(ids, stores, kinds)) {
                Array array = connection.createArrayOf("text", column);
                statement.setArray(parameter++, array);
            }
            int made = statement.executeUpdate();
            if (made != count) {
                throw new IllegalStateException("only " + made + " of " + count + " confirmed orders could be made");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no confirmed orders could be made", e);
        }
    }

    private void confirmFirst(String kind) {
        byte[] order = OrderMix.confirmation("first-" + kind, "S1", kind);
        Server server = subject.servers().get(0);
        if (!Wait.until(() -> ControlRequests.post(server.at("/api/orders"), cluster.credentials().shop(), order) / 100 == 2,
                Duration.ofSeconds(20))) {
            throw new IllegalStateException(server.name() + " doesn't confirm an order; see " + server.process().log());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
