package routes.endpoint;

import contract.Kind;
import java.time.Duration;
import java.util.Set;
import ledger.order.Order;
import ledger.order.Stores;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import routes.message.EventMapping;
import routes.message.KafkaRecord;

/** A name after {@code ledger:}; the setters are the options that a route may give. */
public final class LedgerEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    /** Set on the exchange by whoever read the message: a supplier of the {@link ledger.Origin}, as it is parked. */
    public static final String ORIGIN = "hub.origin";

    private static final String ACKNOWLEDGED = "acknowledged";
    private static final Duration LONGEST_AFTER = Duration.ofSeconds(5);
    private static final Duration LONGEST_LINGER = Duration.ofMillis(100);

    private final LedgerComponent component;
    private final String name;
    private Kind kind;
    private Duration after = Duration.ZERO;
    /** 0 when it isn't given. */
    private int batch;
    private Duration linger = Duration.ofMillis(5);
    private String tag;
    private Set<String> sources = Set.of();
    private Stores stores = Stores.ALL;

    LedgerEndpoint(String uri, LedgerComponent component, String name) {
        super(uri, component);
        this.component = component;
        this.name = name;
    }

    /** In a {@code from}: only orders of this kind. */
    public void setKind(Kind kind) {
        this.kind = kind;
    }

    public Kind getKind() {
        return kind;
    }

    /**
     * In a {@code from}: how long after the change, as in {@code 500ms}; 5s at most, as a route that is edited first waits
     * for what it has taken up.
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

    /**
     * How many orders at a time at most, 1 to 1000, usually 200; in a {@code to}: how many events in one transaction, usually
     * 500.
     */
    public void setBatch(int batch) {
        if (batch < 1 || batch > 1000) {
            throw new IllegalArgumentException("batch must be 1 to 1000");
        }
        this.batch = batch;
    }

    public int getBatch() {
        return batch;
    }

    int orders() {
        return batch == 0 ? 200 : batch;
    }

    int events() {
        return batch == 0 ? 500 : batch;
    }

    /**
     * In a {@code to}: how long a request or an answer waits for others to be committed with: {@code 5ms}; 100ms at most, as
     * somebody waits. A batch from Kafka, for which nobody does, waits ten times as long. After a transaction of a hundred
     * events, as at a peak, the next one begins no sooner than that one took, 20ms at most, unless it is full.
     */
    public void setLinger(Duration linger) {
        if (linger.compareTo(LONGEST_LINGER) > 0) {
            throw new IllegalArgumentException("linger must be " + LONGEST_LINGER.toMillis() + "ms or less, as in 5ms");
        }
        this.linger = linger;
    }

    public Duration getLinger() {
        return linger;
    }

    /** In a {@code from}: only orders of these stores, with commas between them. */
    public void setStore(String stores) {
        this.stores = this.stores.only(stores);
    }

    public String getStore() {
        return String.join(",", stores.only());
    }

    /** In a {@code from}: no orders of these stores, with commas between them. */
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

    /** In a {@code to} after Kafka: the value that the header {@code tag} must have. */
    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getTag() {
        return tag;
    }

    /**
     * In a {@code to} after Kafka: the only values that the header {@code ce_source} may have, with commas between them; any
     * when it isn't given.
     */
    public void setSource(String sources) {
        this.sources = Set.of(sources.split(","));
    }

    public String getSource() {
        return String.join(",", sources);
    }

    /** In a {@code to} after Kafka: what its records must say of themselves. */
    public KafkaRecord.Expected expected() {
        return new KafkaRecord.Expected(tag, sources);
    }

    /** In a {@code to}: whether it tells of a {@link EventMapping}. */
    public boolean tells() {
        return !name.equals(ACKNOWLEDGED);
    }

    public EventMapping<?> fact() {
        return EventMapping.named(name);
    }

    @Override
    public Producer createProducer() {
        return tells() ? new LedgerProducer(this, fact(), component) : new AcknowledgedProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        LedgerConsumer consumer = new LedgerConsumer(this, processor, component, LedgerComponent.changes(name));
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /** Several arrows may begin with the same change. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
