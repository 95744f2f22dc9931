package hub;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import ledger.Actor;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may do what. Without a credential only health, the contract and the callback answer; the callback carries a
 * signature instead, which its route verifies over the raw body.
 */
@Configuration
class Security {

    private static final Logger LOG = LoggerFactory.getLogger(Security.class);

    /** Acts of the operator, in the audit also when they are refused. */
    private static final String[] OPERATORS_ACTS = {"/api/parked/replay", "/api/parked/dismiss"};

    /** The actuator listens on a loopback port of its own. */
    @Bean
    @Order(1)
    SecurityFilterChain actuatorAccess(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher(EndpointRequest.toAnyEndpoint()))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiAccess(HttpSecurity http, OpaqueTokenIntrospector tokens, ProblemWriter problems, Audit audit)
            throws Exception {
        return stateless(http)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/livez", "/readyz", "/error").permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/openapi.yaml", "/api/schemas/*").permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/payments/callback").permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/orders", "/api/orders/*/cancel")
                        .hasAnyAuthority("shop", "operator")
                        .requestMatchers(HttpMethod.GET, "/api/stores/*/orders").hasAnyAuthority("barista", "operator")
                        .requestMatchers(HttpMethod.GET, "/api/orders").hasAnyAuthority("dispatch", "operator")
                        .requestMatchers(HttpMethod.GET, "/api/orders/*").hasAnyAuthority("shop", "operator")
                        .requestMatchers(HttpMethod.GET, "/api/arrows", "/api/flow", "/api/parked", "/api/refunds")
                        .hasAuthority("operator")
                        .requestMatchers(HttpMethod.POST, OPERATORS_ACTS).hasAuthority("operator")
                        // Whatever else there may be is not a neighbour's.
                        .anyRequest().hasAuthority("operator"))
                .oauth2ResourceServer(server -> server
                        .opaqueToken(opaque -> opaque.introspector(tokens))
                        .authenticationEntryPoint((request, response, e) -> unauthenticated(problems, response))
                        .accessDeniedHandler((request, response, e) -> forbidden(problems, audit, request, response)))
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((request, response, e) -> unauthenticated(problems, response))
                        .accessDeniedHandler((request, response, e) -> forbidden(problems, audit, request, response)))
                .build();
    }

    /** The tokens of the configuration, each with the one authority of its name. */
    @Bean
    OpaqueTokenIntrospector tokens(HubSettings settings) {
        HubSettings.Tokens tokens = settings.tokens();
        Map<String, byte[]> known = new java.util.TreeMap<>();
        keep(known, "operator", tokens.operator());
        keep(known, "shop", tokens.shop());
        keep(known, "barista", tokens.barista());
        keep(known, "dispatch", tokens.dispatch());
        return token -> {
            byte[] digest = digest(token);
            // All of them are compared, in constant time each: the time tells nothing of a token.
            List<String> holders = known.entrySet().stream()
                    .filter(entry -> MessageDigest.isEqual(entry.getValue(), digest)).map(Map.Entry::getKey).toList();
            if (holders.isEmpty()) {
                throw new BadOpaqueTokenException("unknown token");
            }
            return new DefaultOAuth2AuthenticatedPrincipal(holders.get(0), Map.of("sub", holders.get(0)),
                    holders.stream().<org.springframework.security.core.GrantedAuthority>map(
                            SimpleGrantedAuthority::new).toList());
        };
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }

    private static void unauthenticated(ProblemWriter problems, HttpServletResponse response) throws java.io.IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        problems.write(response, 401, "no-credential", "Who are you?",
                "send Authorization: Bearer with a token that this hub knows");
    }

    private static void forbidden(ProblemWriter problems, Audit audit, HttpServletRequest request,
                                  HttpServletResponse response) throws java.io.IOException {
        String path = request.getRequestURI();
        if (request.getMethod().equals("POST")
                && (List.of(OPERATORS_ACTS).contains(path) || path.matches("/api/orders/[^/]+/pull"))) {
            try {
                audit.add(new Actor(request.getRemoteUser(), request.getRemoteAddr()),
                        path.substring(path.lastIndexOf('/') + 1),
                        path.substring("/api/".length(), path.lastIndexOf('/')), "refused: not the operator's credential");
            } catch (org.springframework.dao.DataAccessException e) {
                // It is refused all the same.
                LOG.warn("{} was refused to {}, which is not in the audit: {}", path, request.getRemoteUser(),
                        e.getMessage());
            }
        }
        problems.write(response, 403, "not-allowed", "Not with this credential",
                "this credential is for other requests; use the one of the operator or of the neighbour concerned");
    }

    private static void keep(Map<String, byte[]> known, String name, String token) {
        if (token != null && !token.isBlank()) {
            known.put(name, digest(token));
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
