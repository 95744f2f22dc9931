package hub;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What no route answers: unknown paths, methods that a path doesn't have, requests that the server itself refused. */
@Controller
class ErrorPage implements ErrorController {

    private final ProblemWriter problems;
    private final ApplicationAvailability availability;

    ErrorPage(ProblemWriter problems, ApplicationAvailability availability) {
        this.problems = problems;
        this.availability = availability;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC || status == 503) {
            // Its route isn't there yet, is gone or suspended, or the server closed on a request that it had read in
            // part, which it calls a bad one: whoever asks must not take that for an answer.
            problems.writeNotReady(response);
        } else if (status >= 500) {
            problems.write(response, status, "internal", "The hub failed",
                    "nothing was acknowledged; send the same request again, and tell the hub's operator if it stays so");
        } else if (status == 404 || status == 405) {
            problems.writeNotServed(response, status);
        } else {
            problems.write(response, status, "malformed", "The request is not what the contract says",
                    "the server refused it unread; see /api/openapi.yaml, correct it and send it again");
        }
    }
}
