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
 * Parts that start side by side, each after what it builds on, and that are closed one by one in reverse order, however
 * far they have come. A part that fails to close, or takes too long, doesn't keep the others from being closed.
 */
public final class StartedParts implements AutoCloseable {

    private static final int LONGEST_SECONDS = 40;

    private final Deque<Part> parts = new ArrayDeque<>();
    private volatile boolean closing;

    private record Part(String name, CompletableFuture<? extends AutoCloseable> started) {
    }

    /** Starts a part on a thread of its own as soon as the others have started. Fails as they fail. */
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
