package routes;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code call:http://host/path?timeout=800ms&retries=1}: asks a neighbour over HTTP, with a time-out for each attempt,
 * bounded retries with jitter and a circuit breaker for each address. The answer, or that there was none and why, is
 * the body afterwards (an {@link Answer}); a call never fails its exchange.
 */
final class CallComponent extends DefaultComponent {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).followRedirects(HttpClient.Redirect.NEVER).build();
    private final Breakers breakers;
    private ScheduledExecutorService timer;

    CallComponent(Breakers breakers) {
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

    HttpClient http() {
        return http;
    }

    Breakers breakers() {
        return breakers;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        timer = getCamelContext().getExecutorServiceManager().newScheduledThreadPool(this, "CallRetries", 1);
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getExecutorServiceManager().shutdown(timer);
        super.doShutdown();
    }
}
