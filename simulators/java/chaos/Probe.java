package chaos;

import contract.Kind;
import contract.OrderRequest;
import embedded.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import simulators.journal.What;
import simulators.wire.Topic;

/**
 * Causes rare cases that the shop's customers don't: pays orders before they are confirmed, writes an unreadable message
 * to a topic, cancels deliveries as soon as the hub knows that they are paid, pays a wrong sum first and the right one
 * just in time, and forges callbacks. Its orders are checked as all others, by a journal of their own.
 */
final class Probe implements AutoCloseable {

    private static final int ORDERS = 5;
    private static final Duration HEAD_START = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int CANCELLING = 4;
    private static final int CANCELS_OF_EACH = 10;
    private static final int MISPAYING = 8;
    /** So late that the next pull mostly comes when the order is about to expire. */
    private static final Duration PAYS_RIGHTLY_AFTER = HubArguments.UNPAID.minusMillis(1_200);
    private static final Duration MISPAYS_AFTER = Duration.ofMillis(1_200);
    private static final Duration FORGES_EVERY = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final OrderApi api;
    private final CustomerClient customer;
    private final ExecutorService threads = Executors.newFixedThreadPool(2 + CANCELLING + MISPAYING);
    private volatile boolean open = true;

    Probe(Cluster cluster, OrderApi api) {
        this.cluster = cluster;
        this.api = api;
        this.customer = new CustomerClient(cluster);
    }

    void start() {
        Duration faults = cluster.plan().faults();
        repeat(faults.dividedBy(2 * ORDERS), this::payThenConfirm);
        repeat(FORGES_EVERY, this::forge);
        for (int i = 0; i < CANCELLING; i++) {
            String name = "c" + i;
            repeat(faults.dividedBy(CANCELS_OF_EACH), () -> cancelWhenPaid(name));
        }
        for (int i = 0; i < MISPAYING; i++) {
            String name = "w" + i;
            // Staggered, so that a failure at the decisive second of one of them doesn't affect all.
            Duration first = MISPAYS_AFTER.multipliedBy(i);
            threads.execute(() -> untilClosed(first, Duration.ZERO, () -> payWronglyThenRightly(name)));
        }
    }

    /** Begins nothing new, and waits up to a minute for requests in flight. */
    @Override
    public void close() {
        open = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(60, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
        customer.close();
    }

    private void repeat(Duration pause, Runnable what) {
        threads.execute(() -> untilClosed(Duration.ZERO, pause, what));
    }

    private void untilClosed(Duration first, Duration pause, Runnable what) {
        try {
            Wait.until(() -> !open, first);
            while (open) {
                what.run();
                Wait.until(() -> !open, pause);
            }
        } catch (Wait.Interrupted e) {
            // The run ends.
        }
    }

    private void payThenConfirm() {
        OrderRequest order = customer.order("early", Kind.PICKUP);
        customer.pay(order);
        Wait.lasting(HEAD_START);
        customer.confirm(order);
        cluster.kafka().send(Topic.MADE, "probe-unreadable", "no CloudEvent".getBytes(StandardCharsets.UTF_8));
    }

    private void cancelWhenPaid(String name) {
        OrderRequest order = customer.order(name, Kind.DELIVERY);
        if (customer.confirm(order) >= 300) {
            return;
        }
        customer.pay(order);
        while (open && !isPaid(order.orderId())) {
            Wait.lasting(LOOK);
        }
        if (open) {
            customer.cancel(order);
        }
    }

    private boolean isPaid(String orderId) {
        OrderSnapshot seen = api.order(orderId).seen();
        return seen != null && !"CONFIRMED".equals(seen.make());
    }

    private void payWronglyThenRightly(String name) {
        OrderRequest order = customer.order(name, Kind.PICKUP);
        long end = System.nanoTime() + PAYS_RIGHTLY_AFTER.toNanos();
        if (customer.confirm(order) >= 300) {
            return;
        }
        customer.pay(order, order.amount() - 1, null);
        Wait.until(() -> !open, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        customer.pay(order, order.amount(), order.orderId() + "-rightly");
    }

    /** The order is never paid: a ticket for it would be the effect of a forgery. */
    private void forge() {
        OrderRequest order = customer.order("forged", Kind.PICKUP);
        if (customer.confirm(order) >= 300) {
            return;
        }
        Instant now = Instant.now();
        byte[] body = Forgery.body(order, now);
        for (Forgery forgery : Forgery.values()) {
            int status = customer.post(cluster.hubUrl().resolve("/api/payments/callback"), body,
                    forgery.headers(body, cluster.credentials().callbackKey(), now));
            customer.note(What.FORGERY_ANSWERED, order.orderId(), Map.of("forgery", forgery.text(), "answer", "" + status));
        }
    }
}
