package routes.api;

import java.util.List;
import ledger.OrderQueries;
import ledger.Refund;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.http.Page;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** {@code GET /api/refunds}: payments that have to be refunded. The hub itself sends no money. */
@Component
class RefundsApi extends RouteBuilder {

    private final OrderQueries orders;

    RefundsApi(OrderQueries orders) {
        this.orders = orders;
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record RefundsDue(List<Refund> refunds, String next) {
    }

    @Override
    public void configure() {
        rest().get("refunds").to("direct:refunds");
        from("direct:refunds").routeId("refunds").process(this::refunds);
    }

    private void refunds(Exchange exchange) {
        Page<Refund> page = Page.of(Page.limit(exchange), rows ->
                orders.refundsDue(Request.idIfGiven(exchange, "after"), rows)
                        .orElseThrow(() -> Problem.malformed("after must be the next of the page before")));
        Reply.json(exchange, 200, new RefundsDue(page.rows(), page.next(Refund::paymentId)));
    }
}
