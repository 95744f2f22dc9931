package bench;

import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;

/** The connections to one server, and the queue of requests that wait for one. Used by one thread. */
final class ConnectionPool {

    private final InetSocketAddress server;
    private final int mostConnections;
    private final Selector selector;
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int connections;

    private record Waiting(byte[] request, HttpExchanges.Answered then) {
    }

    ConnectionPool(InetSocketAddress server, int mostConnections, Selector selector) {
        this.server = server;
        this.mostConnections = mostConnections;
        this.selector = selector;
    }

    /** Sends the request on an idle or a new connection, or queues it. */
    void join(byte[] request, HttpExchanges.Answered then) {
        waiting.add(new Waiting(request, then));
        dispatch();
    }

    /** Sends queued requests for which there is a connection. */
    void dispatch() {
        while (!waiting.isEmpty()) {
            HttpConnection connection = idle.pollLast();
            if (connection == null) {
                if (connections == mostConnections) {
                    return;
                }
                connections++;
                connection = new HttpConnection(server, selector, this::free, this::gone);
            }
            Waiting next = waiting.poll();
            connection.send(next.request, next.then);
        }
    }

    private void free(HttpConnection connection) {
        idle.addLast(connection);
    }

    private void gone(HttpConnection connection) {
        connections--;
        idle.remove(connection);
    }
}
