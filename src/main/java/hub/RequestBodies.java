package hub;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import routes.http.Problem;

/**
 * Reads the bodies of requests, each bounded in bytes and in time. A body that has already arrived costs only its own bytes.
 * A body that must be waited for takes one of a limited number of places, and its bytes count against a common limit, so
 * that slow callers cannot use up the hub's threads or heap.
 *
 * <p>It polls for more bytes rather than wait in a blocking read, whose time-out begins anew with each byte and leaves a
 * connection on which no answer can be sent.
 */
@Component
class RequestBodies {

    /** An attribute of the request: its {@link org.apache.coyote.Request}, set by {@link ConnectionRules}. */
    static final String CONNECTION = "hub.connection";
    /** An attribute of the request: the rest of its body is not read. */
    static final String GIVEN_UP = "hub.body.given-up";

    private static final byte[] NONE = {};
    /** The size of Tomcat's buffer in bytes: a body up to this size is read with one copy. */
    private static final int FIRST = 8 * 1024;
    /**
     * Bytes of an oversized body that are read and dropped, so that its caller can read the answer before the connection
     * closes.
     */
    private static final long LARGEST_SWALLOWED = 2 * 1024 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = 50_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private final long nanos;
    private final int places;
    private final long mostBytes;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** Waiting bodies take at most half of the platform threads, and their bytes a 32nd of the heap. */
    RequestBodies(@Value("${hub.entry.body-time}") Duration time, @Value("${hub.entry.slow-bodies}") int places,
                  @Value("${server.tomcat.threads.max:200}") int threads, Environment environment) {
        nanos = time.toNanos();
        this.places = Threading.VIRTUAL.isActive(environment) ? places : Math.min(places, threads / 2);
        mostBytes = Runtime.getRuntime().maxMemory() / 32;
    }

    /**
     * The body's bytes as they came; empty when there is no body.
     *
     * @param most the longest body that is accepted, in bytes
     * @throws Problem 413 when it is too long, 408 when it takes too long, 400 when it ends early, and 503 when too many
     *                 bodies are being waited for
     */
    byte[] read(HttpServletRequest request, int most) {
        long announced = request.getContentLengthLong();
        if (announced > most) {
            throw Problem.tooLarge(most);
        }
        if (announced == 0 || announced < 0 && request.getHeader("Transfer-Encoding") == null) {
            return NONE;
        }
        try (Wait wait = new Wait(request)) {
            return read(request.getInputStream(), wait, announced, most);
        } catch (IOException e) {
            throw Problem.malformed("the body could not be read to its end");
        }
    }

    /** @param announced the Content-Length; below 0 when there is none */
    private static byte[] read(InputStream in, Wait wait, long announced, int most) throws IOException {
        int longest = announced < 0 ? most + 1 : (int) announced;
        byte[] body = new byte[Math.min(longest, FIRST)];
        int length = 0;
        while (length < longest) {
            if (length == body.length) {
                body = Arrays.copyOf(body, Math.min(longest, 2 * length));
                wait.holds(body.length);
            }
            wait.forMore(in, body.length);
            int read = in.read(body, length, body.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        if (length > most) {
            throw Problem.tooLarge(most);
        }
        if (length < announced) {
            throw new IOException("ended after " + length + " of " + announced + " bytes");
        }
        return length == body.length ? body : Arrays.copyOf(body, length);
    }

    /**
     * Reads what is left of a body that was not needed for the answer, after the answer.
     *
     * @return whether it came to its end
     */
    boolean swallow(org.apache.catalina.connector.Request request) {
        long swallowed = 0;
        try (Wait wait = new Wait(request)) {
            Dropped dropped = new Dropped();
            while (!wait.connection.isFinished()) {
                wait.forMore(null, 0);
                int read = wait.connection.doRead(dropped);
                if (read < 0) {
                    break;
                }
                swallowed += read;
                if (swallowed > LARGEST_SWALLOWED) {
                    return false;
                }
            }
            return true;
        } catch (IOException | Problem e) {
            return false;
        }
    }

    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer last;

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {
            // The buffer belongs to Tomcat.
        }
    }

    /** The waiting for one body, with the place and the bytes that it takes. */
    private final class Wait implements AutoCloseable {

        private final HttpServletRequest request;
        private final org.apache.coyote.Request connection;
        private long held;
        private boolean takesPlace;
        private long begun;

        Wait(HttpServletRequest request) {
            this.request = request;
            this.connection = (org.apache.coyote.Request) request.getAttribute(CONNECTION);
        }

        /**
         * Returns when there are bytes to read, or the body has ended.
         *
         * @param in       null to look at the connection alone
         * @param capacity bytes of heap that the body takes so far
         */
        void forMore(InputStream in, int capacity) throws IOException {
            if (hasMore(in)) {
                return;
            }
            takePlace(capacity);
            long pause = SHORTEST_PAUSE_NANOS;
            while (!hasMore(in)) {
                if (System.nanoTime() - begun > nanos) {
                    throw givenUp(new Problem(408, "too-slow", "The body took too long", "it must be here within "
                            + Duration.ofNanos(nanos).toSeconds() + " s of its headers; send the same request again",
                            Map.of("Connection", "close")));
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw givenUp(Problem.notReady());
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }

        private boolean hasMore(InputStream in) throws IOException {
            if (in != null && in.available() > 0) {
                return true;
            }
            connection.action(ActionCode.AVAILABLE, true);
            return connection.getAvailable() > 0 || connection.isFinished();
        }

        private void takePlace(int capacity) {
            if (!takesPlace) {
                takesPlace = true;
                begun = System.nanoTime();
                if (waiting.incrementAndGet() > places) {
                    throw busy();
                }
                holds(capacity);
            }
        }

        void holds(int capacity) {
            if (bytes.addAndGet(capacity - held) > mostBytes) {
                held = capacity;
                throw busy();
            }
            held = capacity;
        }

        private Problem busy() {
            return givenUp(new Problem(503, "not-ready", "Too many bodies are being read",
                    "nothing was recorded; send the same request again after the seconds in Retry-After, its body at once",
                    Map.of("Retry-After", "2", "Connection", "close")));
        }

        private Problem givenUp(Problem why) {
            request.setAttribute(GIVEN_UP, true);
            return why;
        }

        @Override
        public void close() {
            if (held != 0) {
                bytes.addAndGet(-held);
            }
            if (takesPlace) {
                waiting.decrementAndGet();
            }
        }
    }
}
