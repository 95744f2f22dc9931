package chaos;

import java.time.Duration;
import simulators.shop.Shop;
import simulators.shop.ShopSettings;
import simulators.wire.Place;

/** The customers. They run in this JVM, because the run that judges the orders must not lose them. */
final class CustomerLoad implements AutoCloseable {

    private static final double DELIVERED = 0.3;
    private static final double CANCELLED = 0.15;
    private static final double UNPAID = 0.01;

    private final Shop shop;
    private boolean closed;

    CustomerLoad(Cluster cluster, MonotonicReads reader) {
        ChaosPlan plan = cluster.plan();
        shop = new Shop(ShopSettings.of(Place.of(plan.journal("shop"), plan.seed()), cluster.hubUrl(),
                cluster.credentials().shop(), cluster.neighbourUrl("payment"), plan.rate())
                .withShares(DELIVERED, CANCELLED, UNPAID));
        shop.journal().follow(reader::see);
    }

    void start() {
        shop.start();
    }

    /** Stops the stream of new orders. @return whether every request had an answer in time */
    boolean stop(Duration atMost) {
        return shop.stop(atMost);
    }

    /** Number of orders with an unanswered request. */
    long waiting() {
        return shop.inFlight();
    }

    long confirmed() {
        return shop.confirmed();
    }

    /** Ends all requests; none is retried any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            shop.close();
        }
    }
}
