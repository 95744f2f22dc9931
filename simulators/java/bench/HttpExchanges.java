package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.List;

/**
 * HTTP exchanges, many at once, over connections that are kept. Of several servers each has its turn, as behind a load
 * balancer. All of it happens on the one thread that calls {@link #turn}: a client with threads and futures would cost more
 * than what it is to measure.
 *
 * <p>When every connection is in use, requests wait in line here, which the open loop's clock doesn't wait for.
 */
final class HttpExchanges implements AutoCloseable {

    private final Selector selector;
    private final List<ConnectionPool> lines;
    private int sent;
    private int underWay;

    /** Hears of an answer. */
    interface Answered {
        /** @param status HTTP's; 0 when there was no answer */
        void answered(int status, long nanoTime);
    }

    /** @param mostConnections to all servers together */
    HttpExchanges(List<InetSocketAddress> servers, int mostConnections) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = servers.stream().map(server -> new ConnectionPool(server, mostConnections / servers.size(), selector)).toList();
    }

    /** @param request with its head, as it goes over the wire */
    void send(byte[] request, Answered then) {
        underWay++;
        lines.get(sent++ % lines.size()).join(request, (status, nanoTime) -> {
            underWay--;
            then.answered(status, nanoTime);
        });
    }

    /** Requests without an answer, those in line among them. */
    int underWay() {
        return underWay;
    }

    /** Sends and receives until something was received or so long has passed, a millisecond at least. */
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
