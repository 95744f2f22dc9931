package hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import routes.http.RateLimitedLog;

/**
 * What those are told who may not, and how often that was. A token is never repeated, nor what a parser says of one.
 * Who is unknown is counted and logged, and not in the audit, which anybody could fill up then.
 */
@Component
class Refusals {

    private static final String NO_CREDENTIAL = "no-credential";
    private static final String UNKNOWN_CREDENTIAL = "unknown-credential";
    private static final String ISSUER_UNAVAILABLE = "issuer-unavailable";
    private static final String NOT_ALLOWED = "not-allowed";

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(Refusals.class));
    private final ProblemWriter problems;
    private final MeterRegistry metrics;
    private final String claimOfRoles;

    Refusals(ProblemWriter problems, MeterRegistry metrics, HubSettings settings) {
        this.problems = problems;
        this.claimOfRoles = settings.oidc().roles();
        this.metrics = metrics;
        // Each is there from the start: a rate of what has never been is 0, and not nothing.
        List.of(NO_CREDENTIAL, UNKNOWN_CREDENTIAL, ISSUER_UNAVAILABLE, NOT_ALLOWED).forEach(this::count);
    }

    /** The issuer's keys are needed to judge a token, and can't be had. */
    static final class IssuerUnavailable extends AuthenticationException {
        IssuerUnavailable(Throwable cause) {
            super("the issuer's keys can't be had", cause);
        }
    }

    void unauthenticated(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof IssuerUnavailable) {
            count(ISSUER_UNAVAILABLE).increment();
            log.warn(ISSUER_UNAVAILABLE, () -> said(request) + " was answered 503, see whether this hub reaches the issuer: "
                    + rootCause(failure));
            response.setHeader("Retry-After", "5");
            problems.write(response, 503, ISSUER_UNAVAILABLE, "The issuer of this token can't be asked",
                    "whose token it is can't be told now; send the same request again after the seconds in Retry-After, "
                            + "and tell the hub's operator if it stays so");
            return;
        }
        boolean given = failure instanceof OAuth2AuthenticationException;
        String wrong = failure.getCause() instanceof JwtValidationException invalid ? wrong(invalid) : null;
        count(given ? UNKNOWN_CREDENTIAL : NO_CREDENTIAL).increment();
        if (ActsInAudit.isAct(request)) {
            log.warn(given ? UNKNOWN_CREDENTIAL : NO_CREDENTIAL, () -> said(request) + " was refused, 401: "
                    + (!given ? "no credential" : wrong == null ? "a credential that is not known" : wrong));
        }
        response.setHeader("WWW-Authenticate", "Bearer");
        problems.write(response, 401, NO_CREDENTIAL, "Who are you?", wrong == null
                ? "send Authorization: Bearer with a token that this hub knows"
                : "the token does not hold here: " + wrong + "; get a new one from the issuer and send it as "
                        + "Authorization: Bearer");
    }

    /** To someone who is known. The audit has it from {@link ActsInAudit}. */
    void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        count(NOT_ALLOWED).increment();
        boolean withoutARole = request.getUserPrincipal() instanceof JwtAuthenticationToken person
                && person.getAuthorities().stream().map(GrantedAuthority::getAuthority).noneMatch(Roles.ALL::contains);
        problems.write(response, 403, NOT_ALLOWED, "Not with this credential", withoutARole
                ? "the token holds none of this hub's roles in its claim " + claimOfRoles + "; have the issuer put one "
                        + "there and get a new token, or have the hub's operator set hub.oidc.roles to the claim that has them"
                : "this credential is for other requests; use one of the role that /api/openapi.yaml names for it");
    }

    /** Claims that are amiss. The signature held, so it may be said to who sent it. */
    private static String wrong(JwtValidationException invalid) {
        return invalid.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining(", "));
    }

    /** Without the query, in which a token may stand, though it is none there. */
    private static String said(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod() + " " + path.substring(0, Math.min(path.length(), 200)) + " from "
                + request.getRemoteAddr();
    }

    private static String rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    private Counter count(String reason) {
        return metrics.counter("hub.requests.refused", "reason", reason);
    }
}
