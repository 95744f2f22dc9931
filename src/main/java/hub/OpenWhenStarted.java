package hub;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The web server opens its port before all routes run, and closes it after they have stopped. In between, callers are
 * told to come back: a 404 would make a payment system give up, and a callback whose push nobody listens for yet would
 * be late.
 */
@Component
class OpenWhenStarted extends OncePerRequestFilter {

    private final ObjectProvider<CamelContext> camel;
    private final ProblemWriter problems;

    OpenWhenStarted(ObjectProvider<CamelContext> camel, ProblemWriter problems) {
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
        if (camel.getObject().isStarted()) {
            chain.doFilter(request, response);
        } else {
            problems.writeNotReady(response);
        }
    }
}
