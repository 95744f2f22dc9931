package routes.call;

import java.net.URI;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** An address that {@link CallComponent} asks. The setters are the options that a route may give. */
public final class CallEndpoint extends DefaultEndpoint {

    /** Of the exchange: the store that the call is of; absent when it is of several, or of none. */
    public static final String STORE = "hub.call.store";

    /** Of the exchange: how many orders the call is of; one when it is absent. */
    public static final String ORDERS = "hub.call.orders";

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CallComponent component;
    private final URI address;
    private Duration timeout = Duration.ofSeconds(2);
    private int retries = 1;

    CallEndpoint(String uri, CallComponent component, URI address) {
        super(uri, component);
        this.component = component;
        this.address = address;
    }

    /** How long one attempt may take, as in {@code 800ms}; 30s at most. */
    public void setTimeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout must be above zero and " + LONGEST.toSeconds()
                    + "s or less, as in 800ms");
        }
        this.timeout = timeout;
    }

    public Duration getTimeout() {
        return timeout;
    }

    /** How often an attempt that failed is repeated, 0 to 5. */
    public void setRetries(int retries) {
        if (retries < 0 || retries > 5) {
            throw new IllegalArgumentException("retries must be 0 to 5");
        }
        this.retries = retries;
    }

    public int getRetries() {
        return retries;
    }

    /** The longest that a call may take: all its attempts, and the pauses between them at their longest. */
    public Duration longest() {
        Duration longest = timeout.multipliedBy(1L + retries);
        for (int retry = 1; retry <= retries; retry++) {
            longest = longest.plus(CallProducer.longestPause(retry));
        }
        return longest;
    }

    public URI address() {
        return address;
    }

    @Override
    public Producer createProducer() {
        return new CallProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("call: is asked, it asks nothing; use it in a to:");
    }
}
