package hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;
import routes.http.Problem;
import routes.http.RateLimitedLog;
import routes.http.Reply;

/**
 * Answers requests that are not authenticated (401), not allowed (403), or whose token cannot be judged because the issuer's
 * keys are missing (503), and counts them as {@code hub_requests_refused_total}. Neither a token nor a parser's message
 * about one is repeated. Unauthenticated requests are not written to the audit, which any caller could fill otherwise.
 */
@Component
class Refusals {

    private static final String NO_CREDENTIAL = "no-credential";
    private static final String UNKNOWN_CREDENTIAL = "unknown-credential";
    private static final String ISSUER_UNAVAILABLE = "issuer-unavailable";
    private static final String NOT_ALLOWED = "not-allowed";

    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(Refusals.class));
    private final MeterRegistry metrics;
    private final String claimOfRoles;

    Refusals(MeterRegistry metrics, HubSettings settings) {
        this.claimOfRoles = settings.oidc().roles();
        this.metrics = metrics;
        // Each counter exists from the start, so that the rate of a reason that never occurred is 0 rather than absent.
        List.of(NO_CREDENTIAL, UNKNOWN_CREDENTIAL, ISSUER_UNAVAILABLE, NOT_ALLOWED).forEach(this::count);
    }

    /** The issuer's keys, which are needed to judge a token, cannot be fetched. */
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
                    + NestedExceptionUtils.getMostSpecificCause(failure));
            response.setHeader("Retry-After", "5");
            Reply.problem(response, new Problem(503, ISSUER_UNAVAILABLE, "The issuer of this token can't be asked",
                    "whose token it is can't be told now; send the same request again after the seconds in Retry-After, "
                            + "and tell the hub's operator if it stays so"));
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
        Reply.problem(response, new Problem(401, NO_CREDENTIAL, "Who are you?", wrong == null
                ? "send Authorization: Bearer with a token that this hub knows"
                : "the token does not hold here: " + wrong + "; get a new one from the issuer and send it as "
                        + "Authorization: Bearer"));
    }

    /** Answers an authenticated request that is not allowed. {@link ActsInAudit} writes it to the audit. */
    void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        count(NOT_ALLOWED).increment();
        boolean withoutARole = request.getUserPrincipal() instanceof JwtAuthenticationToken person
                && person.getAuthorities().stream().map(GrantedAuthority::getAuthority).noneMatch(Roles.ALL::contains);
        Reply.problem(response, new Problem(403, NOT_ALLOWED, "Not with this credential", withoutARole
                ? "the token holds none of this hub's roles in its claim " + claimOfRoles + "; have the issuer put one "
                        + "there and get a new token, or have the hub's operator set hub.oidc.roles to the claim that has "
                        + "them"
                : "this credential is for other requests; use one of the role that /api/openapi.yaml names for it"));
    }

    /** The claims that failed. The token's signature was valid, so its sender may be told. */
    private static String wrong(JwtValidationException invalid) {
        return invalid.getErrors().stream().map(OAuth2Error::getDescription).collect(Collectors.joining(", "));
    }

    /** Without the query, which may hold a token, although the hub reads none from there. */
    private static String said(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod() + " " + path.substring(0, Math.min(path.length(), 200)) + " from "
                + request.getRemoteAddr();
    }

    private Counter count(String reason) {
        return metrics.counter("hub.requests.refused", "reason", reason);
    }
}
