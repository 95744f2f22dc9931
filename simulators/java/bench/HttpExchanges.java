package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;

/**
 * Concurrent HTTP exchanges over persistent connections, to several servers in turn, as behind a load balancer. All work is
 * done on the one thread that calls {@link #turn}: a client with threads and futures would cost more processor time than the
 * subject that it measures.
 *
 * <p>When all connections are in use, requests are queued; their latency still counts from the intended time.
 */
final class HttpExchanges implements AutoCloseable {

    private final Selector selector;
    private final List<ConnectionPool> lines;
    private int sent;
    private int underWay;

    /** Takes the answer to a request. */
    interface Answered {
        /**
         * @param status   of HTTP; 0 when there was no answer
         * @param nanoTime {@link System#nanoTime()} of the answer
         */
        void answered(int status, long nanoTime);
    }

    /** @param mostConnections to all servers together */
    HttpExchanges(List<InetSocketAddress> servers, int mostConnections) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = servers.stream()
                .map(server -> new ConnectionPool(server, mostConnections / servers.size(), selector)).toList();
    }

    /** @param request the bytes of the whole request */
    void send(byte[] request, Answered then) {
        underWay++;
        lines.get(sent++ % lines.size()).join(request, (status, nanoTime) -> {
            underWay--;
            then.answered(status, nanoTime);
        });
    }

    /** Number of requests without an answer, including queued ones. */
    int underWay() {
        return underWay;
    }

    /** Sends and receives until something was received or the time is over; at least a millisecond. */
    void turn(long mostMillis) {
        try {
            selector.select(key -> ((HttpConnection) key.attachment()).ready(key), Math.max(1, mostMillis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.forEach(ConnectionPool::dispatch);
    }

    @Override
    public void close() {
        selector.keys().forEach(key -> ((HttpConnection) key.attachment()).close());
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
