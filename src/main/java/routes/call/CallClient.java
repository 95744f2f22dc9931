package routes.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Posts JSON to the neighbours, on the thread that asks. A blocking client, as it takes half of the processor time that the
 * JDK's own takes for a call; threads that wait cost little.
 */
final class CallClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallClient.class);

    /**
     * Bytes of an answer, at most: some ten times the longest one of the contract.
     */
    static final int LONGEST_ANSWER = 8 * 1024 * 1024;

    /** Bytes of a header line, and headers of an answer, at most: without bounds they would be read until the time-out. */
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final int MOST_HEADERS = 100;

    /** Connections to one address, at most. A call that finds none free waits for one, within its own time-out. */
    static final int CONNECTIONS = 1_000;

    private record Response(int status, byte[] body) {
    }

    private final ScheduledThreadPoolExecutor timer = timer();
    private volatile CloseableHttpClient http = http();

    /**
     * @param address with user and password before the host, if the neighbour asks for them (Basic, RFC 7617)
     * @param timeout of the whole, connecting and the last byte of the answer included; not of looking the address up, which
     *                takes {@link PromptDns#LONGEST_SECONDS} at most
     * @param room    for the answer, which is in it afterwards
     * @return the body of a 200
     * @throws UselessAnswerException when the answer is another, or has more bytes than there is room
     * @throws TimeoutException       when there was none in time
     * @throws IOException            when there was none, as when the connection is refused
     */
    byte[] post(URI address, byte[] json, Duration timeout, AnswerMemoryLimit.Share room) throws IOException, TimeoutException {
        HttpPost post = new HttpPost(address);
        if (address.getUserInfo() != null) {
            post.setAuthority(new URIAuthority(address.getHost(), address.getPort()));
            post.setHeader("Authorization", "Basic "
                    + Base64.getEncoder().encodeToString(address.getUserInfo().getBytes(StandardCharsets.UTF_8)));
        }
        post.setHeader("Accept", "application/json");
        post.setEntity(new ByteArrayEntity(json, ContentType.create("application/json")));
        // The client's own time-outs are for a silence; a body may trickle for ever.
        ScheduledFuture<?> limit = timer.schedule(post::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
        CloseableHttpClient client = http;
        Response response;
        try {
            response = client.execute(post, answer -> new Response(answer.getCode(), read(answer.getEntity(), post, room)));
        } catch (UselessAnswerException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Which exception it is depends on where in the client the limit was reached.
            if (post.isCancelled()) {
                throw new TimeoutException("no answer within " + timeout.toMillis() + " ms");
            }
            throw e;
        } catch (Error e) {
            LOG.error("calls go on with another client", e);
            renew(client);
            throw new IOException("the client failed", e);
        } finally {
            limit.cancel(false);
        }
        if (response.status() != 200) {
            throw UselessAnswerException.status(response.status());
        }
        return response.body();
    }

    /** Makes a new client when the old one has closed itself for good, as it does at an Error. */
    private synchronized void renew(CloseableHttpClient failed) {
        if (http == failed) {
            http = http();
        }
        failed.close(CloseMode.IMMEDIATE);
    }

    private static byte[] read(HttpEntity entity, HttpPost post, AnswerMemoryLimit.Share room) throws IOException {
        // Gives back the room that an attempt before this one took.
        room.close();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
            byte[] piece = new byte[8 * 1024];
            for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
                room.take(read);
                body.write(piece, 0, read);
            }
            return body.toByteArray();
        } catch (UselessAnswerException e) {
            // Without this the client would read to the end of the answer, to use the connection again.
            post.cancel();
            throw e;
        }
    }

    private static CloseableHttpClient http() {
        ConnectionConfig connections = ConnectionConfig.custom().setConnectTimeout(2, TimeUnit.SECONDS)
                // Shorter than neighbours keep idle connections; and a neighbour that moved is found at its new address.
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(100)).setTimeToLive(TimeValue.ofMinutes(1)).build();
        Http1Config headers = Http1Config.custom().setMaxLineLength(LONGEST_HEADER).setMaxHeaderCount(MOST_HEADERS).build();
        return HttpClientBuilder.create().useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().useSystemProperties()
                        .setMaxConnPerRoute(CONNECTIONS).setMaxConnTotal(10 * CONNECTIONS)
                        .setDefaultConnectionConfig(connections).setDnsResolver(new PromptDns())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(headers).build())
                        .build())
                .evictExpiredConnections()
                // A call is repeated as its route says, so that the client must not repeat it.
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
                .disableContentCompression().disableConnectionState().setUserAgent("lucky-hub").build();
    }

    private static ScheduledThreadPoolExecutor timer() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("call-limit-");
        threads.setDaemon(true);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Calls that wait for an answer or a connection fail now, or at their time-out. */
    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
        timer.shutdown();
    }
}
