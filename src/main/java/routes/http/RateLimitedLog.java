package routes.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs lines that callers cause, so that no caller can fill the log: one line of each kind in ten seconds, with the number
 * of those left out since the line before. The others are logged at DEBUG.
 */
public final class RateLimitedLog {

    private static final Duration WHILE = Duration.ofSeconds(10);

    private static final class Kind {
        private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLong unsaid = new AtomicLong();
    }

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    public RateLimitedLog(Logger log) {
        // Starts at 0, so that times can be compared with the initial value of silentUntil.
        this(log, sinceNow());
    }

    /** @param nanos a clock that begins at 0 */
    RateLimitedLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    private static LongSupplier sinceNow() {
        long begun = System.nanoTime();
        return () -> System.nanoTime() - begun;
    }

    /**
     * @param kind one of a few constants, never a caller's text: each is kept in memory
     * @param line evaluated only when it is written
     */
    public void warn(String kind, Supplier<String> line) {
        Kind which = kinds.computeIfAbsent(kind, name -> new Kind());
        long now = nanos.getAsLong();
        long silentUntil = which.silentUntil.get();
        if (now < silentUntil || !which.silentUntil.compareAndSet(silentUntil, now + WHILE.toNanos())) {
            which.unsaid.incrementAndGet();
            if (log.isDebugEnabled()) {
                log.debug("{}", line.get());
            }
            return;
        }
        long unsaid = which.unsaid.getAndSet(0);
        if (unsaid == 0) {
            log.warn("{}", line.get());
        } else {
            log.warn("{} (and {} more of this kind since the last such line)", line.get(), unsaid);
        }
    }
}
