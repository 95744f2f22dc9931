package routes.call;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * {@code call:http://host/path?timeout=800ms&retries=1}: asks a neighbour over HTTP, with a time-out for each attempt,
 * bounded retries with jitter and a {@link Circuit} for each address. The answer, or that there was none and why, is
 * the body afterwards (an {@link Answer}); a call never fails its exchange.
 */
public final class CallComponent extends DefaultComponent {

    private final Breakers breakers;
    private final Executor threads = newThreads();
    private final AnswerMemoryLimit room = AnswerMemoryLimit.ofTheHeap();
    private CallClient client;

    public CallComponent(Breakers breakers) {
        this.breakers = breakers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        // Camel folds the slashes of "call:http://…" on some of its ways here.
        URI address = URI.create(remaining.replaceFirst("^(https?):/+", "$1://"));
        if (address.getHost() == null) {
            throw new IllegalArgumentException("call: needs an address such as http://barista:8091/estimates, not '"
                    + remaining + "'");
        }
        CallEndpoint endpoint = new CallEndpoint(uri, this, address);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    CallClient client() {
        return client;
    }

    Breakers breakers() {
        return breakers;
    }

    AnswerMemoryLimit room() {
        return room;
    }

    /** One for each call, from the question to the end of what follows the answer. */
    Executor threads() {
        return threads;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        client = new CallClient();
    }

    @Override
    protected void doShutdown() throws Exception {
        client.close();
        super.doShutdown();
    }

    private static Executor newThreads() {
        SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("call-");
        threads.setVirtualThreads(JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE));
        return threads;
    }
}
