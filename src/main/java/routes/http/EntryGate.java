package routes.http;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Holds requests back while the route of their entry is being replaced, so that no caller gets a 404 in between. The
 * replacement waits until the requests that are already inside have been answered. Requests for other entries pass.
 *
 * {@snippet :
 * long number = gate.enter("POST", "orders");       // waits while this entry is closed
 * try { chain.doFilter(request, response); } finally { gate.leave(number); }
 *
 * gate.closed("post:orders", () -> replaceRoute()); // waits for the requests inside
 * }
 */
public final class EntryGate {

    /** Returned by {@link #enter} when the entry stayed closed for longer than a caller is kept waiting. */
    public static final long CLOSED = 0;

    private static final long PATIENCE_SECONDS = 5;

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, String> inside = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile String closed;
    private volatile boolean open;
    private volatile Map<String, BooleanSupplier> entries = Map.of();

    /** The work that is done while an entry is closed. */
    public interface Exchange<E extends Exception> {
        void run() throws E;
    }

    /** Called once all routes run. */
    public void open() {
        open = true;
    }

    /** Whether the hub has started its routes. */
    public boolean isOpen() {
        return open;
    }

    /** @param entries all entries from now on, as {@code post:orders/{orderId}/cancel}, each with whether its route runs */
    public void are(Map<String, BooleanSupplier> entries) {
        this.entries = Map.copyOf(entries);
    }

    /**
     * Whether the request is for an entry whose route does not run, so that the answer is 503 and not 404.
     *
     * @param path as it stands after {@code /api/}
     */
    public boolean isMissing(String method, String path) {
        String request = request(method, path);
        return entries.entrySet().stream()
                .anyMatch(entry -> overlap(entry.getKey(), request) && !entry.getValue().getAsBoolean());
    }

    /**
     * Does the exchange while the entry is closed, after the requests inside have been answered, or after 5 s.
     *
     * @param entry as {@code post:orders/{orderId}/cancel}; null for a route that is no entry
     */
    public <E extends Exception> void closed(String entry, Exchange<E> exchange) throws E, InterruptedException {
        if (entry == null) {
            exchange.run();
            return;
        }
        lock.lock();
        try {
            closed = entry;
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (left > 0 && inside.values().stream().anyMatch(request -> overlap(entry, request))) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        try {
            exchange.run();
        } finally {
            lock.lock();
            closed = null;
            changed.signalAll();
            lock.unlock();
        }
    }

    /**
     * Waits up to 5 s while the entry is closed.
     *
     * @param path the path after {@code /api/}
     * @return a number to be given to {@link #leave}, or {@link #CLOSED}
     */
    public long enter(String method, String path) throws InterruptedException {
        String request = request(method, path);
        long number = numbers.incrementAndGet();
        inside.put(number, request);
        while (isClosedFor(request)) {
            leave(number);
            lock.lock();
            try {
                long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                while (left > 0 && isClosedFor(request)) {
                    left = changed.awaitNanos(left);
                }
                if (isClosedFor(request)) {
                    return CLOSED;
                }
            } finally {
                lock.unlock();
            }
            inside.put(number, request);
        }
        return number;
    }

    public void leave(long number) {
        inside.remove(number);
        if (closed != null) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static String request(String method, String path) {
        return method.toLowerCase(Locale.ROOT) + ":" + path;
    }

    private boolean isClosedFor(String request) {
        String entry = closed;
        return entry != null && overlap(entry, request);
    }

    /** Whether one request could match both entries. Case is ignored, as by Camel's servlet. */
    public static boolean overlap(String one, String other) {
        String[] some = one.replaceFirst(":", "/").toLowerCase(Locale.ROOT).split("/");
        String[] others = other.replaceFirst(":", "/").toLowerCase(Locale.ROOT).split("/");
        return some.length == others.length && IntStream.range(0, some.length).allMatch(i ->
                some[i].equals(others[i]) || some[i].startsWith("{") || others[i].startsWith("{"));
    }
}
