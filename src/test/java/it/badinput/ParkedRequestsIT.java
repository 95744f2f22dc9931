package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static testbed.StrangerClient.assertProblem;

import contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import ledger.Ledger;
import ledger.Origin;
import ledger.Parked;
import ledger.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testbed.HubClient;
import testbed.OperatorClient;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;

/** Wishes about parked messages that make no sense, or come from whoever may not have them: nothing happens. */
class ParkedRequestsIT {

    private final SharedHub bed = SharedHub.shared();
    private final HubClient hub = bed.client();
    private final OperatorClient operator = new OperatorClient(hub);
    private final String order = UUID.randomUUID().toString();
    /** Of this test alone: refusals that are repeated are folded. */
    private final String person = "person-" + order;
    private final String token = bed.issuer().token(person, "operator");
    private final long id = park();

    @AfterEach
    void nothingHappenedToTheMessage() {
        JsonNode message = operator.parkedOf(order);
        assertThat(message.get("attempts").asInt()).isZero();
        assertThat(message.get("last").isNull()).isTrue();
    }

    @Test
    void aDismissalNeedsAReason() {
        HubClient.Reply reply = post("dismiss", token, "{\"ids\":[" + id + "]}");

        assertProblem(reply, 400);
        assertThat(reply.json().get("detail").asString()).contains("reason");
        assertProblem(operator.send("dismiss", Map.of("ids", List.of(id), "reason", " ")), 400);
        assertProblem(operator.send("dismiss", Map.of("filter", Map.of("order", "nobody"))), 400);
        assertThat(audit()).startsWith("dismiss refused: ");
    }

    @Test
    void aMessageThatThereIsNotIsAnsweredAsUnknown() {
        for (String act : List.of("replay", "dismiss")) {
            JsonNode answer = operator.send(act, Map.of("ids", List.of(Long.MAX_VALUE), "reason", "so")).json()
                    .get("messages").get(0);
            assertThat(answer.get("state").asString()).isEqualTo("UNKNOWN");
            assertThat(answer.get("done").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"ids\":[]}", "{\"ids\":null}", "{\"ids\":[null]}",
            "{\"ids\":[0]}", "{\"ids\":[-1]}", "{\"ids\":[1,1]}", "{\"ids\":[1.5]}", "{\"ids\":[\"ID\"]}",
            "{\"ids\":ID}", "{\"ids\":[99999999999999999999]}", "{\"ids\":[ID],\"filter\":{\"order\":\"ORDER\"}}",
            "{\"ids\":[ID],\"limit\":1}", "{\"ids\":[ID],\"after\":1}", "{\"ids\":[ID],\"force\":true}",
            "{\"ids\":[ID],\"reason\":\"a\\u0000\"}", "{\"filter\":{}}", "{\"filter\":{\"order\":null}}",
            "{\"filter\":{\"order\":\"a b\"}}", "{\"filter\":{\"store\":\"'; --\"}}", "{\"filter\":{\"arrow\":\"\"}}",
            "{\"filter\":{\"order\":\"ORDER\",\"state\":\"ALL\"}}", "{\"filter\":{\"order\":\"ORDER\",\"from\":\"noon\"}}",
            "{\"filter\":{\"order\":\"ORDER\",\"from\":1767225600}}", "{\"filter\":{\"order\":\"ORDER\",\"cause\":\"\"}}",
            "{\"filter\":{\"order\":\"ORDER\",\"from\":\"2026-03-02T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"}}",
            "{\"filter\":{\"order\":\"ORDER\"},\"limit\":0}", "{\"filter\":{\"order\":\"ORDER\"},\"limit\":501}",
            "{\"filter\":{\"order\":\"ORDER\"},\"after\":9223372036854775807}"})
    void aWishThatTheContractDoesNotHaveIsRefused(String body) {
        String wish = body.replace("ID", String.valueOf(id)).replace("ORDER", order);

        assertProblem(post("replay", token, wish), 400);
        assertThat(audit()).startsWith("replay refused: ");
        String withReason = wish.replaceFirst("}$", ",\"reason\":\"so\"}");
        assertProblem(post("dismiss", SharedHub.OPERATOR, withReason), 400);
    }

    @Test
    void moreThanFiveHundredAreTooMany() {
        assertProblem(operator.send("replay", Map.of("ids", LongStream.rangeClosed(1, 501).boxed().toList())), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order=", "order=a%20b", "store=%00", "arrow=a/b", "from=noon", "from=2026-03-01",
            "from=2026-03-01T08:30:00+08:00", "to=1767225600", "to=", "cause=", "cause=%00", "state=parked", "state=",
            "state=PARKED&state=ALL", "limit=0", "limit=501", "limit=x", "after=0", "after=-1", "after=x",
            "after=999999999999999999", "after=99999999999999999999",
            "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z"})
    void aListThatTheContractDoesNotHaveIsRefused(String query) {
        HubClient.Reply reply = hub.get("/api/parked?" + query, SharedHub.OPERATOR);

        assertProblem(reply, 400);
        assertThat(reply.json().get("detail").asString()).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "after=", "after=a%20b", "after=no-such-payment"})
    void aListOfRefundsThatTheContractDoesNotHaveIsRefused(String query) {
        assertProblem(hub.get("/api/refunds?" + query, SharedHub.OPERATOR), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "barista", "dispatch", "viewer"})
    void nobodyBelowAnOperatorReplaysOrDismissesAndWhoTriesIsInTheAudit(String holder) {
        String token = bed.issuer().token(person, holder);
        String wish = "{\"ids\":[" + id + "],\"reason\":\"let me\"}";

        for (String act : List.of("replay", "dismiss")) {
            assertProblem(post(act, token, wish), 403);
            assertThat(audit()).isEqualTo(act + " refused: not allowed to " + holder);
            assertProblem(post(act, null, wish), 401);
        }
        if (!holder.equals("viewer")) {
            assertProblem(hub.get("/api/parked", token), 403);
            assertProblem(hub.get("/api/refunds", token), 403);
        }
    }

    private HubClient.Reply post(String act, String token, String body) {
        return hub.post("/api/parked/" + act, token, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The last line. */
    private String audit() {
        return bed.jdbc().sql("SELECT act || ' ' || detail FROM audit WHERE who = :who ORDER BY id DESC LIMIT 1")
                .param("who", person).query(String.class).single();
    }

    private long park() {
        bed.hub().getBean(Ledger.class).park(List.of(new Parked("made", Way.PUSH, order, "as the test has it",
                new Origin("test/0@" + order, new String(Json.write(Map.of()), StandardCharsets.UTF_8), new byte[0]))));
        return operator.parkedOf(order).get("id").asLong();
    }
}
