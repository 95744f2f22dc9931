package routes.endpoint;

import contract.SettledApi;
import java.util.List;
import ledger.Step;
import ledger.Way;
import ledger.order.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import routes.call.Answer;
import routes.call.NoAnswerException;

/**
 * {@code to: ledger:acknowledged}: the other end of a guaranteed arrow says which orders it has; they are no longer owed.
 */
final class AcknowledgedProducer extends DefaultProducer {

    private final LedgerComponent component;

    AcknowledgedProducer(LedgerEndpoint endpoint, LedgerComponent component) {
        super(endpoint);
        this.component = component;
    }

    @Override
    public void process(Exchange exchange) {
        String arrow = ExchangeHelper.getRouteId(exchange);
        Answer.Read<SettledApi.Acknowledgement> read =
                Answer.read(exchange.getMessage().getBody(Answer.class), SettledApi.Acknowledgement.class);
        if (read.value() == null) {
            throw new NoAnswerException(read.none());
        }
        PullContext pulled = PullContext.of(exchange);
        Way way = pulled == null ? Way.CALL : Way.PULL;
        List<String> settled = component.queues().acknowledge(arrow, read.value().acknowledged());
        component.ledger().record(settled.stream()
                .map(orderId -> new Step(orderId, arrow, way, Outcome.APPLIED, null)).toList());
        component.figures().outcome(arrow, Outcome.APPLIED, settled.size());
        exchange.setProperty(LedgerConsumer.RECORDED, true);
        exchange.getMessage().setBody(settled);
    }
}
