package hub;

import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.util.pattern.PathPatternParser;

/** How the access rules and the audit read a path. */
final class ApiPaths {

    /** Paths at which a POST changes nothing: its body is only examined. */
    static final String[] LOOKS_WITH_A_BODY = {"/api/routes/check"};

    private ApiPaths() {
    }

    /** Matches paths without regard to case, as Camel's servlet does. */
    static PathPatternRequestMatcher.Builder anyCase() {
        PathPatternParser parser = new PathPatternParser();
        parser.setCaseSensitive(false);
        return PathPatternRequestMatcher.withPathPatternParser(parser);
    }
}
