package simulators.panel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import simulators.wire.Threads;

/**
 * The panel's HTTP server, on a free port of the loopback address; the demo's hub is the reverse proxy before it.
 *
 * <p>{@code GET /demo} is a page; {@code /demo/panel.js} a module for another page of the same origin;
 * {@code /demo/state} the state; {@code PUT /demo/switches}, {@code /demo/mended} and {@code /demo/load} change it and
 * answer the new state.
 */
public final class Panel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Panel.class);
    private static final int LARGEST_BODY = 4_096;
    private static final String NOTHING_FOREIGN = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");

    /** File names by path. */
    private static final Map<String, String> FILES = Map.of("/demo", "panel.html", "/demo/page.js", "page.js",
            "/demo/panel.js", "panel.js", "/demo/panel.css", "panel.css");

    private final HttpServer server;
    private final ScheduledExecutorService timer = Threads.timer("panel");
    private volatile PanelModel scene;

    private record Turn(String id, boolean on) {
    }

    private record Load(double rate) {
    }

    private record Problem(int status, String detail) {
    }

    /** Serves the page; the state is answered 503 before {@link #show}. */
    public Panel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port for the panel", e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Shows and changes this model from now on. */
    public void show(PanelModel shown) {
        scene = shown;
        // The model notes when neighbours become reachable again, also while no browser asks.
        timer.scheduleWithFixedDelay(shown::state, 1, 1, TimeUnit.SECONDS);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        Threads.end(timer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String file = FILES.get(path);
            String method = exchange.getRequestMethod();
            if (file != null && method.equals("GET")) {
                try (InputStream content = Panel.class.getResourceAsStream(file)) {
                    send(exchange, 200, TYPES.get(file.replaceAll(".*\\.", "")), content.readAllBytes());
                }
            } else if (scene == null) {
                refuse(exchange, 503, "the demo is still starting; try again in a moment");
            } else {
                act(exchange, method + ' ' + path);
            }
        } catch (IOException e) {
            LOG.debug("the client has disconnected", e);
        }
    }

    private void act(HttpExchange exchange, String what) throws IOException {
        try {
            switch (what) {
                case "GET /demo/state" -> {
                }
                case "PUT /demo/switches" -> {
                    Turn turn = Json.read(body(exchange), Turn.class);
                    scene.turn(turn.id(), turn.on());
                }
                case "PUT /demo/load" -> scene.pace(Json.read(body(exchange), Load.class).rate());
                case "PUT /demo/mended" -> {
                    body(exchange);
                    scene.mend();
                }
                default -> throw new NoSuchElementException("there is no such resource; there are " + FILES.keySet()
                        + ", /demo/state, and by PUT /demo/switches, /demo/load, /demo/mended");
            }
            send(exchange, 200, "application/json", Json.write(scene.state()));
        } catch (NoSuchElementException e) {
            refuse(exchange, 404, e.getMessage());
        } catch (Json.Malformed | IllegalArgumentException e) {
            refuse(exchange, 400, e.getMessage());
        }
    }

    /** Only JSON is accepted: another site's page can't send it without the browser's CORS check. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            throw new IllegalArgumentException("send Content-Type: application/json");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException("at most " + LARGEST_BODY + " bytes");
        }
        return body;
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        send(exchange, status, "application/problem+json", Json.write(new Problem(status, why)));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", NOTHING_FOREIGN);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
