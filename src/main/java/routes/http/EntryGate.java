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
 * Lets nobody find an entry gone that is only being exchanged: requests for it wait for the moment that this takes, and it
 * is exchanged when those before them have been answered. All others pass.
 */
public final class EntryGate {

    /** In place of a number: it was closed for longer than a caller is kept waiting. */
    public static final long CLOSED = 0;

    private static final long PATIENCE_SECONDS = 5;

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, String> inside = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile String closed;
    private volatile boolean open;
    private volatile Map<String, BooleanSupplier> entries = Map.of();

    /** What is done while an entry is closed. */
    public interface Exchange<E extends Exception> {
        void run() throws E;
    }

    /** All routes run. */
    public void open() {
        open = true;
    }

    /** Whether the hub has started its routes, and so has anybody to let in for. */
    public boolean isOpen() {
        return open;
    }

    /** @param entries that there are from now on, as {@code post:orders/{orderId}/cancel}, and whether its route runs */
    public void are(Map<String, BooleanSupplier> entries) {
        this.entries = Map.copyOf(entries);
    }

    /**
     * Whether a route is to answer this that doesn't run. Then the trouble is the hub's, and not the caller's.
     *
     * @param path as it stands after {@code /api/}
     */
    public boolean isMissing(String method, String path) {
        String request = request(method, path);
        return entries.entrySet().stream()
                .anyMatch(entry -> overlap(entry.getKey(), request) && !entry.getValue().getAsBoolean());
    }

    /** @param entry as a route has it, {@code post:orders/{orderId}/cancel}; null for a route that is none */
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
     * To be ended by {@link #leave} with what this returns, unless that is {@link #CLOSED}.
     *
     * @param path as it stands after {@code /api/}
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

    /** Whether some request would fit both; to Camel's servlet {@code Audit} is {@code audit}. */
    public static boolean overlap(String one, String other) {
        String[] some = one.replaceFirst(":", "/").toLowerCase(Locale.ROOT).split("/");
        String[] others = other.replaceFirst(":", "/").toLowerCase(Locale.ROOT).split("/");
        return some.length == others.length && IntStream.range(0, some.length).allMatch(i ->
                some[i].equals(others[i]) || some[i].startsWith("{") || others[i].startsWith("{"));
    }
}
