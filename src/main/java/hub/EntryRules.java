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
import routes.http.Request;

/**
 * What every request of the API keeps, before Camel sees it.
 *
 * <p>The web server opens its port before all routes run, and closes it after they have stopped. In between, callers are
 * told to come back: a 404 would make a payment system give up, and a callback whose push nobody listens for yet would
 * be late. And a body is JSON as it is: Camel would unpack and take apart others before a route could refuse them.
 */
@Component
class EntryRules extends OncePerRequestFilter {

    private static final Set<String> METHODS = Set.of("GET", "POST");

    /** As the web server and its servlets have them: the path below the prefix that the hub may be served at, decoded. */
    private static final String API = "/api";
    private static final String CALLBACK = "/payments/callback";
    private static final String ROUTE_FILES = "/routes/";

    private final ObjectProvider<CamelContext> camel;
    private final ProblemWriter problems;
    private final EntryGate gate;
    private final RequestBodies bodies;
    private final int largestCallback;

    EntryRules(ObjectProvider<CamelContext> camel, ProblemWriter problems, EntryGate gate, RequestBodies bodies,
               @Value("${hub.entry.largest-callback}") DataSize largestCallback) {
        this.gate = gate;
        this.camel = camel;
        this.problems = problems;
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
            problems.writeNotReady(response);
        } else if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD, POST");
            problems.writeNotServed(response, 405);
        } else if (request.getHeader("Content-Encoding") != null || !isJsonOrNothing(request.getContentType())) {
            problems.write(response, 415, "content-type", "Not JSON",
                    "the body must be application/json in UTF-8, not encoded; set Content-Type and send it again");
        } else {
            readBody(request, response, chain);
        }
    }

    /** Before the gate, where a caller that is slow to send one would keep an edit of its entry waiting. */
    private void readBody(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        try {
            request.setAttribute(Request.BODY, bodies.read(request, largest(path)));
        } catch (Problem e) {
            // While the server closes, a body may break off: not the caller's fault.
            problems.write(response, e.status() == 400 && !isOpen() ? Problem.notReady() : e);
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
            problems.writeNotReady(response);
            return;
        }
        if (number == EntryGate.CLOSED) {
            problems.writeNotReady(response);
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

    /** Also of a request without a body: Camel takes the charset of the request for that of the answer. */
    private static boolean isJsonOrNothing(String contentType) {
        return contentType == null || Request.isJson(contentType);
    }
}
