package simulators.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import contract.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.faults.Faults;
import simulators.faults.Rule;
import simulators.journal.Journal;

/**
 * A simulator's HTTP server: its own calls, which the faults of {@code http-in} strike, and the controls, which they don't:
 * {@code GET /faults}, {@code PUT /faults}, {@code GET /journal}, {@code GET /healthz}.
 */
public final class SimulatorServer implements AutoCloseable {

    static {
        // The JDK's server reads these once. Without the first, an answer on a persistent connection may wait 40 ms.
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.maxIdleConnections", "4096");
    }

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
    private static final int LARGEST_BODY = 1 << 20;

    private final Faults faults;
    private final Journal journal;
    private final ScheduledExecutorService timer;
    private final HttpServer server;
    private final ExecutorService workers;
    private final Map<String, Function<byte[], Response>> calls = new ConcurrentHashMap<>();

    private record FaultRules(List<Rule> faults) {
    }

    private record Health(String status) {
    }

    /**
     * Binds the port; answers from {@link #start} on.
     *
     * @throws UncheckedIOException when the port is in use
     */
    public SimulatorServer(Place place, Faults faults, Journal journal, ScheduledExecutorService timer) {
        this.faults = faults;
        this.journal = journal;
        this.timer = timer;
        try {
            server = HttpServer.create(new InetSocketAddress(place.host(), place.port()), 1_024);
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen at " + place.host() + ":" + place.port()
                    + "; another program may have that port", e);
        }
        workers = Threads.waiting("desk");
        server.setExecutor(workers);
        server.createContext("/", this::answer);
    }

    /** Adds a call {@code POST path}, whose body has to be JSON of that type. */
    public <T> SimulatorServer post(String path, Class<T> body, Function<T, Response> call) {
        calls.put(path, bytes -> call.apply(Json.read(bytes, body)));
        return this;
    }

    public void start() {
        server.start();
    }

    public URI url() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        Threads.end(workers);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        switch (method + ' ' + path) {
            case "GET /healthz" -> reply(exchange, Response.ok(new Health("up")));
            case "GET /faults" -> reply(exchange, Response.ok(new FaultRules(faults.rules())));
            case "PUT /faults" -> body(exchange).ifPresent(body -> reply(exchange, setFaults(body)));
            case "GET /journal" -> sendJournal(exchange);
            default -> {
                Function<byte[], Response> call = calls.get(path);
                if (call == null) {
                    reply(exchange, Response.problem(404, "there is no such resource; there are " + calls.keySet()
                            + ", /faults, /journal and /healthz"));
                } else if (!method.equals("POST")) {
                    reply(exchange, Response.problem(405, "use POST"));
                } else {
                    answerCall(exchange, path, call);
                }
            }
        }
    }

    private void answerCall(HttpExchange exchange, String path, Function<byte[], Response> call) throws IOException {
        Optional<byte[]> read = body(exchange);
        if (read.isEmpty()) {
            return;
        }
        byte[] body = read.get();
        String key = path + ' ' + Integer.toHexString(Arrays.hashCode(body));
        if (faults.down(Channel.HTTP_IN)) {
            faults.record(Fault.DOWN, Channel.HTTP_IN, key, null);
            exchange.getResponseHeaders().set("Retry-After", "1");
            reply(exchange, Response.problem(503, "down on purpose"));
            return;
        }
        Optional<Faults.Struck> struck = faults.strike(Channel.HTTP_IN, key, null);
        if (struck.isEmpty()) {
            reply(exchange, apply(call, body));
            return;
        }
        Duration length = struck.get().length();
        switch (struck.get().fault()) {
            case LOSE -> exchange.close();
            case ERROR_500 -> reply(exchange, Response.problem(500, "failed on purpose"));
            case TIME_OUT -> Threads.later(timer, length, exchange::close);
            case TIME_OUT_BUT_APPLIED -> {
                apply(call, body);
                Threads.later(timer, length, exchange::close);
            }
            case DOUBLE -> {
                apply(call, body);
                reply(exchange, apply(call, body));
            }
            case DELAY -> Threads.later(timer, length, () -> workers.execute(() -> reply(exchange, apply(call, body))));
            default -> reply(exchange, apply(call, body));
        }
    }

    private static Response apply(Function<byte[], Response> call, byte[] body) {
        try {
            return call.apply(body);
        } catch (Json.Malformed e) {
            return Response.problem(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a call failed and is answered 500", e);
            return Response.problem(500, "the simulator itself failed; its log says why");
        }
    }

    private Response setFaults(byte[] body) {
        try {
            faults.set(Optional.ofNullable(Json.read(body, FaultRules.class).faults()).orElse(List.of()));
            return Response.ok(new FaultRules(faults.rules()));
        } catch (Json.Malformed | IllegalArgumentException e) {
            return Response.problem(400, e.getMessage());
        }
    }

    /**
     * The body; empty when it was refused and the request is answered. Only JSON is accepted: another site's page can't
     * send it without the browser's CORS check.
     */
    private Optional<byte[]> body(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            reply(exchange, Response.problem(415, "send Content-Type: application/json"));
            return Optional.empty();
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            reply(exchange, Response.problem(413, "at most " + LARGEST_BODY + " bytes"));
            return Optional.empty();
        }
        return Optional.of(body);
    }

    private static void reply(HttpExchange exchange, Response reply) {
        try (exchange) {
            byte[] body = reply.body() == null ? new byte[0] : Json.write(reply.body());
            if (body.length > 0) {
                exchange.getResponseHeaders().set("Content-Type",
                        reply.status() < 400 ? "application/json" : "application/problem+json");
            }
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            LOG.debug("the client has disconnected", e);
        }
    }

    private void sendJournal(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (exchange; OutputStream to = exchange.getResponseBody()) {
            journal.copyTo(to);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
