package hub;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What no route answers: unknown paths, methods that a path doesn't have, requests that the server itself refused. */
@Controller
class ErrorPage implements ErrorController {

    private final ProblemWriter problems;
    private final CamelContext camel;

    ErrorPage(ProblemWriter problems, CamelContext camel) {
        this.problems = problems;
        this.camel = camel;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!camel.isStarted()) {
            // Its route is gone because all of them are: whoever asks must not take that for an answer.
            problems.writeNotReady(response);
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        problems.write(response, status, "not-served", "Not served here",
                "see /api/openapi.yaml for the paths and methods that are");
    }
}
