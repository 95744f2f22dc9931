package routes;

import contract.CancelRequest;
import ledger.Result;
import ledger.order.CancelState;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.Outcome;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.endpoint.ResultsBody;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** The first and the last processor of {@code cancel-order}: reads the request, and answers it. */
@Configuration
class Cancelling {

    /** @param status the order's cancel state: CANCEL_REQUESTED until the barista has decided */
    record CancelAnswer(String orderId, CancelState status) {
    }

    @Bean
    Processor cancelRequest() {
        return exchange -> {
            String orderId = Request.id(exchange, "orderId");
            byte[] body = Request.bytes(exchange);
            CancelRequest request = new CancelRequest(null);
            if (body.length > 0) {
                Request.requireJson(exchange);
                request = Request.parse(body, CancelRequest.class);
            }
            exchange.getMessage().setBody(new Event.CancelRequested(orderId, request.reason()));
        };
    }

    @Bean
    Processor cancelAnswer() {
        return exchange -> {
            Result result = ResultsBody.first(exchange);
            Order order = result.order();
            if (order == null) {
                throw Problem.noSuchOrder(result.arrival().event().orderId());
            }
            if (result.outcome() == Outcome.REFUSED) {
                throw new Problem(409, "not-cancellable", "The order can't be cancelled",
                        result.why() + "; see GET /api/orders/" + order.id());
            }
            boolean decided = order.cancel().state() == CancelState.CANCELLED;
            Reply.json(exchange, decided ? 200 : 202, new CancelAnswer(order.id(), order.cancel().state()));
        };
    }
}
