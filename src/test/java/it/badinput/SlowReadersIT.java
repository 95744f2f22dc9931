package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.SharedHub;

/** Callers without a credential who ask for something large and do not read it. */
class SlowReadersIT {

    private static final int CALLERS = 200;
    /** More than the kernel keeps of one. */
    private static final int REQUESTS = 40;
    /** What a connection may take of the heap, by which their number is bounded. */
    private static final long BYTES_OF_ONE = 96 * 1024;

    private static ConfigurableApplicationContext context;
    private static HubClient client;
    private static URI hub;

    /** A hub of its own, for what it logs of callers who are gone not to be taken for that of others; without the broker. */
    @BeforeAll
    static void start() {
        context = SharedHub.shared().startHub(Map.of("camel.main.name", "slow-readers", "hub.kafka.brokers", "127.0.0.1:9"));
        client = SharedHub.shared().client(context);
        hub = URI.create(client.url());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page/i18n.js", "/api/openapi.yaml", "/api/schemas/neighbours.yaml"})
    void anAnswerThatIsNotReadTakesNoMoreOfTheHeapThanItsConnectionMay(String path) throws IOException {
        long before = live();
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(ask(path));
            }
            await().until(() -> allAreAnswered(callers));

            assertThat(live() - before).isLessThan(CALLERS * BYTES_OF_ONE);
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void othersAreAnsweredMeanwhile() throws IOException {
        List<Socket> callers = new ArrayList<>();
        try {
            for (int i = 0; i < CALLERS; i++) {
                callers.add(ask("/api/openapi.yaml"));
            }
            await().until(() -> allAreAnswered(callers));

            assertThat(client.get("/api/arrows", SharedHub.VIEWER).status()).isEqualTo(200);
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    private Socket ask(String path) throws IOException {
        Socket caller = new Socket();
        caller.setReceiveBufferSize(4 * 1024);
        caller.connect(new InetSocketAddress(hub.getHost(), hub.getPort()));
        caller.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: hub\r\n\r\n").repeat(REQUESTS)
                .getBytes(StandardCharsets.US_ASCII));
        return caller;
    }

    private static boolean allAreAnswered(List<Socket> callers) throws IOException {
        for (Socket caller : callers) {
            if (caller.getInputStream().available() == 0) {
                return false;
            }
        }
        return true;
    }

    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
