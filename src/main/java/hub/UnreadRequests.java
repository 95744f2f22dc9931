package hub;

import contract.Json;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import routes.http.Problem;

/** Requests that Tomcat itself refuses (a path that can't be decoded, a header of 10 kB) get a problem, not its HTML. */
@Component
class UnreadRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(Valve.class.getName()));
    }

    /** For requests that no filter has seen. */
    static void answer(Response response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.getOutputStream().write(Json.write(problem.body()));
        response.finishResponse();
    }

    /** Made by Tomcat, by the name of its class. */
    public static final class Valve extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            Problem problem = new Problem(response.getStatus(), response.getStatus() < 500 ? "malformed" : "internal",
                    response.getStatus() < 500 ? "The request is not what the contract says" : "The hub failed",
                    "the server refused it unread; see /api/openapi.yaml, correct it and send it again");
            try {
                answer(response, problem);
            } catch (IOException | IllegalStateException e) {
                container.getLogger().debug("the caller is gone", e);
            }
        }
    }
}
