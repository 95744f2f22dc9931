package hub;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import routes.http.Problem;

/** What a connection may cost, and what each request on it keeps before the hub looks at it. */
@Component
class ConnectionRules implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String MOST = "server.tomcat.max-connections";

    /** What one takes of the heap with a request in hand that has begun to send 16 kB of body, measured, and some. */
    private static final long BYTES_OF_ONE = 96 * 1024;
    private static final int FEWEST = 200;
    /** Tomcat's own. */
    private static final int MOST_OF_ALL = 8_192;

    /** Of a chunked body: nothing needs extensions or trailers, and Tomcat reads them without a bound on their time. */
    private static final int LARGEST_EXTENSION = 0;
    /** The empty line at the end needs two. */
    private static final int LARGEST_TRAILER = 16;
    private static final int LONGEST_READ_MILLIS = 2_000;

    /**
     * Of what the kernel keeps for a connection in each direction; Linux doubles it. By itself it takes up to 4 MB for a
     * caller that does not read its answers: a thousand of those ask for more than the kernel grants to all connections
     * of the machine, those to Kafka and the database included.
     */
    static final int KERNEL_BUFFER = 64 * 1024;

    private final RequestBodies bodies;
    private final boolean given;

    ConnectionRules(RequestBodies bodies, Environment environment) {
        this.bodies = bodies;
        this.given = environment.containsProperty(MOST);
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addEngineValves(new Rules());
        tomcat.addConnectorCustomizers(connector -> {
            AbstractHttp11Protocol<?> http = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
            if (!given) {
                http.setMaxConnections(fitting(Runtime.getRuntime().maxMemory()));
            }
            http.setProperty("socket.txBufSize", String.valueOf(KERNEL_BUFFER));
            http.setProperty("socket.rxBufSize", String.valueOf(KERNEL_BUFFER));
            http.setMaxExtensionSize(LARGEST_EXTENSION);
            http.setMaxTrailerSize(LARGEST_TRAILER);
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout(LONGEST_READ_MILLIS);
        });
    }

    /** As many connections as a quarter of the heap holds. */
    static int fitting(long heap) {
        return (int) Math.max(FEWEST, Math.min(MOST_OF_ALL, heap / 4 / BYTES_OF_ONE));
    }

    private final class Rules extends ValveBase {

        Rules() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            org.apache.coyote.Request connection = request.getCoyoteRequest();
            request.setAttribute(RequestBodies.CONNECTION, connection);
            // Nothing here depends on it, and Spring has it parsed for each request: Tomcat throws at an eleventh language.
            connection.getMimeHeaders().removeHeader("Accept-Language");
            if (!isPlain(connection.getMimeHeaders())) {
                UnreadRequests.answer(response, Problem.malformed("a header holds a control character"));
            } else if (!isReadable(request, connection)) {
                UnreadRequests.answer(response, Problem.malformed("the query has too many parameters, or is not "
                        + "percent-encoded UTF-8"));
            } else {
                getNext().invoke(request, response);
            }
            if (!request.isAsync() && !connection.isFinished()) {
                swallow(request, response, connection);
            }
        }

        /** Tomcat itself would wait for each byte of it. */
        private void swallow(Request request, Response response, org.apache.coyote.Request connection) throws IOException {
            response.finishResponse();
            if (request.getAttribute(RequestBodies.GIVEN_UP) != null || !bodies.swallow(request)) {
                connection.action(ActionCode.CLOSE_NOW, null);
            }
        }

        /** Reads the parameters of the query, which would throw later at whatever asks for one first. */
        private static boolean isReadable(Request request, org.apache.coyote.Request connection) {
            if (connection.queryString().isNull()) {
                return true;
            }
            try {
                connection.getParameters().setLimit(request.getConnector().getMaxParameterCount());
                connection.getParameters().handleQueryParameters();
                return true;
            } catch (InvalidParameterException e) {
                return false;
            }
        }

        /**
         * Whether there is no control character in any of their values, of which Tomcat lets those above 127 through. Later,
         * Spring's firewall would throw at whatever asks for such a header.
         */
        private static boolean isPlain(MimeHeaders headers) {
            for (int i = 0; i < headers.size(); i++) {
                ByteChunk value = headers.getValue(i).getByteChunk();
                byte[] bytes = value.getBytes();
                for (int at = value.getStart(); at < value.getEnd(); at++) {
                    int character = bytes[at] & 0xFF;
                    if (character < ' ' && character != '\t' || character >= 0x7F && character < 0xA0) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
