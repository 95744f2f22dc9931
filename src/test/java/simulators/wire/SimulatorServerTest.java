package simulators.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.faults.Channel;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;

class SimulatorServerTest {

    record Greeting(String name) {
    }

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger greeted = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer = Threads.timer("desk-test");
    private Journal journal;
    private SimulatorServer desk;

    @BeforeEach
    void open() {
        Place place = Place.of(folder.resolve("desk.jsonl"), 1);
        journal = Journal.open(place.journal());
        Faults faults = new Faults(1, List.of(Channel.HTTP_IN), List.of(), entry -> journal.write(List.of(entry)),
                Clock.systemUTC());
        desk = new SimulatorServer(place, faults, journal, timer).post("/greetings", Greeting.class, greeting -> {
            greeted.incrementAndGet();
            return Response.ok(greeting);
        });
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
        Threads.end(timer);
        journal.close();
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return client.send(HttpRequest.newBuilder(desk.url().resolve(path)).header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int greet() throws Exception {
        return send("POST", "/greetings", "application/json", "{\"name\":\"Li\"}").statusCode();
    }

    private int fault(String fault, String more) throws Exception {
        return send("PUT", "/faults", "application/json",
                "{\"faults\":[{\"fault\":\"" + fault + "\",\"rate\":1" + more + "}]}").statusCode();
    }

    @Test
    void aCallIsAnswered() throws Exception {
        assertThat(send("POST", "/greetings", "application/json", "{\"name\":\"Li\"}").body())
                .isEqualTo("{\"name\":\"Li\"}");
    }

    @Test
    void whatIsNoCallIsRefused() throws Exception {
        assertThat(send("POST", "/greetings", "text/plain", "{}").statusCode()).isEqualTo(415);
        assertThat(send("POST", "/greetings", "application/json", "{").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/elsewhere", "application/json", "{}").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/greetings", "application/json", "{}").statusCode()).isEqualTo(405);
        assertThat(greeted).hasValue(0);
    }

    @Test
    void faultsAreSetAndEndedWhileItRuns() throws Exception {
        assertThat(fault("error-500", "")).isEqualTo(200);
        assertThat(greet()).isEqualTo(500);
        assertThat(fault("down", ",\"channel\":\"http-in\"")).isEqualTo(200);
        assertThat(greet()).isEqualTo(503);
        assertThat(greeted).hasValue(0);
        assertThat(send("GET", "/faults", "application/json", "").body()).contains("\"down\"");
        assertThat(send("GET", "/healthz", "application/json", "").statusCode()).isEqualTo(200);
        assertThat(send("PUT", "/faults", "application/json", "{\"faults\":[]}").statusCode()).isEqualTo(200);
        assertThat(greet()).isEqualTo(200);
    }

    @Test
    void aFaultThatDoesNotExistIsRefused() throws Exception {
        assertThat(fault("explode", "")).isEqualTo(400);
        assertThat(fault("reorder", "")).isEqualTo(400);
        assertThat(greet()).isEqualTo(200);
    }

    @Test
    void aLostCallIsNotDoneAndNotAnswered() throws Exception {
        fault("lose", "");
        assertThatThrownBy(this::greet).isInstanceOf(IOException.class);
        assertThat(greeted).hasValue(0);
    }

    @Test
    void aCallThatTimesOutButIsAppliedIsDone() throws Exception {
        fault("time-out-but-applied", ",\"millis\":20");
        assertThatThrownBy(this::greet).isInstanceOf(IOException.class);
        assertThat(greeted.get()).isPositive();
    }

    @Test
    void aDoubledCallIsDoneTwiceAndADelayedOneOnce() throws Exception {
        fault("double", "");
        assertThat(greet()).isEqualTo(200);
        assertThat(greeted).hasValue(2);
        fault("delay", ",\"millis\":20");
        assertThat(greet()).isEqualTo(200);
        assertThat(greeted).hasValue(3);
    }

    @Test
    void theJournalIsReadOverHttpAndNamesTheFaults() throws Exception {
        fault("double", "");
        greet();
        journal.write(List.of()).join();
        assertThat(send("GET", "/journal", "application/json", "").body()).contains("\"fault\":\"double\"");
        assertThat(journal.entries()).extracting(Entry::what).containsExactly(What.FAULT);
    }
}
