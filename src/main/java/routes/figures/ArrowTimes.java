package routes.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.stereotype.Component;

/**
 * How long each arrow takes, from its route's first step to the last: a callback until it is durable, a batch from Kafka
 * until the ledger has it, a call until it is answered. The metrics endpoint has the same as
 * {@code hub_arrow_duration_seconds}.
 */
@Component
class ArrowTimes implements RoutePolicyFactory {

    /** Times older than this are forgotten, so that the figure tells of the present. */
    private static final Duration MEMORY = Duration.ofSeconds(30);
    private static final double P99 = 0.99;

    private final MeterRegistry metrics;
    private final Map<String, Timer> arrows = new ConcurrentHashMap<>();

    ArrowTimes(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return new Clocking();
    }

    /** Milliseconds, over about the last half minute; null when nothing came in it. */
    Double p99Millis(String arrow) {
        Timer timer = arrows.get(arrow);
        if (timer == null) {
            return null;
        }
        for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
            if (value.percentile() == P99 && value.value() > 0) {
                return value.value(TimeUnit.MILLISECONDS);
            }
        }
        return null;
    }

    private Timer timer(String arrow) {
        return arrows.computeIfAbsent(arrow, id -> Timer.builder("hub.arrow.duration").tag("arrow", id)
                .description("From the route's first step to its last").publishPercentiles(P99)
                .distributionStatisticExpiry(MEMORY).register(metrics));
    }

    private final class Clocking extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (ArrowList.isArrow(route)) {
                exchange.setProperty(property(route), System.nanoTime());
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (ArrowList.isArrow(route) && exchange.removeProperty(property(route)) instanceof Long begun) {
                timer(route.getRouteId()).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            }
        }

        /** Start times by route, as an exchange may go through several. */
        private static String property(Route route) {
            return "hub.begun." + route.getRouteId();
        }
    }
}
