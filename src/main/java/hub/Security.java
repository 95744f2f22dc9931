package hub;

import jakarta.servlet.http.HttpServletResponse;
import ledger.Audit;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may do what. Without a credential only health, the contract, the page without its figures, and the callback answer;
 * the callback carries a signature instead, which its route verifies over the raw body.
 */
@Configuration
class Security {

    /** What the page is made of comes from here, and nothing of it stands in its HTML. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String CALLBACK = "/api/payments/callback";

    /**
     * A callback without a credential has nothing that a filter could look at: it is let through as it is, thousands a
     * second, and its route verifies its signature. With one it is judged as everything else.
     */
    @Bean
    @Order(0)
    SecurityFilterChain callbackAccess(PathPatternRequestMatcher.Builder paths) {
        RequestMatcher callback = paths.matcher(HttpMethod.POST, CALLBACK);
        return new DefaultSecurityFilterChain(request ->
                request.getHeader(HttpHeaders.AUTHORIZATION) == null && callback.matches(request));
    }

    /** With another method there is nothing at its path: a proxy's check is to see that, and not a 401. */
    @Bean
    @Order(0)
    SecurityFilterChain callbackIsPosted(PathPatternRequestMatcher.Builder paths, ProblemWriter problems) {
        RequestMatcher callback = paths.matcher(CALLBACK);
        return new DefaultSecurityFilterChain(request -> !request.getMethod().equals(HttpMethod.POST.name())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null && callback.matches(request),
                (request, response, chain) -> {
                    ((HttpServletResponse) response).setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
                    problems.writeNotServed((HttpServletResponse) response, 405);
                });
    }

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
    SecurityFilterChain apiAccess(HttpSecurity http, HubSettings settings, Refusals refusals, Audit audit,
                                  RefusalsInAudit refusalsInAudit) throws Exception {
        AuthenticationManager credentials = credentials(settings);
        return stateless(http)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/livez", "/readyz", "/error").permitAll()
                        // The page as such is no secret; what it shows, it asks for with the token of who looks.
                        .requestMatchers(HttpMethod.GET, "/", "/index.html", "/page/*", "/webjars/**").permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/openapi.yaml", "/api/schemas/*").permitAll()
                        .requestMatchers(HttpMethod.POST, CALLBACK).permitAll()

                        .requestMatchers(HttpMethod.POST, "/api/orders", "/api/orders/*/cancel")
                        .hasAnyAuthority(Roles.SHOP, Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET, "/api/stores/*/orders")
                        .hasAnyAuthority(Roles.BARISTA, Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/api/orders").hasAnyAuthority(Roles.DISPATCH, Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/api/orders/*").hasAnyAuthority(Roles.SHOP, Roles.VIEWER)

                        // Who did what is not everybody's to read.
                        .requestMatchers(HttpMethod.GET, "/api/audit").hasAuthority(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.POST, ApiPaths.LOOKS_WITH_A_BODY).hasAuthority(Roles.VIEWER)
                        .requestMatchers(HttpMethod.POST, "/api/parked/replay", "/api/parked/dismiss",
                                "/api/orders/*/pull", "/api/routes/tune", "/api/routes/*/pause", "/api/routes/*/resume")
                        .hasAuthority(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET).hasAuthority(Roles.VIEWER)
                        // /api/routes/apply, /api/routes/revisions/*/rollback, and whatever act nobody has named here.
                        .anyRequest().hasAuthority(Roles.DEPLOYER))
                .oauth2ResourceServer(server -> server
                        .authenticationManagerResolver(request -> credentials)
                        .authenticationEntryPoint(refusals::unauthenticated)
                        .accessDeniedHandler((request, response, e) -> refusals.forbidden(request, response)))
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint(refusals::unauthenticated)
                        .accessDeniedHandler((request, response, e) -> refusals.forbidden(request, response)))
                .addFilterBefore(new ActsInAudit(audit, refusalsInAudit), ExceptionTranslationFilter.class)
                .build();
    }

    /**
     * Spring's own. Its rules for names and values of headers, assigned characters but for control ones, are looked at
     * letter by letter: a callback has a dozen of them, and the patterns would be the dearest part of its way in.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> name.chars().allMatch(Security::isPlain));
        firewall.setAllowedHeaderValues(value -> value.chars().allMatch(c -> c == '\t' || isPlain(c)));
        return firewall;
    }

    /** Names and values come from the web server as Latin-1. */
    private static boolean isPlain(int character) {
        return Character.isDefined(character) && !Character.isISOControl(character);
    }

    /** Each filter of each request would be measured, and nobody looks at that: {@link Refusals} counts who is refused. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy(Roles.HIERARCHY);
    }

    /** The rules read a path as the routes do, to whom {@code /api/Audit} is {@code /api/audit}. */
    @Bean
    PathPatternRequestMatcher.Builder paths() {
        return ApiPaths.anyCase();
    }

    /** The tokens of the configuration, and those of the issuer if there is one; the former never wait for the latter. */
    private static AuthenticationManager credentials(HubSettings settings) {
        AuthenticationProvider configured =
                new OpaqueTokenAuthenticationProvider(new ConfiguredTokens(settings.tokens()));
        ProviderManager all = settings.oidc().issuer().isEmpty() ? new ProviderManager(configured)
                : new ProviderManager(configured, OpenIdConnect.provider(settings.oidc()));
        return credential -> {
            try {
                return all.authenticate(credential);
            } catch (AuthenticationServiceException e) {
                // Spring would make it a 500.
                throw new Refusals.IssuerUnavailable(e);
            }
        };
    }

    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER)))
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    }
}
