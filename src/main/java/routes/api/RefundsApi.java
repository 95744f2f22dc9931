package routes.api;

import java.util.List;
import ledger.OrderQueries;
import ledger.Refund;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.http.Paging;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** {@code GET /api/refunds}: money that must go back, for whoever sends it. */
@Component
class RefundsApi extends RouteBuilder {

    private final OrderQueries orders;

    RefundsApi(OrderQueries orders) {
        this.orders = orders;
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record Page(List<Refund> refunds, String next) {
    }

    @Override
    public void configure() {
        rest().get("refunds").to("direct:refunds");
        from("direct:refunds").routeId("refunds").process(this::refunds);
    }

    private void refunds(Exchange exchange) {
        int limit = Paging.limit(exchange);
        String after = exchange.getMessage().getHeader("after") == null ? null : Request.id(exchange, "after");
        List<Refund> found = orders.refundsDue(after, limit + 1)
                .orElseThrow(() -> Problem.malformed("after must be the next of the page before"));
        List<Refund> page = found.size() > limit ? found.subList(0, limit) : found;
        Reply.json(exchange, 200, new Page(page, found.size() > limit ? page.get(limit - 1).paymentId() : null));
    }
}
