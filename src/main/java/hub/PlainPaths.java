package hub;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.http.Problem;
import routes.http.Reply;

/**
 * Refuses paths that are not in their one plain form. Double or trailing slashes, path parameters and percent-encoded
 * letters make no difference to a route but would make one to the access rules and the audit. The web server removes the
 * segments {@code .} and {@code ..} from the path that it routes by but not from the one that Spring reads, which throws
 * when the two disagree. {@code HEAD} is treated as {@code GET}; the web server leaves out the body.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlainPaths extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (path.contains("//") || path.endsWith("/") && path.length() > request.getContextPath().length() + 1) {
            Reply.problem(response, Problem.notServed(404));
        } else if (!isPlain(path)) {
            Reply.problem(response, new Problem(400, "malformed", "The request is not what the contract says",
                    "a path has no segment . or .., no ; and no letter, digit, '-', '.', '_' or '~' that is percent-encoded; "
                            + "write it as /api/openapi.yaml has it"));
        } else {
            chain.doFilter(request.getMethod().equals("HEAD") ? new Get(request) : request, response);
        }
    }

    private static boolean isPlain(String path) {
        if (path.contains("/./") || path.contains("/../") || path.endsWith("/.") || path.endsWith("/..")) {
            return false;
        }
        for (int at = 0; at < path.length(); at++) {
            char character = path.charAt(at);
            if (character == ';' || character == '%' && at + 2 < path.length() && isUnreserved(decoded(path, at))) {
                return false;
            }
        }
        return true;
    }

    private static int decoded(String path, int at) {
        return 16 * Character.digit(path.charAt(at + 1), 16) + Character.digit(path.charAt(at + 2), 16);
    }

    /** An unreserved character of RFC 3986, whose percent-encoded form means the same as the plain one. */
    private static boolean isUnreserved(int character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9' || character == '-' || character == '.' || character == '_'
                || character == '~';
    }

    private static final class Get extends HttpServletRequestWrapper {

        Get(HttpServletRequest head) {
            super(head);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }
}
