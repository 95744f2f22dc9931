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

/** One hub as a process, and the taps on its ways to the database and to the barista. */
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

    /** The process that this hub will be. */
    HubNode played(JvmProcess by) {
        process = by;
        return this;
    }

    int port() {
        return port;
    }

    /** Where it finds the database. */
    int databasePort() {
        return toDatabase.port();
    }

    int baristaPort() {
        return toBarista.port();
    }

    /** How many payments it has committed so far, over all its lives. */
    long payments() {
        return payments.get();
    }

    String name() {
        return process.name();
    }

    JvmProcess process() {
        return process;
    }

    /** Returns when it takes requests. */
    void awaitReady() {
        process.await(this::isReady, LONGEST_START);
    }

    /** What the hub takes the time to be, as HTTP's {@code Date}; empty when it doesn't answer. */
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
        return LocalHttp.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")), Duration.ofSeconds(2));
    }
}
