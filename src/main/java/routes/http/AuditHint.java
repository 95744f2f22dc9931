package routes.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;

/** What a route tells the filter that writes its request to the audit. */
public final class AuditHint {

    private static final String TOLD = "hub.audit.told";
    private static final String WHY = "hub.audit.why";

    private AuditHint() {
    }

    /** Whether the route writes the audit line of its successful act itself. */
    public static boolean isTold(HttpServletRequest request) {
        return request.getAttribute(TOLD) != null;
    }

    /** Why the route refused: the problem's detail. */
    public static Optional<String> why(HttpServletRequest request) {
        return Optional.ofNullable((String) request.getAttribute(WHY));
    }

    static void byRoute(HttpServletRequest request) {
        request.setAttribute(TOLD, true);
    }

    public static void refused(Exchange exchange, Problem problem) {
        if (exchange.getMessage() instanceof HttpMessage message) {
            message.getRequest().setAttribute(WHY, problem.getMessage());
        }
    }
}
