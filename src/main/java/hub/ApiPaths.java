package hub;

import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

/** How the rules of access and the audit read a path. */
final class ApiPaths {

    /** Paths to which a POST changes nothing: it sends what is to be looked at. */
    static final String[] LOOKS_WITH_A_BODY = {"/api/routes/check"};

    private ApiPaths() {
    }

    /** Matches paths as Camel's servlet does, to which {@code /api/Audit} is {@code /api/audit}. */
    static PathPatternRequestMatcher.Builder anyCase() {
        PathPatternParser parser = new PathPatternParser();
        parser.setCaseSensitive(false);
        return PathPatternRequestMatcher.withPathPatternParser(parser);
    }
}
