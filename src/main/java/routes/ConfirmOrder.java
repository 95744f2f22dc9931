package routes;

import contract.Json;
import contract.Kind;
import contract.OrderRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import ledger.Confirmation;
import ledger.Ledger;
import ledger.NewOrder;
import ledger.OrdersHeld;
import ledger.Step;
import ledger.order.Estimate;
import ledger.order.Order;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import routes.commit.BatchPolicy;
import routes.commit.EventApplier;
import routes.commit.GroupCommit;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/**
 * {@code POST /api/orders}, 确认订单: asks both neighbours at the same time for their estimates, then writes the order. Nothing
 * is kept before, so a request that broke off can be sent again. A repeated request asks the neighbours again, as does one
 * while the database is away: looking for the order first would cost every request for the sake of those few.
 */
final class ConfirmOrder extends ServiceSupport implements Processor {

    static final String ORDER_ID = "hub.orderId";

    /**
     * How long the hub waits for a neighbour's estimate, with all attempts; then the customer is told the usual time. No
     * edit may make it longer.
     */
    static final Duration LONGEST_ESTIMATE = Duration.ofSeconds(5);

    /** Bounds the wait for an estimate should a call, against its own shorter time-out, never end. */
    private static final long LONGEST_SECONDS = 20;

    /**
     * 10 ms are little beside the time of the estimates, and a transaction of one order costs about as much as one of five.
     */
    private static final BatchPolicy TERMS = new BatchPolicy(200, Duration.ofMillis(10));

    private static final GroupCommit.FailureClassifier<NewOrder> FAILURES = new GroupCommit.FailureClassifier<>(
            EventApplier::isTheMessagesFault,
            (failure, order) -> failure instanceof OrdersHeld held && held.ids().contains(order.id()));

    private final ProducerTemplate camel;
    private final Ledger ledger;
    private final EventApplier applier;
    private final GroupCommit<NewOrder, Confirmation> commit;

    ConfirmOrder(ProducerTemplate camel, Ledger ledger, EventApplier applier) {
        this.camel = camel;
        this.ledger = ledger;
        this.applier = applier;
        commit = new GroupCommit<>("Ledger-confirm", ledger::confirm, wish -> 1, FAILURES);
    }

    @Override
    protected void doStart() {
        commit.start();
    }

    @Override
    protected void doStop() {
        commit.stop();
    }

    /** @param deliveredAt null for an order that is fetched, as is {@code deliveredAtFrom} */
    record ConfirmAnswer(String orderId, String state, Instant readyAt, String readyAtFrom, Instant deliveredAt,
                         String deliveredAtFrom) {

        static ConfirmAnswer of(Order order) {
            Estimate delivered = order.delivered();
            return new ConfirmAnswer(order.id(), order.making().state().name(), order.ready().at(),
                    order.ready().from(), delivered == null ? null : delivered.at(),
                    delivered == null ? null : delivered.from());
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        OrderRequest request = Request.json(exchange, OrderRequest.class);
        Order.Content content = new Order.Content(request.storeId(), request.kind(), request.amount(),
                request.currency(), new String(Json.write(request.items()), StandardCharsets.UTF_8));
        Confirmation confirmation = confirm(exchange, request, content);
        if (confirmation instanceof Confirmation.Different) {
            throw new Problem(409, "order-id-taken", "The order id was used for another order",
                    "order " + request.orderId() + " exists with other content; confirm this one under an id of its own");
        }
        int status = 200;
        if (confirmation instanceof Confirmation.Created created) {
            status = 201;
            applier.count(created.freed());
        }
        Reply.json(exchange, status, ConfirmAnswer.of(confirmation.order()));
    }

    private Confirmation confirm(Exchange exchange, OrderRequest request, Order.Content content) throws Exception {
        CompletableFuture<Confirming.Estimated> ready = ask(exchange, "direct:confirm-barista-eta", request);
        CompletableFuture<Confirming.Estimated> delivered = request.kind() == Kind.DELIVERY
                ? ask(exchange, "direct:confirm-dispatch-eta", request) : CompletableFuture.completedFuture(null);
        List<Step> steps = new ArrayList<>();
        steps.add(ready.get(LONGEST_SECONDS, TimeUnit.SECONDS).step());
        Estimate deliveredAt = null;
        if (delivered.get(LONGEST_SECONDS, TimeUnit.SECONDS) != null) {
            steps.add(delivered.join().step());
            deliveredAt = delivered.join().estimate();
        }
        return commit.write(new NewOrder(request.orderId(), content, ready.join().estimate(), deliveredAt, steps),
                TERMS);
    }

    private CompletableFuture<Confirming.Estimated> ask(Exchange exchange, String route, OrderRequest request) {
        Exchange question = DefaultExchange.newFromEndpoint(exchange.getFromEndpoint());
        question.setProperty(ORDER_ID, request.orderId());
        question.getMessage().setBody(request);
        return camel.asyncSend(route, question).thenApply(answered -> {
            if (answered.getException() != null) {
                throw new IllegalStateException("the route " + route + " failed", answered.getException());
            }
            return answered.getMessage().getBody(Confirming.Estimated.class);
        });
    }
}
