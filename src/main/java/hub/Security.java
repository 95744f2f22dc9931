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
import routes.http.Problem;
import routes.http.Reply;

/**
 * Authentication and access rules. Without a credential only health, the contract, the page without its figures, and the
 * callback are served; a callback carries a signature instead, which its route verifies over the raw body.
 */
@Configuration
class Security {

    /** The page's scripts and styles are files of this server; none are inline. */
    private static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String CALLBACK = "/api/payments/callback";

    /**
     * A callback without a credential passes no security filters, which would have nothing to check, thousands of times a
     * second; its route verifies the signature. A callback with a credential is checked as every other request.
     */
    @Bean
    @Order(0)
    SecurityFilterChain callbackAccess(PathPatternRequestMatcher.Builder paths) {
        RequestMatcher callback = paths.matcher(HttpMethod.POST, CALLBACK);
        return new DefaultSecurityFilterChain(request ->
                request.getHeader(HttpHeaders.AUTHORIZATION) == null && callback.matches(request));
    }

    /** The callback's path has no other method than POST. A proxy's check sees a 405 rather than a 401. */
    @Bean
    @Order(0)
    SecurityFilterChain callbackIsPosted(PathPatternRequestMatcher.Builder paths) {
        RequestMatcher callback = paths.matcher(CALLBACK);
        return new DefaultSecurityFilterChain(request -> !request.getMethod().equals(HttpMethod.POST.name())
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null && callback.matches(request),
                (request, response, chain) -> {
                    ((HttpServletResponse) response).setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
                    Reply.problem((HttpServletResponse) response, Problem.notServed(405));
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
                        // The page itself is public; its figures are fetched with the viewer's token.
                        .requestMatchers(HttpMethod.GET, "/", "/index.html", "/page/*", "/webjars/**").permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/openapi.yaml", "/api/schemas/*").permitAll()
                        .requestMatchers(HttpMethod.POST, CALLBACK).permitAll()

                        .requestMatchers(HttpMethod.POST, "/api/orders", "/api/orders/*/cancel")
                        .hasAnyAuthority(Roles.SHOP, Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET, "/api/stores/*/orders")
                        .hasAnyAuthority(Roles.BARISTA, Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/api/orders").hasAnyAuthority(Roles.DISPATCH, Roles.VIEWER)
                        .requestMatchers(HttpMethod.GET, "/api/orders/*").hasAnyAuthority(Roles.SHOP, Roles.VIEWER)

                        // The audit names persons: a viewer may not read it.
                        .requestMatchers(HttpMethod.GET, "/api/audit").hasAuthority(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.POST, ApiPaths.LOOKS_WITH_A_BODY).hasAuthority(Roles.VIEWER)
                        .requestMatchers(HttpMethod.POST, "/api/parked/replay", "/api/parked/dismiss",
                                "/api/orders/*/pull", "/api/routes/tune", "/api/routes/*/pause", "/api/routes/*/resume")
                        .hasAuthority(Roles.OPERATOR)
                        .requestMatchers(HttpMethod.GET).hasAuthority(Roles.VIEWER)
                        // /api/routes/apply, /api/routes/revisions/*/rollback, and every path that is not listed above.
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
     * Spring's firewall, with its rules for header names and values (assigned characters, no control characters) checked
     * without regular expressions: a callback has a dozen headers, and the patterns would cost more than the other filters.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> name.chars().allMatch(Security::isPlain));
        firewall.setAllowedHeaderValues(value -> value.chars().allMatch(c -> c == '\t' || isPlain(c)));
        return firewall;
    }

    /** Tomcat decodes names and values as Latin-1. */
    private static boolean isPlain(int character) {
        return Character.isDefined(character) && !Character.isISOControl(character);
    }

    /** No measuring of each filter of each request: {@link Refusals} counts the refused ones. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy(Roles.HIERARCHY);
    }

    /** The rules read a path as the routes do: {@code /api/Audit} is {@code /api/audit}. */
    @Bean
    PathPatternRequestMatcher.Builder paths() {
        return ApiPaths.anyCase();
    }

    /** Configured tokens first, then those of the issuer if there is one, so that the former never wait for the issuer. */
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
