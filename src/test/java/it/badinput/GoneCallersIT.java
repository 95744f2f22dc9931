package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import testbed.HubClient;
import testbed.NeighbourAnswers;
import testbed.NeighbourServer;
import testbed.SharedHub;

/** Browsers and shops leave when they like: that is nothing for whoever watches the log, and undoes nothing. */
class GoneCallersIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final OrderRequest order = HubClient.anOrder(Kind.PICKUP);

    @Test
    void whoLeavesBeforeTheAnswerIsNoErrorAndHasDoneWhatWasAskedFor() throws IOException {
        Logger answers = (Logger) LoggerFactory.getLogger("routes.http.EntryBinding");
        answers.setLevel(Level.DEBUG);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try (NeighbourServer.Until mended = bed.barista().answersUntilClosed("/estimates", request -> {
            gone.completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
            return NeighbourAnswers.readyAt(request);
        }); OfWhoHasGone log = new OfWhoHasGone()) {
            askAndLeave(() -> bed.barista().wasAsked("/estimates", order.orderId()));
            gone.complete(null);
            await().until(() -> !log.levels.isEmpty());
            assertThat(log.levels).containsOnly(Level.DEBUG);
        } finally {
            answers.setLevel(null);
        }
        assertThat(hub.order(order.orderId()).at("/make/state").asString()).isEqualTo("CONFIRMED");
    }

    private void askAndLeave(Callable<Boolean> asked) throws IOException {
        URI at = URI.create(hub.url());
        byte[] body = Json.write(order);
        try (Socket caller = new Socket(InetAddress.getByName(at.getHost()), at.getPort())) {
            caller.getOutputStream().write(("POST /api/orders HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + SharedHub.SHOP + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            caller.getOutputStream().write(body);
            await().until(asked);
            // It resets the connection: whoever writes to it fails.
            caller.setSoLinger(true, 0);
        }
    }

    /** How loud it was said that someone had gone. */
    private static final class OfWhoHasGone extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final List<Level> levels = new CopyOnWriteArrayList<>();
        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

        OfWhoHasGone() {
            start();
            root.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() != null
                    && event.getThrowableProxy().getClassName().equals(ClientAbortException.class.getName())) {
                levels.add(event.getLevel());
            }
        }

        @Override
        public void close() {
            root.detachAppender(this);
        }
    }
}
