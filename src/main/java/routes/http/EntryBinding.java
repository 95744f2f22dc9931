package routes.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.servlet.ServletRestHttpBinding;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a request an exchange: the body's bytes unchanged, no header, and only those query parameters that a route reads.
 * Camel's own binding decompresses bodies, so that a signature would be verified against other bytes than were sent; it also
 * reads forms into headers, and makes every parameter a header. A new query parameter has to be added to {@link
 * #PARAMETERS}.
 */
public final class EntryBinding extends ServletRestHttpBinding {

    private static final Logger LOG = LoggerFactory.getLogger(EntryBinding.class);

    private static final Set<String> PARAMETERS = Set.of("state", "kind", "after", "limit", "order", "store", "arrow",
            "from", "to", "cause", "who", "act", "subject", "revision", "language");

    public EntryBinding() {
        setHeaderFilterStrategy(AllowedHeaders.HTTP);
        setMuteException(true);
    }

    /**
     * A caller that has closed its connection gets no answer. What was done stays done, and a repeated request is told so.
     */
    @Override
    public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
        try {
            super.writeResponse(exchange, response);
        } catch (ClientAbortException e) {
            LOG.debug("{} has answered nobody: who had asked is gone", exchange.getFromRouteId(), e);
        }
    }

    /** Writes bytes directly. Camel would copy them into a stream of up to 128 kB, kept until the caller has read it. */
    @Override
    protected void doWriteDirectResponse(Message message, HttpServletResponse response, Exchange exchange)
            throws IOException {
        if (message.getBody() instanceof byte[] bytes) {
            try (OutputStream out = response.getOutputStream()) {
                out.write(bytes);
                // Closing alone reports no error when the caller is gone.
                out.flush();
            }
        } else {
            super.doWriteDirectResponse(message, response, exchange);
        }
    }

    @Override
    public Object parseBody(HttpServletRequest request, Message message) {
        return request.getAttribute(Request.BODY);
    }

    /** Headers that a caller must not set: all of them. Camel reads the content type by itself. */
    @Override
    protected void readHeaders(HttpServletRequest request, Message message) {
        populateRequestParameters(request, message);
    }

    @Override
    protected void populateRequestParameters(HttpServletRequest request, Message message) {
        super.populateRequestParameters(new WithoutParameters(request), message);
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        for (String parameter : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            if (PARAMETERS.contains(parts[0])) {
                // A parameter that is given twice becomes one value with a comma, which no route accepts.
                String before = message.getHeader(parts[0], String.class);
                String value = parts.length == 1 ? "" : decoded(parts[1]);
                message.setHeader(parts[0], before == null ? value : before + "," + value);
            }
        }
    }

    @Override
    protected void readFormUrlEncodedBody(HttpServletRequest request, Message message) {
        // The hub takes no forms: a form stays a body, which is refused as no JSON.
    }

    @Override
    protected void populateAttachments(HttpServletRequest request, Message message) {
        // There are none; Camel would look for them among the request's attributes.
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Left undecoded; the route that reads it refuses it.
            return value;
        }
    }

    /** Hides the query's parameters from Camel, which then adds those of the path only. */
    private static final class WithoutParameters extends HttpServletRequestWrapper {

        WithoutParameters(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Enumeration<String> getParameterNames() {
            return Collections.emptyEnumeration();
        }
    }
}
