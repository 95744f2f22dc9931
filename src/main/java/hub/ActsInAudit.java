package hub;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger.Actor;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import routes.http.AuditHint;

/**
 * Writes each act of an authenticated caller to the audit, whether it succeeded, was refused or failed. An act is a request
 * whose method is not one of {@link #LOOKS}, with the exceptions listed here, so that a new path is audited without being
 * listed. A neighbour's regular requests ({@link #NEIGHBOURS_OWN}) are left out. A route that writes the line of a
 * successful act itself says so by {@link AuditHint}; refusals and failures are written here, repeated refusals once a
 * minute.
 */
final class ActsInAudit extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ActsInAudit.class);

    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** These change nothing and are sent often. */
    private static final RequestMatcher LOOKS_WITH_A_BODY = posted(ApiPaths.LOOKS_WITH_A_BODY);

    /** Thousands a second, each of which is in its order's timeline. They are audited when a person sends them. */
    private static final RequestMatcher NEIGHBOURS_OWN =
            posted("/api/orders", "/api/orders/*/cancel", "/api/payments/callback");

    private static final int LONGEST_WORD = 200;

    private final Audit audit;
    private final RefusalsInAudit refusals;

    ActsInAudit(Audit audit, RefusalsInAudit refusals) {
        this.audit = audit;
        this.refusals = refusals;
    }

    static boolean isAct(HttpServletRequest request) {
        return !LOOKS.contains(request.getMethod()) && !LOOKS_WITH_A_BODY.matches(request);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isAct(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (!isToBeTold(who, request)) {
            chain.doFilter(request, response);
            return;
        }
        // The answer is held back until the line is written, so that a caller who has the answer finds the line.
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        int status = 500;
        try {
            chain.doFilter(request, answer);
            status = answer.getStatus();
        } finally {
            tell(who, request, status);
        }
        answer.copyBodyToResponse();
    }

    private static boolean isToBeTold(Authentication who, HttpServletRequest request) {
        return who != null && !(who instanceof AnonymousAuthenticationToken)
                && (roles(who).anyMatch(Roles.PEOPLE::contains) || !NEIGHBOURS_OWN.matches(request));
    }

    private void tell(Authentication who, HttpServletRequest request, int status) {
        String became;
        if (status == 403) {
            became = "refused: not allowed to " + (roles(who).findAny().isEmpty() ? "someone without a role"
                    : roles(who).collect(Collectors.joining(", ")));
        } else if (status >= 400) {
            became = (status < 500 ? "refused: " : "failed: ") + AuditHint.why(request).orElse("answered " + status);
        } else if (AuditHint.isTold(request)) {
            return;
        } else {
            became = "answered " + status;
        }
        String path = path(request);
        int last = request.getMethod().equals("POST") ? path.lastIndexOf('/') : -1;
        String act = cut((last < 0 ? request.getMethod() : path.substring(last + 1)).toLowerCase(Locale.ROOT));
        String subject = cut(last < 0 ? path : path.substring(0, last));
        Actor actor = new Actor(who.getName(), request.getRemoteAddr());
        if (status >= 400 && status < 500) {
            refusals.add(new RepeatedRefusals.Refusal(actor, act, subject, became));
            return;
        }
        try {
            audit.add(actor, act, subject, became);
        } catch (DataAccessException e) {
            // The answer stays as it is. A successful change wrote its own line in its own transaction.
            LOG.warn("{} {} by {} is not in the audit: {}: {}", act, subject, who.getName(), became,
                    e.getMessage());
        }
    }

    /**
     * The decoded path as the access rules and the routes read it, so that one subject has one name in the audit. The first
     * segment is lower-cased, since Camel's servlet ignores its case; later segments may be ids, whose case matters.
     */
    private static String path(HttpServletRequest request) {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        String[] parts = path.replaceFirst("^/(api/)?", "").split("/", 2);
        return parts[0].toLowerCase(Locale.ROOT) + (parts.length > 1 ? "/" + parts[1] : "");
    }

    private static Stream<String> roles(Authentication who) {
        return who.getAuthorities().stream().map(GrantedAuthority::getAuthority).filter(Roles.ALL::contains);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_WORD));
    }

    private static RequestMatcher posted(String... paths) {
        return new OrRequestMatcher(Stream.of(paths).<RequestMatcher>map(path ->
                ApiPaths.anyCase().matcher(HttpMethod.POST, path)).toList());
    }
}
