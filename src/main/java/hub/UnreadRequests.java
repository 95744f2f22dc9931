package hub;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import routes.http.Problem;
import routes.http.Reply;

/**
 * Answers requests that Tomcat refuses (a path that cannot be decoded, a header of 10 kB) with a problem instead of HTML.
 */
@Component
class UnreadRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(Valve.class.getName()));
    }

    /** Answers a request that no filter has seen. */
    static void answer(Response response, Problem problem) throws IOException {
        Reply.problem(response, problem);
        response.finishResponse();
    }

    /** Created by Tomcat from the name of the class, and public for that. */
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
