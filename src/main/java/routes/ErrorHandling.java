package routes;

import ledger.OrdersHeld;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.servlet.ServletEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.call.NoAnswerException;
import routes.commit.CommitRejected;
import routes.commit.DatabaseOutage;
import routes.http.AuditHint;
import routes.http.Problem;
import routes.http.Reply;

/**
 * What happens when a route fails, for every route: a caller over HTTP is answered with a problem; a batch from Kafka is
 * tried again while the database is away, and is never skipped; an order that a route from {@code ledger:} could not send
 * stays owed.
 */
@Component
class ErrorHandling extends RouteConfigurationBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandling.class);

    private static final Predicate OVER_HTTP = exchange -> exchange.getFromEndpoint() instanceof ServletEndpoint;
    private static final Predicate OVER_KAFKA = exchange -> exchange.getFromEndpoint() instanceof KafkaEndpoint;

    @Override
    public void configuration() {
        routeConfiguration()
                .onException(Problem.class).onWhen(OVER_HTTP)
                    .handled(true)
                    .process(ErrorHandling::problem)
                .end()
                .onException(CommitRejected.class).onWhen(OVER_HTTP)
                    .handled(true)
                    .process(ErrorHandling::rejected)
                .end()
                // The endpoint call: has logged it in one line; it is not a fault of the hub.
                .onException(NoAnswerException.class).logExhausted(false)
                .end()
                // One clause for all others: of several, Camel takes the one that fits the innermost cause, not the failure.
                .onException(Exception.class).onWhen(OVER_HTTP)
                    .handled(true)
                    .process(ErrorHandling::failed)
                .end()
                // Kafka keeps the batch, and this thread has nothing else to do than to wait for the database. After
                // these the consumer reconnects and reads the same batch again.
                .onException(Exception.class).onWhen(OVER_KAFKA)
                    .maximumRedeliveries(20).redeliveryDelay(100).useExponentialBackOff().backOffMultiplier(2)
                    .maximumRedeliveryDelay(2_000).useCollisionAvoidance().collisionAvoidancePercent(30)
                .end();
    }

    private static void problem(Exchange exchange) {
        Problem problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Problem.class);
        // While the server closes, a body may break off or read as empty, which is not the caller's fault. Both refusals
        // come before anything is recorded.
        boolean unread = problem.status() == 400 || problem.status() == 401;
        Problem said = unread && !exchange.getContext().isStarted() ? Problem.notReady() : problem;
        AuditHint.refused(exchange, said);
        Reply.problem(exchange, said);
    }

    private static void rejected(Exchange exchange) {
        CommitRejected rejected = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, CommitRejected.class);
        Problem said = rejected.isOfTheLedger() ? Problem.unavailable() : Problem.notReady();
        AuditHint.refused(exchange, said);
        Reply.problem(exchange, said);
    }

    private static void failed(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (DatabaseOutage.isOne(failure)) {
            LOG.warn("{} answered 503, the caller may try again: {}", exchange.getFromRouteId(), failure.getMessage());
            Reply.problem(exchange, failure instanceof OrdersHeld ? Problem.orderLocked() : Problem.unavailable());
        } else {
            LOG.error("{} answered 500, nothing was acknowledged", exchange.getFromRouteId(), failure);
            Reply.problem(exchange, Problem.internal());
        }
    }
}
