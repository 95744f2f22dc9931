package routes.endpoint;

import java.util.Arrays;
import java.util.Map;
import ledger.order.Debt;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code from: pull:ticket}: starts an arrow, ticked by camel-quartz, for the orders of which a side has owed a
 * {@link Debt} for too long. The body is a list of them. What the route tells the ledger is applied as if the event had
 * come; what is still owed then is due again after a pause.
 */
public final class PullComponent extends DefaultComponent {

    private final LedgerComponent hub;

    public PullComponent(LedgerComponent hub) {
        this.hub = hub;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Debt debt = Arrays.stream(Debt.values()).filter(each -> each.id().equals(remaining)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody owes a '" + remaining + "', only "
                        + Arrays.stream(Debt.values()).map(Debt::id).toList()));
        PullEndpoint endpoint = new PullEndpoint(uri, this, hub, remaining, (arrow, pull) -> {
            hub.ledger().allow(arrow, debt, pull.stores(), pull.getAge());
            return hub.queues().of(debt, pull.stores(), pull.getAge());
        });
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
