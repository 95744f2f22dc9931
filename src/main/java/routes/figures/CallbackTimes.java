package routes.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How long the payment system waits for the answer to a callback, whatever the answer: at the metrics endpoint as
 * {@code hub_callback_seconds}, and for {@link Trends} as a percentile of the time since it last asked.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CallbackTimes extends OncePerRequestFilter {

    private static final String PATH = "/payments/callback";

    /** Bounds of the steps: from 0.1 ms on each is a tenth longer than the one before; the last has no end. */
    private static final double SHORTEST_NANOS = 100_000;
    private static final double STEP = 1.1;
    private static final int STEPS = 134;

    /** @param p99 the 99th percentile, too long by a tenth at most; null when there was no callback */
    record Taken(long callbacks, Duration p99) {
    }

    private final AtomicLongArray counts = new AtomicLongArray(STEPS);
    private final Timer timer;

    CallbackTimes(MeterRegistry metrics) {
        timer = Timer.builder("hub.callback").description("How long callbacks took to be answered")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
                        Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
                        Duration.ofSeconds(1), Duration.ofMillis(2_500), Duration.ofSeconds(5), Duration.ofSeconds(10))
                .register(metrics);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !PATH.equals(request.getPathInfo()) || !request.getServletPath().equals("/api");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begun = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            took(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    void took(Duration time) {
        timer.record(time);
        double steps = Math.log(time.toNanos() / SHORTEST_NANOS) / Math.log(STEP);
        counts.incrementAndGet((int) Math.max(0, Math.min(STEPS - 1, Math.ceil(steps))));
    }

    /** The callbacks since the last call of this. */
    Taken take() {
        long[] taken = new long[STEPS];
        long all = 0;
        for (int i = 0; i < STEPS; i++) {
            taken[i] = counts.getAndSet(i, 0);
            all += taken[i];
        }
        if (all == 0) {
            return new Taken(0, null);
        }
        long below = 0;
        int step = 0;
        while ((below += taken[step]) * 100 < all * 99) {
            step++;
        }
        return new Taken(all, Duration.ofNanos(Math.round(SHORTEST_NANOS * Math.pow(STEP, step))));
    }
}
