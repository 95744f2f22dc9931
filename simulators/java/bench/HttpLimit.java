package bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The limit of HTTP: the JDK's server answers callbacks with 204, called over 32 connections by the client of the load. */
final class HttpLimit {

    private static final int CONNECTIONS = 32;

    private final HttpExchanges exchanges;
    private final byte[] request;
    private final long end;
    private long answered;

    private HttpLimit(HttpExchanges exchanges, byte[] request, long end) {
        this.exchanges = exchanges;
        this.request = request;
        this.end = end;
    }

    /** The limit in exchanges a second. */
    static double measured(Duration time) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
            server.setExecutor(workers);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(204, -1);
                }
            });
            server.start();
            try {
                return ask(server.getAddress(), time);
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    private static double ask(InetSocketAddress server, Duration time) {
        byte[] body = OrderMix.callback("order-10000000", "2026-01-01T00:00:00Z").getBytes(StandardCharsets.UTF_8);
        byte[] request = ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n"
                + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        try (HttpExchanges exchanges = new HttpExchanges(List.of(server), CONNECTIONS)) {
            long start = System.nanoTime();
            HttpLimit limit = new HttpLimit(exchanges, request, start + time.toNanos());
            for (int i = 0; i < CONNECTIONS; i++) {
                limit.again();
            }
            while (exchanges.underWay() > 0) {
                exchanges.turn(1);
            }
            return limit.answered / ((System.nanoTime() - start) / 1e9);
        }
    }

    private void again() {
        exchanges.send(request, (status, nanoTime) -> {
            if (status != 204) {
                throw new IllegalStateException("a bare server answered " + status);
            }
            answered++;
            if (nanoTime - end < 0) {
                again();
            }
        });
    }
}
