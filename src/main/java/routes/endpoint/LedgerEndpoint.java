package routes.endpoint;

import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import routes.message.EventMapping;
import routes.message.KafkaRecord;

/**
 * A name after {@code ledger:}. In a {@code from} it is what the ledger announces, with {@link AnnouncementOptions}; in a
 * {@code to} it is what the ledger is told, with {@link EventOptions}.
 */
public final class LedgerEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    /** Set on the exchange by the processor that read the message: a supplier of the {@link ledger.Origin} to be parked. */
    public static final String ORIGIN = "hub.origin";

    private static final String ACKNOWLEDGED = "acknowledged";

    private final LedgerComponent component;
    private final String name;
    private final AnnouncementOptions announcement;
    private final EventOptions event;

    /**
     * @param announcement null when the given options are not those of a {@code from}
     * @param event        null when the given options are not those of a {@code to}
     */
    LedgerEndpoint(String uri, LedgerComponent component, String name, AnnouncementOptions announcement,
                   EventOptions event) {
        super(uri, component);
        this.component = component;
        this.name = name;
        this.announcement = announcement;
        this.event = event;
    }

    /** In a {@code to} after Kafka: what its records must say of themselves. */
    public KafkaRecord.Expected expected() {
        return event().expected();
    }

    /** In a {@code to}: whether it tells of an {@link EventMapping}. */
    public boolean tells() {
        return !name.equals(ACKNOWLEDGED);
    }

    /** In a {@code to}: what it tells of. */
    public EventMapping<?> mapping() {
        return EventMapping.named(name);
    }

    private EventOptions event() {
        if (event == null) {
            throw new IllegalArgumentException(getEndpointUri() + " has an option that only a from: ledger: has");
        }
        return event;
    }

    @Override
    public Producer createProducer() {
        return tells() ? new LedgerProducer(this, event(), mapping(), component) : new AcknowledgedProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (announcement == null) {
            throw new IllegalArgumentException(getEndpointUri() + " has an option that only a to: ledger: has");
        }
        LedgerConsumer consumer = new LedgerConsumer(this, processor, component, announcement, LedgerComponent.changes(name));
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
