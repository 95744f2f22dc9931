package routes.api;

import contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import ledger.ParkedMessage;
import ledger.ParkedMessages;
import ledger.Unreadable;
import ledger.order.Event;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import routes.endpoint.LedgerEndpoint;
import routes.message.EventMapping;
import routes.message.KafkaRecord;

/**
 * Reads a parked message by the rules of its arrow as it is deployed now: those of the {@code to: ledger:…} in the route
 * with the arrow's id, with its tag and sources. A callback is parked after its signature was verified, which is not
 * repeated.
 */
final class Rereading implements ParkedMessages.Reader {

    private final CamelContext camel;

    Rereading(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public List<Event> read(ParkedMessage message) {
        LedgerEndpoint told = deployed(message.arrow());
        EventMapping<?> mapping = told.mapping();
        List<Event> events;
        if (mapping.type() != null) {
            events = new KafkaRecord(message.orderId(), headers(message), message.body()).events(mapping, told.expected());
        } else {
            try {
                events = mapping.read(Json.read(message.body(), mapping.wire())).events();
            } catch (Json.Malformed e) {
                throw new Unreadable(e.getMessage());
            }
        }
        if (events.isEmpty()) {
            throw new Unreadable("it tells of no order");
        }
        return events;
    }

    private LedgerEndpoint deployed(String arrow) {
        RouteDefinition route = ((ModelCamelContext) camel).getRouteDefinition(arrow);
        if (route == null) {
            throw new Unreadable("its arrow " + arrow + " is not deployed; deploy it and replay this again");
        }
        return route.getOutputs().stream().filter(ToDefinition.class::isInstance)
                .map(to -> camel.resolvePropertyPlaceholders(((ToDefinition) to).getUri()))
                .filter(uri -> uri.startsWith("ledger:")).map(uri -> camel.getEndpoint(uri, LedgerEndpoint.class))
                .filter(LedgerEndpoint::tells).findFirst()
                .orElseThrow(() -> new Unreadable("its arrow " + arrow + " tells the ledger nothing"));
    }

    private static Headers headers(ParkedMessage message) {
        Headers headers = new RecordHeaders();
        kept(message).forEach((name, value) ->
                headers.add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    /** The headers as they were parked, by name. */
    @SuppressWarnings("unchecked")
    static Map<String, String> kept(ParkedMessage message) {
        return Json.read(message.headers().getBytes(StandardCharsets.UTF_8), Map.class);
    }
}
