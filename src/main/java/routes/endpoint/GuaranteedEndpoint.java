package routes.endpoint;

import java.util.List;
import ledger.order.Change;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** A push and the pull that makes up for it, before the same steps. */
final class GuaranteedEndpoint extends DefaultEndpoint implements DelegateEndpoint, MultipleConsumersSupport {

    private final LedgerComponent hub;
    private final List<Change> changes;
    private final AnnouncementOptions push;
    private final PullEndpoint pull;

    GuaranteedEndpoint(String uri, Component component, LedgerComponent hub, List<Change> changes,
                       AnnouncementOptions push, PullEndpoint pull) {
        super(uri, component);
        this.hub = hub;
        this.changes = changes;
        this.push = push;
        this.pull = pull;
    }

    PullEndpoint pull() {
        return pull;
    }

    @Override
    public Endpoint getEndpoint() {
        return pull.getEndpoint();
    }

    @Override
    public Producer createProducer() {
        return pull.createProducer();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        GuaranteedConsumer consumer = new GuaranteedConsumer(this, processor,
                new LedgerConsumer(this, processor, hub, push, changes), (PullConsumer) pull.createConsumer(processor));
        configureConsumer(consumer);
        return consumer;
    }

    /** Several arrows may begin with the same change. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }
}
