package hub;

import contract.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import routes.Problem;

/** Problems of requests that never reached a route. */
@Component
class ProblemWriter {

    /** The hub is starting or stopping. */
    void writeNotReady(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "2");
        write(response, 503, "not-ready", "The hub is starting or stopping",
                "nothing was recorded; send the same request again after the seconds in Retry-After");
    }

    /** 404 or 405. */
    void writeNotServed(HttpServletResponse response, int status) throws IOException {
        write(response, status, "not-served", "Not served here",
                "see /api/openapi.yaml for the paths and methods that are");
    }

    void write(HttpServletResponse response, int status, String type, String title, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(Json.write(new Problem(status, type, title, detail).body()));
    }
}
