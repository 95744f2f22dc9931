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
import routes.http.EntryGate;
import routes.http.Request;

/** What no route answers: unknown paths, methods that a path doesn't have, requests that the server itself refused. */
@Controller
class ErrorPage implements ErrorController {

    private final ProblemWriter problems;
    private final ApplicationAvailability availability;
    private final EntryGate gate;

    ErrorPage(ProblemWriter problems, ApplicationAvailability availability, EntryGate gate) {
        this.gate = gate;
        this.problems = problems;
        this.availability = availability;
    }

    /** By the request's own method and path: here they are the error's. */
    private boolean isMissing(HttpServletRequest request) {
        String api = request.getContextPath() + "/api/";
        return request.getAttribute(RequestDispatcher.ERROR_METHOD) instanceof String method
                && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path && path.startsWith(api)
                && gate.isMissing(method, path.substring(api.length()));
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        boolean isMissing = (status == 404 || status == 405) && isMissing(request);
        if (availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC || status == 503 || isMissing) {
            // Its route isn't there yet, is gone or suspended, or the server closed on a request that it had read in
            // part, which it calls a bad one: the caller must not take that for an answer.
            problems.writeNotReady(response);
        } else if (status >= 500) {
            problems.write(response, status, "internal", "The hub failed",
                    "nothing was acknowledged; send the same request again, and tell the hub's operator if it stays so");
        } else if (status == 404 || status == 405) {
            if (status == 405 && request.getAttribute(Request.ALLOWED) instanceof String allowed) {
                response.setHeader("Allow", allowed);
            }
            problems.writeNotServed(response, status);
        } else {
            problems.write(response, status, "malformed", "The request is not what the contract says",
                    "the server refused it unread; see /api/openapi.yaml, correct it and send it again");
        }
    }
}
