package demo;

import contract.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Adds to the demo's hub a reverse proxy from {@code /demo} to the panel, and a link to it on the hub's page, so that the
 * browser needs one origin only. A hub that isn't started by the demo has neither.
 *
 * <p>The panel needs no token: the neighbours' faults can be set without one, too, on the loopback address.
 */
@Configuration
class PanelConfiguration {

    static final String PANEL = "demo.panel";

    @Bean
    @Order(0)
    SecurityFilterChain panelAccess(HttpSecurity http) throws Exception {
        return http.securityMatcher("/demo", "/demo/*")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> panelServlet(@Value("${" + PANEL + "}") URI panel) {
        return new ServletRegistrationBean<>(new PanelProxy(panel), "/demo", "/demo/*");
    }

    /** Replaces the hub's own list of links, which is empty. */
    @Bean
    ServletRegistrationBean<HttpServlet> linkServlet() {
        return new ServletRegistrationBean<>(new Links(), "/page/links.json");
    }

    private static final class Links extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.getOutputStream().write(Json.write(List.of(Map.of("address", "/demo", "en", "Break it", "zh", "弄坏它"))));
        }
    }

    private static final class PanelProxy extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private static final Duration PATIENCE = Duration.ofSeconds(5);
        private static final Set<String> METHODS = Set.of("GET", "PUT");
        private static final Set<String> ANSWERED = Set.of("content-type", "content-security-policy");
        private static final int LARGEST_BODY = 4_096;

        private final transient HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        private final URI panel;

        PanelProxy(URI panel) {
            this.panel = panel;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (!METHODS.contains(request.getMethod())) {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                return;
            }
            HttpRequest.Builder asked = HttpRequest.newBuilder(panel.resolve(request.getRequestURI())).timeout(PATIENCE)
                    // One byte above the limit, so that the panel itself refuses a body that is too large.
                    .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(
                            request.getInputStream().readNBytes(LARGEST_BODY + 1)));
            if (request.getContentType() != null) {
                asked.header("Content-Type", request.getContentType());
            }
            try {
                HttpResponse<byte[]> answer = client.send(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
                response.setStatus(answer.statusCode());
                answer.headers().map().forEach((name, values) -> {
                    if (ANSWERED.contains(name)) {
                        response.setHeader(name, values.get(0));
                    }
                });
                response.getOutputStream().write(answer.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }
}
