package routes.http;

import contract.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Writes the answer to an HTTP request. The request's headers are removed, so that none of them is sent back. */
public final class Reply {

    private static final String PROBLEM_JSON = "application/problem+json";

    private Reply() {
    }

    public static void json(Exchange exchange, int status, Object body) {
        send(exchange, status, "application/json", Json.write(body));
    }

    public static void problem(Exchange exchange, Problem problem) {
        send(exchange, problem.status(), PROBLEM_JSON, Json.write(problem.body()));
        problem.headers().forEach(exchange.getMessage()::setHeader);
    }

    /** For a request that no route answers: from a filter or a servlet. */
    public static void problem(HttpServletResponse response, Problem problem) throws IOException {
        problem.headers().forEach(response::setHeader);
        response.setStatus(problem.status());
        response.setContentType(PROBLEM_JSON);
        response.getOutputStream().write(Json.write(problem.body()));
    }

    public static void empty(Exchange exchange, int status) {
        send(exchange, status, null, null);
    }

    public static void send(Exchange exchange, int status, String contentType, Object body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        if (contentType != null) {
            message.setHeader(Exchange.CONTENT_TYPE, contentType);
        }
        message.setBody(body);
    }
}
