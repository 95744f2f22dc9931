package routes.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Lines about what callers cause: of each kind one in ten seconds, with how many there were since the line before, so that
 * no caller can fill the log. The others are logged at DEBUG, and counted by metrics.
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
        // From 0 on, for it to be compared.
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
     * @param kind of a few that the code has, never a caller's word
     * @param line only asked for when it is written
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
