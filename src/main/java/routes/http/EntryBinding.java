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
 * A request as it came: the body's very bytes, and of the query only the parameters that some route asks for. Camel's own
 * binding unzips bodies, so that a signature would be held against other bytes than were sent; reads forms into headers;
 * and lets a parameter pass for a header.
 */
public final class EntryBinding extends ServletRestHttpBinding {

    private static final Logger LOG = LoggerFactory.getLogger(EntryBinding.class);

    private static final Set<String> PARAMETERS = Set.of("state", "kind", "after", "limit", "order", "store", "arrow",
            "from", "to", "cause", "who", "act", "subject", "revision", "language");

    public EntryBinding() {
        setHeaderFilterStrategy(AllowedHeaders.HTTP);
        setMuteException(true);
    }

    /** Who has gone gets no answer, and what was done is done: it is told to whoever asks again. */
    @Override
    public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
        try {
            super.writeResponse(exchange, response);
        } catch (ClientAbortException e) {
            LOG.debug("{} has answered nobody: who had asked is gone", exchange.getFromRouteId(), e);
        }
    }

    /** Bytes as they are. Camel makes a stream of them, whose copy, up to 128 kB, is kept until the caller has read it. */
    @Override
    protected void doWriteDirectResponse(Message message, HttpServletResponse response, Exchange exchange)
            throws IOException {
        if (message.getBody() instanceof byte[] bytes) {
            try (OutputStream out = response.getOutputStream()) {
                out.write(bytes);
                // Closing alone does not tell that the caller is gone.
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

    /** None of them is anybody's business but the content type, which Camel takes by itself. */
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
                // Given twice it is no value that a parameter may have.
                String before = message.getHeader(parts[0], String.class);
                String value = parts.length == 1 ? "" : decoded(parts[1]);
                message.setHeader(parts[0], before == null ? value : before + "," + value);
            }
        }
    }

    @Override
    protected void readFormUrlEncodedBody(HttpServletRequest request, Message message) {
        // A form is a body like any other, and nothing that the hub takes.
    }

    @Override
    protected void populateAttachments(HttpServletRequest request, Message message) {
        // There are none; Camel would look for them among the request's attributes.
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // As it is; the route that asks for it refuses it.
            return value;
        }
    }

    /** What is left of its parameters are those of the path. */
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
