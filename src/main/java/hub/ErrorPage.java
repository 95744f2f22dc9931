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
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** Answers what no route answers: unknown paths, methods that a path does not have, requests that the server refused. */
@Controller
class ErrorPage implements ErrorController {

    private final ApplicationAvailability availability;
    private final EntryGate gate;

    ErrorPage(ApplicationAvailability availability, EntryGate gate) {
        this.gate = gate;
        this.availability = availability;
    }

    /** Judged by the original request's method and path; this request has those of the error page. */
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
            // The route is not started yet, removed or suspended, or the server closed while it was reading the request,
            // which it reports as a bad request. The caller must try again.
            Reply.problem(response, Problem.notReady());
        } else if (status >= 500) {
            Reply.problem(response, new Problem(status, "internal", "The hub failed",
                    "nothing was acknowledged; send the same request again, and tell the hub's operator if it stays so"));
        } else if (status == 404 || status == 405) {
            if (status == 405 && request.getAttribute(Request.ALLOWED) instanceof String allowed) {
                response.setHeader("Allow", allowed);
            }
            Reply.problem(response, Problem.notServed(status));
        } else {
            Reply.problem(response, new Problem(status, "malformed", "The request is not what the contract says",
                    "the server refused it unread; see /api/openapi.yaml, correct it and send it again"));
        }
    }
}
