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

/** Limits of a connection's memory and time, and the checks of each request that have to run before any filter. */
@Component
class ConnectionRules implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String MOST = "server.tomcat.max-connections";

    /** Heap that a connection takes while a request with a body of 16 kB is being received: measured, with a margin. */
    private static final long BYTES_OF_ONE = 96 * 1024;
    private static final int FEWEST = 200;
    /** Tomcat's default. */
    private static final int MOST_OF_ALL = 8_192;

    /** Bytes of a chunk's extensions. Nothing needs extensions or trailers, and Tomcat reads them without a time limit. */
    private static final int LARGEST_EXTENSION = 0;
    /** Bytes; the empty line at the end takes two of them. */
    private static final int LARGEST_TRAILER = 16;
    private static final int LONGEST_READ_MILLIS = 2_000;

    /**
     * The kernel's buffer of a connection in each direction, in bytes; Linux doubles it. Left to itself, Linux takes up to
     * 4 MB for a caller that does not read its answers: a thousand of them exceed what the kernel grants to all connections
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
            // Nothing depends on this header, Spring has it parsed for each request, and Tomcat throws at an eleventh
            // language.
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

        /** Reads the rest of the body within the hub's limits; Tomcat itself would wait for each byte of it. */
        private void swallow(Request request, Response response, org.apache.coyote.Request connection) throws IOException {
            response.finishResponse();
            if (request.getAttribute(RequestBodies.GIVEN_UP) != null || !bodies.swallow(request)) {
                connection.action(ActionCode.CLOSE_NOW, null);
            }
        }

        /**
         * Parses the parameters of the query now. An invalid query would throw later, at the first code that asks for one.
         */
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
         * Whether no value holds a control character. Tomcat lets those above 127 through, and Spring's firewall would throw
         * later, at the first code that asks for such a header.
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
