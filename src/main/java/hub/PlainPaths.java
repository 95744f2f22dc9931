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

/**
 * Lets each request be written in one way. A doubled or trailing slash, a parameter of the path or a letter that is
 * percent-encoded makes no difference to a route, and would make one to the rules of who may have it, and in the audit.
 * The web server takes the segments {@code .} and {@code ..} out of the path that it routes by, and leaves them in the one
 * that Spring reads, which throws where the two disagree about the servlet.
 * {@code HEAD} is {@code GET}, whose body the web server leaves out.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlainPaths extends OncePerRequestFilter {

    private final ProblemWriter problems;

    PlainPaths(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        if (path.contains("//") || path.endsWith("/") && path.length() > request.getContextPath().length() + 1) {
            problems.writeNotServed(response, 404);
        } else if (!isPlain(path)) {
            problems.write(response, 400, "malformed", "The request is not what the contract says",
                    "a path has no segment . or .., no ; and no letter, digit, '-', '.', '_' or '~' that is percent-encoded; "
                            + "write it as /api/openapi.yaml has it");
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

    /** By RFC 3986; there encoded and plain are the same. */
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
