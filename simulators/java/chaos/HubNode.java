package chaos;

import embedded.JvmProcess;
import embedded.LocalHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One hub as a process, and the proxies on its connections to the database and to the barista. */
final class HubNode {

    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    final OneShot beforeCommit = new OneShot();
    final OneShot afterCommit = new OneShot();
    final OneShot inPull = new OneShot();
    private final AtomicLong payments = new AtomicLong();
    private final InterceptingProxy toDatabase;
    private final InterceptingProxy toBarista;
    private final int port;
    private JvmProcess process;

    HubNode(int port, int databasePort, int baristaPort) {
        this.port = port;
        toDatabase = new InterceptingProxy(List.of(databasePort),
                () -> new CommitWatch(beforeCommit, afterCommit, payments::incrementAndGet));
        toBarista = new InterceptingProxy(List.of(baristaPort), () -> new PullWatch(inPull));
    }

    /** Sets the process of this hub, whose arguments need the ports of the proxies. */
    HubNode runBy(JvmProcess jvm) {
        process = jvm;
        return this;
    }

    int port() {
        return port;
    }

    /** Port of the proxy to the database. */
    int databasePort() {
        return toDatabase.port();
    }

    /** Port of the proxy to the barista. */
    int baristaPort() {
        return toBarista.port();
    }

    /** Number of payments that it has committed since the run began, over all restarts. */
    long payments() {
        return payments.get();
    }

    String name() {
        return process.name();
    }

    JvmProcess process() {
        return process;
    }

    /** Returns when it takes requests. @throws IllegalStateException when it ends, or takes longer than three minutes */
    void awaitReady() {
        process.await(this::isReady, LONGEST_START);
    }

    /** The hub's time by the HTTP header {@code Date}; empty when it doesn't answer. */
    Optional<String> dateHeader() {
        return ask().flatMap(answer -> answer.headers().firstValue("Date"));
    }

    void close() {
        toDatabase.close();
        toBarista.close();
    }

    private boolean isReady() {
        return ask().filter(answer -> answer.statusCode() == 200).isPresent();
    }

    private Optional<HttpResponse<byte[]>> ask() {
        return LocalHttp.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")),
                Duration.ofSeconds(2));
    }
}
