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
 * Every act of a person is in the audit, done, refused or failed, and everyone's who may not act as one. An act is what
 * is sent with another method than a look's, but for a few that are named here: one that is new, or that there isn't, is
 * in the audit without anybody having thought of it. What came of it its route tells better, and may say that it does
 * ({@link AuditHint}); what was refused or failed is told here, what was refused again and again once a minute.
 */
final class ActsInAudit extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ActsInAudit.class);

    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** They change nothing, and are sent often. */
    private static final RequestMatcher LOOKS_WITH_A_BODY = posted(ApiPaths.LOOKS_WITH_A_BODY);

    /** Thousands a second, and each is in its order's timeline. A person who sends one is in the audit all the same. */
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
        // Kept back: whoever has the answer finds the line.
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
            // What was answered stays so; what was done stands in the audit with it.
            LOG.warn("{} {} by {} is not in the audit: {}: {}", act, subject, who.getName(), became,
                    e.getMessage());
        }
    }

    /**
     * As the rules of who may and the routes read it, so that one thing has one name: decoded, and without regard to the
     * case of what it begins with. What follows may be an id, to which its case belongs.
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
