package routes.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallClientTest {

    private static final byte[] QUESTION = "{}".getBytes();
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final CallClient client = new CallClient();
    private final Listener neighbour = new Listener();

    @AfterEach
    void close() throws IOException {
        client.close();
        neighbour.close();
    }

    @Test
    void whatHungKeepsNoConnectionFromThoseThatComeLater() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        List<CompletableFuture<Void>> calls = IntStream.range(0, CallClient.CONNECTIONS + 100)
                .mapToObj(call -> CompletableFuture.runAsync(() -> assertThatThrownBy(
                        () -> client.post(neighbour.address(), QUESTION, Duration.ofMillis(20 + call % 7), room()))
                        .isInstanceOf(TimeoutException.class), callers)).toList();
        calls.forEach(CompletableFuture::join);
        callers.shutdown();

        neighbour.answers.set(true);
        assertThat(client.post(neighbour.address(), QUESTION, Duration.ofSeconds(5), room())).isEqualTo("{}".getBytes());
    }

    @Test
    void aConnectionIsUsedAgain() throws Exception {
        neighbour.answers.set(true);
        for (int call = 0; call < 20; call++) {
            client.post(neighbour.address(), QUESTION, Duration.ofSeconds(5), room());
        }

        assertThat(neighbour.accepted).hasSize(1);
    }

    @Test
    void aPasswordInTheAddressIsSentAsTheNeighbourExpects() throws Exception {
        neighbour.answers.set(true);
        client.post(URI.create(neighbour.address().toString().replace("//", "//hub:w%C3%B6rd@")), QUESTION,
                Duration.ofSeconds(5), room());

        assertThat(neighbour.heard).singleElement().asString()
                .containsIgnoringCase("\r\nAuthorization: Basic aHViOnfDtnJk\r\n").doesNotContain("@");
    }

    private static AnswerMemoryLimit.Share room() {
        return new AnswerMemoryLimit(1_000).share(1_000);
    }

    /** Takes every connection, and keeps silent or answers each first line. */
    private static final class Listener implements Closeable {

        private final AtomicBoolean answers = new AtomicBoolean();
        private final List<Socket> accepted = new CopyOnWriteArrayList<>();
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final ServerSocket server;

        Listener() {
            try {
                server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            inBackground(() -> {
                while (true) {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    if (answers.get()) {
                        inBackground(() -> answer(socket));
                    }
                }
            });
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hung");
        }

        private void answer(Socket socket) throws IOException {
            StringBuilder request = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                request.append((char) next);
                if (request.toString().endsWith("\r\n\r\n{}")) {
                    heard.add(request.toString());
                    socket.getOutputStream().write(ANSWER.getBytes());
                    request.setLength(0);
                }
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void inBackground(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // It is closed.
                }
            }, "listener");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }
}
