package testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** The HTTP end of a neighbour that a test plays by hand: an answer a path, and every request kept. */
public final class NeighbourServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, UnaryOperator<byte[]>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, List<byte[]>> requests = new ConcurrentHashMap<>();

    public NeighbourServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "neighbour");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on, at this path: the body of a 200; null for a 500. */
    public void answers(String path, UnaryOperator<byte[]> answer) {
        answers.put(path, answer);
    }

    /** From now on, at this path: this status, without a body. */
    public void answersStatus(String path, int status) {
        statuses.put(path, status);
    }

    /** As {@link #answers} until {@link Until#close()}, then what was before. */
    public Until answersUntilClosed(String path, UnaryOperator<byte[]> answer) {
        UnaryOperator<byte[]> before = answers.put(path, answer);
        return () -> {
            if (before == null) {
                answers.remove(path);
            } else {
                answers.put(path, before);
            }
        };
    }

    /** Ends what it stands for, without an exception. */
    public interface Until extends AutoCloseable {
        @Override
        void close();
    }

    /** The bodies of all requests at this path so far. */
    public List<byte[]> requests(String path) {
        return requests.getOrDefault(path, List.of());
    }

    /** Whether a request at this path mentions the text. */
    public boolean wasAsked(String path, String text) {
        return requests(path).stream().anyMatch(body -> new String(body).contains(text));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] request = exchange.getRequestBody().readAllBytes();
            requests.computeIfAbsent(path, p -> new CopyOnWriteArrayList<>()).add(request);
            byte[] body = answers.getOrDefault(path, r -> null).apply(request);
            if (body == null) {
                exchange.sendResponseHeaders(statuses.getOrDefault(path, 500), -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
