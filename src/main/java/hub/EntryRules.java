package hub;

import edits.EntryGate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

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

    private final ObjectProvider<CamelContext> camel;
    private final ProblemWriter problems;
    private final EntryGate gate;

    EntryRules(ObjectProvider<CamelContext> camel, ProblemWriter problems, EntryGate gate) {
        this.gate = gate;
        this.camel = camel;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!camel.getObject().isStarted() || !gate.isOpen()) {
            problems.writeNotReady(response);
        } else if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, POST");
            problems.writeNotServed(response, 405);
        } else if (request.getHeader("Content-Encoding") != null || !isJsonOrNothing(request.getContentType())) {
            problems.write(response, 415, "content-type", "Not JSON",
                    "the body must be application/json in UTF-8, not encoded; set Content-Type and send it again");
        } else {
            passGate(request, response, chain);
        }
    }

    private void passGate(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long number;
        try {
            number = gate.enter(request.getMethod(), request.getRequestURI().substring("/api/".length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problems.writeNotReady(response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            gate.leave(number);
        }
    }

    private static boolean isJsonOrNothing(String contentType) {
        return contentType == null || contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
    }
}
