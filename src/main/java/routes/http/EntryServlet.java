package routes.http;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.HttpRestServletResolveConsumerStrategy;

/**
 * Camel's servlet, which finds routes without path parameters by comparing paths. Camel itself would split the paths of all
 * routes for each request.
 */
public final class EntryServlet extends CamelHttpTransportServlet {

    private static final long serialVersionUID = 1L;

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        setServletResolveConsumerStrategy(new ExactPathFirst());
    }

    /** An exact path wins over one with parameters, as it does for Camel. */
    private static final class ExactPathFirst extends HttpRestServletResolveConsumerStrategy {

        @Override
        protected HttpConsumer doResolve(HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
            String path = request.getPathInfo();
            for (HttpConsumer consumer : consumers.values()) {
                if (isAt(consumer.getPath(), path) && method.equals(consumer.getEndpoint().getHttpMethodRestrict())) {
                    return consumer;
                }
            }
            return super.doResolve(request, method, consumers);
        }

        /** Camel calls this for each method when no route matches, until one is allowed. */
        @Override
        public boolean isHttpMethodAllowed(HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
            if (request.getAttribute(Request.ALLOWED) == null) {
                request.setAttribute(Request.ALLOWED, Stream.of("GET", "POST")
                        .filter(each -> super.isHttpMethodAllowed(request, each, consumers))
                        .map(each -> each.equals("GET") ? "GET, HEAD" : each).collect(Collectors.joining(", ")));
            }
            return super.isHttpMethodAllowed(request, method, consumers);
        }

        /** A route's path may be written without the slash in front. */
        private static boolean isAt(String path, String asked) {
            return asked != null && (path.equals(asked)
                    || asked.length() == path.length() + 1 && asked.charAt(0) == '/' && asked.endsWith(path));
        }
    }
}
