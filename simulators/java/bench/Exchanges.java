package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTTP exchanges with one server, many at once, over connections that are kept. All of it happens on the one thread that
 * calls {@link #turn}: a client with threads and futures would cost more than what it is to measure.
 *
 * <p>When every connection is in use, requests wait in line here, which the open loop's clock doesn't wait for.
 */
final class Exchanges implements AutoCloseable {

    private final InetSocketAddress server;
    private final int mostConnections;
    private final Selector selector;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int connections;
    private int underWay;

    /** Hears of an answer. */
    interface Answered {
        /** @param status HTTP's; 0 when there was no answer */
        void answered(int status, long nanoTime);
    }

    private record Waiting(byte[] request, Answered then) {
    }

    Exchanges(InetSocketAddress server, int mostConnections) {
        this.server = server;
        this.mostConnections = mostConnections;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param request with its head, as it goes over the wire */
    void send(byte[] request, Answered then) {
        underWay++;
        waiting.add(new Waiting(request, then));
        dispatch();
    }

    /** Requests without an answer, those in line among them. */
    int underWay() {
        return underWay;
    }

    /** Sends and receives until something was received or so long has passed, a millisecond at least. */
    void turn(long mostMillis) {
        try {
            selector.select(key -> ((Connection) key.attachment()).ready(key), Math.max(1, mostMillis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dispatch();
    }

    @Override
    public void close() {
        selector.keys().forEach(key -> ((Connection) key.attachment()).close());
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dispatch() {
        while (!waiting.isEmpty()) {
            Connection connection = idle.pollLast();
            if (connection == null) {
                if (connections == mostConnections) {
                    return;
                }
                connections++;
                connection = new Connection(server, selector, this::free, this::gone);
            }
            Waiting next = waiting.poll();
            Connection used = connection;
            used.send(next.request, (status, nanoTime) -> {
                underWay--;
                next.then.answered(status, nanoTime);
            });
        }
    }

    private void free(Connection connection) {
        idle.addLast(connection);
    }

    private void gone(Connection connection) {
        connections--;
        idle.remove(connection);
    }
}
