package bench.outbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import contract.Json;
import contract.PaymentCallback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Main class of the control. Arguments: port, URL and user of the database, brokers, rows that the relay takes at once. */
public final class OutboxService {

    public static final String PASSWORD = "OUTBOX_DB_PASSWORD";
    public static final String KEY = "OUTBOX_CALLBACK_KEY";

    private final OrderStore store;
    private final Listeners listeners;
    private final Signature signature;

    private OutboxService(OrderStore store, Listeners listeners, Signature signature) {
        this.store = store;
        this.listeners = listeners;
        this.signature = signature;
    }

    public static void main(String[] arguments) throws IOException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[1]);
        pool.setUsername(arguments[2]);
        pool.setPassword(System.getenv(PASSWORD));
        pool.setMaximumPoolSize(24);
        pool.setAutoCommit(false);
        HikariDataSource database = new HikariDataSource(pool);
        Relay relay = new Relay(database, arguments[3], Integer.parseInt(arguments[4]));
        OrderStore store = new OrderStore(database, relay::wake);
        store.createTables();
        Listeners listeners = new Listeners(store, arguments[3]);
        OutboxService service = new OutboxService(store, listeners, new Signature(System.getenv(KEY)));
        service.serve(Integer.parseInt(arguments[0]));
        relay.start();
        listeners.start();
    }

    private void serve(int port) throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 1_024);
        server.setExecutor(workers());
        server.createContext("/api/payments/callback", exchange -> answer(exchange, callback(exchange), ""));
        server.createContext("/readyz", exchange -> answer(exchange, listeners.areReady() ? 200 : 503, ""));
        server.createContext("/settled", exchange -> answer(exchange, 200,
                "{\"measurements\":[{\"statistic\":\"COUNT\",\"value\":" + store.settled() + "}]}"));
        server.start();
    }

    private int callback(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!signature.holds(exchange.getRequestHeaders(), body)) {
            return 401;
        }
        try {
            return store.pay(Json.read(body, PaymentCallback.class)) ? 204 : 422;
        } catch (Json.Malformed e) {
            return 400;
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** Virtual threads where the JVM has them, otherwise a pool. */
    private static ExecutorService workers() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newFixedThreadPool(64);
        }
    }
}
