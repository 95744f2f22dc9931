package routes.figures;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connection of one page that shows the live figures. No thread waits for it: figures for which its buffers have no room
 * are skipped, and the next that it gets are the newest.
 */
final class LiveSubscriber implements WriteListener {

    /** A connection that takes nothing for so long is closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A connection lasts no longer: the page then asks again with its credential, which may have expired meanwhile. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final AsyncContext exchange;
    private final String who;
    private final Consumer<LiveSubscriber> gone;
    private final ReentrantLock writing = new ReentrantLock();
    private final long begun = System.nanoTime();
    private long lastTook = begun;
    private boolean open = true;
    private boolean mayWrite;
    private ServletOutputStream out;

    /** @param who the name of the credential */
    LiveSubscriber(AsyncContext exchange, String who, Consumer<LiveSubscriber> gone) {
        this.exchange = exchange;
        this.who = who;
        this.gone = gone;
    }

    boolean isOf(String name) {
        return who.equals(name);
    }

    void begin() throws IOException {
        out = exchange.getResponse().getOutputStream();
        out.setWriteListener(this);
    }

    /** Sends the event if there is room for it now. */
    void tell(byte[] event) {
        // Another thread is writing to it, and sends figures as new as these.
        if (!writing.tryLock()) {
            return;
        }
        try {
            long now = System.nanoTime();
            if (!open || !mayWrite) {
                return;
            }
            if (now - begun > LONGEST.toNanos() || now - lastTook > PATIENCE.toNanos()) {
                close();
            } else if (out.isReady()) {
                out.write(event);
                lastTook = now;
                if (out.isReady()) {
                    out.flush();
                }
            }
        } catch (IOException | IllegalStateException e) {
            close();
        } finally {
            writing.unlock();
        }
    }

    /** Ends the connection; the server does not wait for it. */
    void end() {
        writing.lock();
        try {
            close();
        } finally {
            writing.unlock();
        }
    }

    /**
     * There is room, for the first time or again: the next event will be sent. What was written before has to go out. Before
     * the first time the server still works on the request, and a write would break the connection.
     */
    @Override
    public void onWritePossible() throws IOException {
        writing.lock();
        try {
            mayWrite = true;
            if (open && out.isReady()) {
                out.flush();
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    private void close() {
        gone.accept(this);
        if (open) {
            open = false;
            try {
                exchange.complete();
            } catch (IllegalStateException e) {
                // The server has ended it already.
                open = false;
            }
        }
    }
}
