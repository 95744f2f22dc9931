package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the operator asks about parked messages. */
public final class OperatorClient {

    private final HubClient hub;

    public OperatorClient(HubClient hub) {
        this.hub = hub;
    }

    /** @param query as in {@code order=81&state=ALL} */
    public List<JsonNode> parked(String query) {
        HubClient.Reply reply = hub.get("/api/parked?" + query, SharedHub.OPERATOR);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("messages").valueStream().toList();
    }

    /** The only one that waits for this order. */
    public JsonNode parkedOf(String orderId) {
        List<JsonNode> parked = parked("order=" + orderId);
        assertThat(parked).hasSize(1);
        return parked.get(0);
    }

    public JsonNode replay(long id) {
        return only(send("replay", Map.of("ids", List.of(id))));
    }

    public JsonNode dismiss(long id, String reason) {
        return only(send("dismiss", Map.of("ids", List.of(id), "reason", reason)));
    }

    public HubClient.Reply send(String act, Map<String, ?> request) {
        return hub.post("/api/parked/" + act, SharedHub.OPERATOR, Json.write(request));
    }

    private static JsonNode only(HubClient.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().get("messages")).hasSize(1);
        return reply.json().get("messages").get(0);
    }
}
