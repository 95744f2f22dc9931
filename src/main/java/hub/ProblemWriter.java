package hub;

import contract.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import routes.http.Problem;

/** Problems of requests that never reached a route. */
@Component
class ProblemWriter {

    void writeNotReady(HttpServletResponse response) throws IOException {
        write(response, Problem.notReady());
    }

    /** 404 or 405. */
    void writeNotServed(HttpServletResponse response, int status) throws IOException {
        write(response, status, "not-served", "Not served here",
                "see /api/openapi.yaml for the paths and methods that are");
    }

    void write(HttpServletResponse response, int status, String type, String title, String detail) throws IOException {
        write(response, new Problem(status, type, title, detail));
    }

    void write(HttpServletResponse response, Problem problem) throws IOException {
        problem.headers().forEach(response::setHeader);
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.getOutputStream().write(Json.write(problem.body()));
    }
}
