package routes.endpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger.Guarantee;
import ledger.order.Change;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code from: guaranteed:settled}: a guaranteed arrow in one route. A change of an order is owed in the same transaction;
 * the route runs for it at once (the push) and, ticked by camel-quartz, again for what is still owed (the pull), until
 * {@code to: ledger:acknowledged} is told by the other end. It has the options {@code kind} and {@code after} of {@code
 * ledger:} and those of {@code pull:} but for {@code by}, {@code store} and {@code exceptStore}, as it is owed for the
 * orders of all stores, and its push brings those of several stores together.
 */
public final class GuaranteedComponent extends DefaultComponent {

    private static final Logger LOG = LoggerFactory.getLogger(GuaranteedComponent.class);

    private static final Set<String> OF_THE_PUSH = Set.of("kind", "after");
    private static final Set<String> OF_NEITHER = Set.of("by", "store", "exceptStore");

    private final LedgerComponent hub;

    public GuaranteedComponent(LedgerComponent hub) {
        this.hub = hub;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        List<Change> changes = LedgerComponent.changes(remaining);
        if (changes.size() != 1) {
            throw new IllegalArgumentException("a guaranteed arrow begins with one change, as in guaranteed:settled");
        }
        if (parameters.keySet().stream().anyMatch(OF_NEITHER::contains)) {
            throw new IllegalArgumentException("a guaranteed arrow is owed for the orders of all stores, and brings "
                    + "those of several together; leave by, store and exceptStore out");
        }
        Map<String, Object> ofThePush = new HashMap<>(parameters);
        ofThePush.keySet().retainAll(OF_THE_PUSH);
        if (parameters.containsKey("batch")) {
            ofThePush.put("batch", parameters.get("batch"));
        }
        AnnouncementOptions push = new AnnouncementOptions();
        setProperties(getCamelContext(), push, ofThePush);
        parameters.keySet().removeAll(OF_THE_PUSH);
        GuaranteedEndpoint endpoint = new GuaranteedEndpoint(uri, this, hub, changes, push, new PullEndpoint(uri, this, hub,
                remaining + "-" + Integer.toHexString(uri.hashCode()), (arrow, pull) -> {
            Guarantee guarantee = hub.queues().guarantee(arrow, changes.get(0), push.getKind(), pull.getAge());
            if (guarantee.added()) {
                LOG.info("arrow={} is owed for every order that is {} from now on ({}); those before are not owed",
                        arrow, remaining, guarantee.since());
            } else {
                LOG.info("arrow={} is owed for every order that is {} since {}", arrow, remaining, guarantee.since());
            }
            return hub.queues().over(arrow);
        }));
        endpoint.pull().setCamelContext(getCamelContext());
        setProperties(endpoint.pull(), parameters);
        return endpoint;
    }
}
