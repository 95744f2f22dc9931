package routes.call;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** One {@link Circuit} for each address that is called, kept over reloads of the routes that call it. */
@Component
public class Breakers {

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
            .slidingWindowSize(20).minimumNumberOfCalls(10).failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(2)).permittedNumberOfCallsInHalfOpenState(3)
            .automaticTransitionFromOpenToHalfOpenEnabled(true)
            .recordException(Circuit::speaksAgainstTheAddress).ignoreException(Circuit::saysNothingOfTheAddress)
            .build());

    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    Breakers(MeterRegistry metrics) {
        this.metrics = metrics;
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(metrics);
    }

    Circuit of(URI address) {
        return circuits.computeIfAbsent(address.getHost() + ":" + address.getPort() + address.getPath(), this::circuit);
    }

    /** One figure for all stores of an address, as there may be thirty thousand. */
    private Circuit circuit(String name) {
        Circuit circuit = new Circuit(registry.circuitBreaker(name));
        Gauge.builder("hub.call.stores.left.alone", circuit, Circuit::storesLeftAlone).tag("name", name)
                .description("stores that are not asked at this address, as they have just failed").register(metrics);
        return circuit;
    }
}
