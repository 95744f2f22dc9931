package routes;

import contract.Json;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import ledger.Arrival;
import ledger.order.Event;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.SimpleRegistry;
import org.springframework.core.NestedExceptionUtils;
import routes.call.Answer;
import routes.call.CallComponent;
import routes.call.CallEndpoint;
import routes.endpoint.GuaranteedComponent;
import routes.endpoint.LedgerComponent;
import routes.endpoint.LedgerEndpoint;
import routes.endpoint.PullComponent;
import routes.message.EventMapping;
import routes.message.KafkaRecord;
import routes.message.KafkaRecords;

/**
 * Runs samples through edited routes in a Camel context of its own, which is thrown away afterwards. Addresses and options
 * are checked by the real components, and nothing connects: messages that would be sent are recorded, and neighbours answer
 * with the contract's examples. No hub, broker or database is needed, and none is touched.
 */
public final class DryRun {

    private static final int LONGEST = 400;

    /**
     * The result for one route.
     *
     * @param failure why the route can't run; null when it can
     * @param steps   what a sample did on its way, or why no sample was sent
     */
    public record Outcome(String route, String failure, List<String> steps) {
    }

    private final Samples samples = new Samples();
    private final Map<String, Processor> begins = new ConcurrentHashMap<>();
    private final List<String> steps = new ArrayList<>();
    private final Thread here = Thread.currentThread();
    /** Counts the taps that have ended: each runs on a thread of its own. */
    private volatile CountDownLatch taps;
    private volatile RuntimeException tapped;

    private DryRun() {
    }

    /**
     * @param routes       by id, a route file that holds the route alone and has passed the check
     * @param placeholders their values by name
     */
    public static List<Outcome> of(Map<String, String> routes, Properties placeholders) {
        return new DryRun().rehearse(routes, placeholders);
    }

    private List<Outcome> rehearse(Map<String, String> routes, Properties placeholders) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try (DefaultCamelContext camel = context(placeholders)) {
            camel.start();
            routes.forEach((id, yaml) -> outcomes.put(id, rehearse(camel, id, yaml)));
        } catch (Exception e) {
            throw new IllegalStateException("the rehearsal itself failed", e);
        }
        return List.copyOf(outcomes.values());
    }

    private Outcome rehearse(DefaultCamelContext camel, String id, String yaml) {
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(id + ".yaml", yaml));
        } catch (Exception e) {
            return new Outcome(id, reason(e), List.of());
        }
        steps.clear();
        Endpoint from = camel.getRoute(id).getEndpoint();
        String kind = from.getEndpointUri().split(":")[0];
        EventMapping<?> mapping = null;
        try {
            if (kind.equals("direct")) {
                requirePromptness(camel, id);
            }
            mapping = told(camel, id);
            Object sample = switch (kind) {
                case "kafka" -> samples.batch(camel, mapping, expected(camel, id));
                case "ledger", "pull", "guaranteed" -> samples.orders();
                default -> null;
            };
            if (sample == null) {
                return new Outcome(id, null, List.of("it was loaded; no sample was sent, as its processors need a real request"));
            }
            Exchange exchange = new DefaultExchange(camel);
            exchange.getMessage().setBody(sample);
            exchange.setProperty("mapping", mapping);
            tapped = null;
            taps = new CountDownLatch((int) camel.getRouteDefinition(id).getOutputs().stream()
                    .filter(WireTapDefinition.class::isInstance).count());
            begins.get(id).process(exchange);
            if (!taps.await(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a wireTap was sent nothing");
            }
            if (tapped != null) {
                throw tapped;
            }
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            return new Outcome(id, null, List.copyOf(steps));
        } catch (Exception e) {
            return new Outcome(id, "a sample didn't get through: " + reason(e), List.copyOf(steps));
        }
    }

    private DefaultCamelContext context(Properties placeholders) {
        SimpleRegistry beans = new SimpleRegistry();
        processors().forEach((name, processor) -> beans.bind(name, Processor.class, processor));
        DefaultCamelContext camel = new DefaultCamelContext(beans);
        camel.disableJMX();
        camel.getPropertiesComponent().setInitialProperties(placeholders);
        KafkaComponent kafka = new KafkaComponent();
        KafkaConfiguration nowhere = new KafkaConfiguration();
        nowhere.setBrokers("nowhere.invalid:9092");
        kafka.setConfiguration(nowhere);
        camel.addComponent("kafka", kafka);
        LedgerComponent ledger = new LedgerComponent(() -> {
            throw new IllegalStateException("a rehearsal has no ledger");
        }, null, null, null);
        camel.addComponent("ledger", ledger);
        camel.addComponent("pull", new PullComponent(ledger));
        camel.addComponent("guaranteed", new GuaranteedComponent(ledger));
        camel.addComponent("call", new CallComponent(null));
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) ->
                new RecordingEndpoint(endpoint, this::said, begins::put));
        return camel;
    }

    /** Processors that only turn one message into another are the hub's own; those that need the ledger do nothing. */
    private static Map<String, Processor> processors() {
        Map<String, Processor> all = new LinkedHashMap<>();
        EffectKeys keys = new EffectKeys(Instant.EPOCH);
        Stream.of(new OutgoingEvents(keys), new Questions(keys), new PullQuestions(keys), new Confirming(), new CallbackEntry(),
                new Cancelling(), new NeighbourLists(keys)).forEach(beans -> Arrays.stream(beans.getClass().getDeclaredMethods())
                .filter(method -> method.getReturnType() == Processor.class && method.isAnnotationPresent(
                        org.springframework.context.annotation.Bean.class))
                .forEach(method -> all.put(method.getName(), processor(beans, method))));
        return all;
    }

    private static Processor processor(Object beans, Method method) {
        if (method.getParameterCount() > 0) {
            return exchange -> { };
        }
        try {
            return (Processor) method.invoke(beans);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void said(Endpoint endpoint, Exchange exchange) {
        if (Thread.currentThread() == here) {
            wouldBeSent(endpoint, exchange);
            return;
        }
        try {
            wouldBeSent(endpoint, exchange);
        } catch (RuntimeException e) {
            tapped = e;
        } finally {
            taps.countDown();
        }
    }

    /** Records the message that a real endpoint would have been sent. */
    private void wouldBeSent(Endpoint endpoint, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (endpoint instanceof KafkaEndpoint kafka) {
            for (Object each : body instanceof List<?> list ? list : List.of(body)) {
                note("sends to " + kafka.getConfiguration().getTopic() + ": " + message(each));
            }
        } else if (endpoint instanceof CallEndpoint call) {
            note("asks " + cut(call.address().toString()) + ": " + text(Json.write(body)));
            answer(exchange, call);
        } else if (endpoint instanceof LedgerEndpoint ledger) {
            tell(exchange, ledger, body);
        }
    }

    private void answer(Exchange exchange, CallEndpoint call) {
        EventMapping<?> mapping = exchange.getProperty("mapping", EventMapping.class);
        Class<?> wire = mapping == null ? contract.SettledApi.Acknowledgement.class : mapping.wire();
        byte[] answer = samples.answer(wire).orElseThrow(() ->
                new IllegalStateException("the contract has no example of an answer of " + cut(call.address().toString())));
        note("is answered: " + text(answer));
        exchange.getMessage().setBody(new Answer.Answered(answer));
    }

    private void tell(Exchange exchange, LedgerEndpoint ledger, Object body) {
        if (!ledger.tells()) {
            note("strikes out " + Answer.read((Answer) body, contract.SettledApi.Acknowledgement.class).value()
                    .acknowledged());
        } else if (body instanceof List<?> batch) {
            KafkaRecords read = KafkaRecords.read(batch.stream().map(Exchange.class::cast).toList(), ledger.mapping(),
                    ledger.expected(), "rehearsal");
            read.arrivals().stream().map(Arrival::event).forEach(event -> note("tells the ledger: " + cut(event.toString())));
            if (!read.parked().isEmpty()) {
                throw new IllegalStateException("the message would be parked: " + read.parked().get(0).cause());
            }
        } else {
            Answer.Read<?> read = Answer.read((Answer) body, ledger.mapping().wire());
            if (read.value() == null) {
                throw new IllegalStateException(read.none().reason());
            }
            for (Event event : ledger.mapping().read(read.value()).events()) {
                note("tells the ledger: " + cut(event.toString()));
            }
        }
    }

    private synchronized void note(String step) {
        steps.add(step);
    }

    private static String message(Object each) {
        Object body = each instanceof Message message ? message.getBody()
                : each instanceof Exchange exchange ? exchange.getMessage().getBody() : each;
        if (body instanceof byte[] bytes) {
            return text(bytes);
        }
        throw new IllegalStateException("Kafka can't be sent a " + body.getClass().getSimpleName()
                + "; put the wireTap right before or after the to: kafka:, where the message has been made");
    }

    /** A confirmation waits for the route, so that its calls must end in time. @throws IllegalStateException when they may not */
    private static void requirePromptness(DefaultCamelContext camel, String id) {
        Duration longest = sentTo(camel, id, "call").map(CallEndpoint.class::cast).map(CallEndpoint::longest)
                .reduce(Duration.ZERO, Duration::plus);
        if (longest.compareTo(ConfirmOrder.LONGEST_ESTIMATE) > 0) {
            throw new IllegalStateException("a confirmation would wait up to " + longest.toMillis()
                    + " ms for it, and a customer "
                    + "waits " + ConfirmOrder.LONGEST_ESTIMATE.toMillis() + " ms at most: lower timeout or retries, so that "
                    + "timeout × (retries + 1) and the pauses between stay below that");
        }
    }

    /** What the route tells the ledger; null when it tells it nothing that a neighbour said. */
    private static EventMapping<?> told(DefaultCamelContext camel, String id) {
        return toLedger(camel, id).filter(LedgerEndpoint::tells).map(LedgerEndpoint::mapping).findFirst().orElse(null);
    }

    private static KafkaRecord.Expected expected(DefaultCamelContext camel, String id) {
        return toLedger(camel, id).map(LedgerEndpoint::expected).findFirst().orElse(new KafkaRecord.Expected(null, Set.of()));
    }

    private static Stream<LedgerEndpoint> toLedger(DefaultCamelContext camel, String id) {
        return sentTo(camel, id, "ledger").map(LedgerEndpoint.class::cast);
    }

    private static Stream<Endpoint> sentTo(DefaultCamelContext camel, String id, String scheme) {
        CamelContext context = camel;
        return camel.getRouteDefinition(id).getOutputs().stream().filter(ToDefinition.class::isInstance)
                .map(to -> ((ToDefinition) to).getUri()).filter(uri -> uri.startsWith(scheme + ":"))
                .map(uri -> endpoint(context, scheme, uri));
    }

    private static Endpoint endpoint(CamelContext camel, String scheme, String uri) {
        try {
            return camel.getComponent(scheme).createEndpoint(camel.resolvePropertyPlaceholders(uri));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The message of the innermost cause, without the words of Camel's exceptions around it. */
    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cut(String.valueOf(cause.getMessage() == null ? cause.toString() : cause.getMessage()));
    }

    private static String text(byte[] json) {
        return cut(new String(json, StandardCharsets.UTF_8));
    }

    /** Removes user and password from an address, as every viewer may read a report. */
    private static String cut(String address) {
        String text = address.replaceAll("//[^/\\s]*@", "//…@");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
