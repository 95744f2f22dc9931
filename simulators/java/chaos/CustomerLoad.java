package chaos;

import java.time.Duration;
import simulators.shop.Shop;
import simulators.shop.ShopSettings;
import simulators.wire.Place;

/** The customers: the only part of the play in this JVM, as whoever judges it has to outlive it. */
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

    /** No new orders from here on. @return whether every request had an answer in time */
    boolean stop(Duration atMost) {
        return shop.stop(atMost);
    }

    /** Customers who wait for an answer. */
    long waiting() {
        return shop.inFlight();
    }

    long confirmed() {
        return shop.confirmed();
    }

    /** Nobody asks again from here on. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            shop.close();
        }
    }
}
