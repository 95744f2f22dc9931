package routes.endpoint;

import contract.Kind;
import java.time.Duration;
import ledger.order.Order;
import ledger.order.Stores;
import routes.commit.BatchPolicy;

/** The options of {@code from: ledger:…}, as a route gives them: each setter is one. */
public final class AnnouncementOptions {

    private static final Duration LONGEST_AFTER = Duration.ofSeconds(5);
    private static final Duration SHORTEST_LINGER = Duration.ofMillis(10);

    private Kind kind;
    private Duration after = Duration.ZERO;
    private int batch = 200;
    private Stores stores = Stores.ALL;

    /** Only orders of this kind. */
    public void setKind(Kind kind) {
        this.kind = kind;
    }

    public Kind getKind() {
        return kind;
    }

    /**
     * How long after the change, as in {@code 500ms}; 5s at most, as a route that is edited first waits for what it has
     * taken up.
     */
    public void setAfter(Duration after) {
        if (after.compareTo(LONGEST_AFTER) > 0) {
            throw new IllegalArgumentException("after must be " + LONGEST_AFTER.toSeconds() + "s or less, as in 500ms");
        }
        this.after = after;
    }

    public Duration getAfter() {
        return after;
    }

    /** Orders at a time, at most: 1 to 1000, 200 unless given. */
    public void setBatch(int batch) {
        this.batch = Batches.checked(batch);
    }

    public int getBatch() {
        return batch;
    }

    /** Only orders of these stores, with commas between them. */
    public void setStore(String stores) {
        this.stores = this.stores.only(stores);
    }

    public String getStore() {
        return String.join(",", stores.only());
    }

    /** No orders of these stores, with commas between them. */
    public void setExceptStore(String except) {
        this.stores = stores.except(except);
    }

    public String getExceptStore() {
        return String.join(",", stores.except());
    }

    /** Whether this order is one of those that the arrow is for. */
    boolean wants(Order order) {
        return (kind == null || order.content().kind() == kind) && stores.include(order.content().storeId());
    }

    BatchPolicy policy() {
        return new BatchPolicy(batch, linger(), Duration.ZERO, after);
    }

    /**
     * How long the first of a batch waits for others: a batch costs about the same whether it is of one or of many, and an
     * arrow that starts later anyway may take a tenth more.
     */
    Duration linger() {
        if (batch == 1) {
            return Duration.ZERO;
        }
        Duration more = after.dividedBy(10);
        return more.compareTo(SHORTEST_LINGER) > 0 ? more : SHORTEST_LINGER;
    }
}
