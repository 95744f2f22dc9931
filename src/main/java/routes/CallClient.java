package routes;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Posts JSON to the neighbours, on the thread that asks. A blocking client, as it takes half of the processor time that the
 * JDK's own takes for a call; threads that wait cost little.
 */
final class CallClient implements AutoCloseable {

    /** Some ten times the longest answer of the contract. What is longer is not for us, and memory isn't for it. */
    static final int LONGEST_ANSWER = 8 * 1024 * 1024;

    /** To one address. Whoever finds none free waits within its own time-out. */
    static final int CONNECTIONS = 1_000;

    private record Response(int status, byte[] body) {
    }

    private final ScheduledThreadPoolExecutor timer = timer();
    private final CloseableHttpClient http = HttpClientBuilder.create().useSystemProperties()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().useSystemProperties()
                    .setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(10 * CONNECTIONS)
                    .setDefaultConnectionConfig(ConnectionConfig.custom()
                            .setConnectTimeout(2, TimeUnit.SECONDS)
                            // A neighbour closes what is idle, and one that moved is found at its new address.
                            .setValidateAfterInactivity(TimeValue.ofSeconds(1)).setTimeToLive(TimeValue.ofMinutes(1))
                            .build())
                    .build())
            // A call is repeated as its route says, and by nobody else.
            .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .disableContentCompression().disableConnectionState().setUserAgent("lucky-hub").build();

    /**
     * @param timeout of the whole, connecting and the last byte of the answer included
     * @return the body of a 200
     * @throws StatusException  when the answer is another
     * @throws TooLongException when the answer has more than {@link #LONGEST_ANSWER} bytes
     * @throws TimeoutException when there was none in time
     * @throws IOException      when there was none, as when nobody listens there
     */
    byte[] post(URI address, byte[] json, Duration timeout) throws IOException, TimeoutException {
        HttpPost post = new HttpPost(address);
        post.setHeader("Accept", "application/json");
        post.setEntity(new ByteArrayEntity(json, ContentType.create("application/json")));
        // The client's own time-outs are of a silence; a body may trickle for ever.
        ScheduledFuture<?> limit = timer.schedule(post::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        Response response;
        try {
            response = http.execute(post, answer -> new Response(answer.getCode(), read(answer.getEntity())));
        } catch (IOException | IllegalStateException e) {
            // One or the other, by where in the client the limit met it.
            if (post.isCancelled()) {
                throw new TimeoutException("no answer within " + timeout.toMillis() + " ms");
            }
            throw e;
        } finally {
            limit.cancel(false);
        }
        if (response.status() != 200) {
            throw new StatusException(response.status());
        }
        return response.body();
    }

    private static byte[] read(HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        // Not closed when too long: that would read the rest.
        byte[] body = entity.getContent().readNBytes(LONGEST_ANSWER + 1);
        if (body.length > LONGEST_ANSWER) {
            throw new TooLongException();
        }
        return body;
    }

    private static ScheduledThreadPoolExecutor timer() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("call-limit-");
        threads.setDaemon(true);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        http.close();
    }

    static final class TooLongException extends IOException {

        TooLongException() {
            super("answer of more than " + LONGEST_ANSWER / 1024 / 1024 + " MB");
        }
    }
}
