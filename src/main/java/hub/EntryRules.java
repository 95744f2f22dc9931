package hub;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.http.EntryGate;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/**
 * Checks every request of the API before Camel sees it: whether the hub is ready, the method, the content type, and the
 * body's size and time.
 *
 * <p>The web server opens its port before all routes run, and closes it after they have stopped. Meanwhile requests are
 * answered 503 with Retry-After, since a payment system would give up at a 404. Bodies other than plain JSON are refused
 * here, as Camel would decompress or parse them before a route could refuse them.
 */
@Component
class EntryRules extends OncePerRequestFilter {

    private static final Set<String> METHODS = Set.of("GET", "POST");

    /** Decoded paths, without the context path. */
    private static final String API = "/api";
    private static final String CALLBACK = "/payments/callback";
    private static final String ROUTE_FILES = "/routes/";

    private final ObjectProvider<CamelContext> camel;
    private final EntryGate gate;
    private final RequestBodies bodies;
    private final int largestCallback;

    EntryRules(ObjectProvider<CamelContext> camel, EntryGate gate, RequestBodies bodies,
               @Value("${hub.entry.largest-callback}") DataSize largestCallback) {
        this.gate = gate;
        this.camel = camel;
        this.bodies = bodies;
        this.largestCallback = Math.toIntExact(largestCallback.toBytes());
    }

    /** {@code /api/live} is a servlet of its own. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String servlet = request.getServletPath();
        return !servlet.equals(API) && !servlet.startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isOpen()) {
            Reply.problem(response, Problem.notReady());
        } else if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD, POST");
            Reply.problem(response, Problem.notServed(405));
        } else if (request.getHeader("Content-Encoding") != null || !isJsonOrNothing(request.getContentType())) {
            Reply.problem(response, new Problem(415, "content-type", "Not JSON",
                    "the body must be application/json in UTF-8, not encoded; set Content-Type and send it again"));
        } else {
            readBody(request, response, chain);
        }
    }

    /** The body is read before the gate: behind it, a caller that sends slowly would hold up an edit of the entry. */
    private void readBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        try {
            request.setAttribute(Request.BODY, bodies.read(request, largest(path)));
        } catch (Problem e) {
            // A body may break off because the server is closing, which is not the caller's fault.
            Reply.problem(response, e.status() == 400 && !isOpen() ? Problem.notReady() : e);
            return;
        }
        passGate(request, path, response, chain);
    }

    private int largest(String path) {
        return path.equalsIgnoreCase(CALLBACK) ? largestCallback
                : path.regionMatches(true, 0, ROUTE_FILES, 0, ROUTE_FILES.length()) ? Request.LARGEST_FILES
                : Request.LARGEST_BODY;
    }

    private void passGate(HttpServletRequest request, String path, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long number;
        try {
            number = gate.enter(request.getMethod(), path.isEmpty() ? path : path.substring(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Reply.problem(response, Problem.notReady());
            return;
        }
        if (number == EntryGate.CLOSED) {
            Reply.problem(response, Problem.notReady());
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            gate.leave(number);
        }
    }

    private boolean isOpen() {
        return camel.getObject().isStarted() && gate.isOpen();
    }

    /** Checked without a body, too: Camel takes the charset of the request for the answer. */
    private static boolean isJsonOrNothing(String contentType) {
        return contentType == null || Request.isJson(contentType);
    }
}
