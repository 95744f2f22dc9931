package routes.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import ledger.Arrival;
import ledger.OrdersHeld;
import ledger.Origin;
import ledger.Result;
import ledger.Way;
import ledger.order.Event;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;
import routes.call.Answer;
import routes.call.NoAnswerException;
import routes.commit.BatchPolicy;
import routes.message.EventMapping;
import routes.message.KafkaRecords;

/**
 * Tells the ledger what a message says. The body is a batch from Kafka, a neighbour's {@link Answer}, or one message of
 * the contract; afterwards it is the list of {@link Result}s. When this returns, all of it is committed, and only then
 * are Kafka's offsets.
 */
final class LedgerProducer extends DefaultProducer {

    /** A customer waits for the order of a callback; no one waits for what the hub fetched, or was sent by Kafka. */
    private static final Duration GIVE_WAY = Duration.ofMillis(100);

    private static final Duration WAITS_FOR_LOCKED = Duration.ofSeconds(10);

    /**
     * A batch from Kafka. It is kept while Camel tries the exchange again, so that what one partition has committed is not
     * told again when another one failed.
     *
     * @param since when it was read, by {@link System#nanoTime}
     */
    private record InHand(KafkaRecords read, Map<Arrival, Result> committed, long since) {

        private static final String PROPERTY = "hub.inHand";

        static InHand of(Exchange exchange, Supplier<KafkaRecords> read) {
            InHand known = exchange.getProperty(PROPERTY, InHand.class);
            if (known != null) {
                return known;
            }
            InHand first = new InHand(read.get(), new IdentityHashMap<>(), System.nanoTime());
            exchange.setProperty(PROPERTY, first);
            return first;
        }
    }

    private final EventOptions options;
    private final EventMapping<?> mapping;
    private final LedgerComponent component;
    private final BatchPolicy ofRequests;
    private final BatchPolicy ofAnswers;
    private final BatchPolicy ofRecords;

    LedgerProducer(LedgerEndpoint endpoint, EventOptions options, EventMapping<?> mapping, LedgerComponent component) {
        super(endpoint);
        this.options = options;
        this.mapping = mapping;
        this.component = component;
        ofRequests = new BatchPolicy(options.getBatch(), options.getLinger());
        ofAnswers = BatchPolicy.givingWay(options.getBatch(), options.getLinger(), GIVE_WAY);
        ofRecords = BatchPolicy.givingWay(options.getBatch(), options.getLinger().multipliedBy(10), GIVE_WAY);
    }

    @Override
    public void process(Exchange exchange) {
        String arrow = ExchangeHelper.getRouteId(exchange);
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> batch) {
            List<Exchange> records = batch.stream().map(Exchange.class::cast).toList();
            exchange.getMessage().setBody(fromKafka(records, arrow, InHand.of(exchange, () ->
                    KafkaRecords.read(records, mapping, options.expected(), arrow))));
        } else if (body instanceof Answer answer) {
            exchange.getMessage().setBody(answered(answer, arrow, PullContext.of(exchange)));
            exchange.setProperty(LedgerConsumer.RECORDED, true);
        } else {
            List<Result> results = apply(mapping.read(body).events(), arrow, Way.PUSH, origin(exchange), ofRequests);
            component.figures().messages(arrow, Way.PUSH, 1);
            exchange.getMessage().setBody(results);
        }
    }

    private List<Result> fromKafka(List<Exchange> batch, String arrow, InHand inHand) {
        List<Result> results = commit(inHand);
        component.applier().park(inHand.read().parked());
        KafkaRecords.commit(batch);
        component.figures().messages(arrow, Way.PUSH, batch.size());
        return results;
    }

    /** Orders that stay locked don't keep a partition of the topic for long: what it says of them is kept aside. */
    private List<Result> commit(InHand inHand) {
        try {
            return component.commits().commit(inHand.read().arrivals(), ofRecords, inHand.committed());
        } catch (OrdersHeld e) {
            if (System.nanoTime() - inHand.since() < WAITS_FOR_LOCKED.toNanos()) {
                throw e;
            }
            List<Result> results = new ArrayList<>(inHand.committed().values());
            results.addAll(component.applier().keep(inHand.read().arrivals().stream()
                    .filter(arrival -> e.ids().contains(arrival.event().orderId())
                            && !inHand.committed().containsKey(arrival)).toList()));
            return results;
        }
    }

    /** @param pulled null when the call was no pull's */
    private List<Result> answered(Answer answer, String arrow, PullContext pulled) {
        Answer.Read<?> read = Answer.read(answer, mapping.wire());
        if (read.value() == null) {
            throw new NoAnswerException(read.none());
        }
        EventMapping.Reading reading = mapping.read(read.value());
        if (pulled == null) {
            return apply(reading.events(), arrow, Way.CALL, null, ofAnswers);
        }
        List<Result> results = new ArrayList<>(
                apply(pulled.stillTrue(reading.events()), arrow, Way.PULL, null, ofAnswers));
        // After all that the answer says, so that the right payment counts wherever the answer names it.
        results.addAll(apply(pulled.unpaidAllTheSame(results), arrow, Way.PULL, null, ofAnswers));
        pulled.hear(results, reading.causes());
        return results;
    }

    private List<Result> apply(List<Event> events, String arrow, Way way, Supplier<Origin> origin,
                               BatchPolicy policy) {
        return component.commits().commit(
                events.stream().map(event -> new Arrival(event, arrow, way, origin)).toList(), policy);
    }

    /** @return null when there is none */
    @SuppressWarnings("unchecked")
    private static Supplier<Origin> origin(Exchange exchange) {
        return (Supplier<Origin>) exchange.getProperty(LedgerEndpoint.ORIGIN);
    }
}
