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
 * Does what no customer does, so that a run meets it: pays orders before they are confirmed, puts a message on a topic that
 * nobody can read, cancels deliveries right when the hub knows that they are paid, however busy it is, as the shop's
 * customers don't wait for that; pays a wrong sum first and the right one only just in time; and forges callbacks. Its
 * orders count as everyone's, by a journal of its own.
 */
final class Probe implements AutoCloseable {

    private static final int ORDERS = 5;
    private static final Duration HEAD_START = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int CANCELLING = 4;
    private static final int CANCELS_OF_EACH = 10;
    private static final int MISPAYING = 8;
    /** So late that the next pull mostly comes when the order may expire. */
    private static final Duration PAYS_RIGHTLY_AFTER = HubSettings.UNPAID.minusMillis(1_200);
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
            // One after the other: what strikes in the second that matters to one is not to spoil all of them.
            Duration first = MISPAYS_AFTER.multipliedBy(i);
            threads.execute(() -> untilClosed(first, Duration.ZERO, () -> payWronglyThenRightly(name)));
        }
    }

    /** Waits for what it has begun. */
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

    /** Nobody pays this order: whatever is made of it, a forgery has brought about. */
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
