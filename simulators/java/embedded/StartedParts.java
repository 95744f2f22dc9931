package embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Parts that start concurrently, each after the parts that it depends on, and that are closed one by one in reverse
 * order, whether or not their start was complete. A part that fails to close, or takes more than 40 seconds, doesn't keep
 * the others from being closed.
 *
 * <pre>
 * CompletableFuture&lt;Broker&gt; broker = parts.open("Kafka", () -&gt; Broker.start(settings));
 * parts.open("hub", () -&gt; startHub(broker.join()), broker);
 * </pre>
 */
public final class StartedParts implements AutoCloseable {

    private static final int LONGEST_SECONDS = 40;

    private final Deque<Part> parts = new ArrayDeque<>();
    private volatile boolean closing;

    private record Part(String name, CompletableFuture<? extends AutoCloseable> started) {
    }

    /**
     * Starts a part on a thread of its own as soon as the others have started.
     *
     * @param name  of the part and its thread
     * @param after the parts that it depends on; when one of them fails, this one fails with the same cause
     * @return the part, once it has started
     */
    public synchronized <T extends AutoCloseable> CompletableFuture<T> open(
            String name, Callable<T> start, CompletableFuture<?>... after) {
        CompletableFuture<T> started = CompletableFuture.allOf(after).thenApplyAsync(ready -> {
            if (closing) {
                throw new CancellationException(name + " is not needed any more");
            }
            try {
                return start.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }, work -> new Thread(work, name).start());
        parts.push(new Part(name, started));
        return started;
    }

    @Override
    public void close() {
        closing = true;
        for (Part part : lastFirst()) {
            try {
                part.started.thenAcceptAsync(StartedParts::close, work -> new Thread(work, "closes-" + part.name).start())
                        .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!part.started.isCompletedExceptionally()) {
                    System.err.println(part.name + " did not close cleanly: " + e.getCause());
                }
            } catch (TimeoutException e) {
                System.err.println(part.name + " did not close within " + LONGEST_SECONDS + " s and is given up");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized List<Part> lastFirst() {
        return List.copyOf(parts);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
