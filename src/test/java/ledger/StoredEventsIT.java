package ledger;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ledger.order.MakeState;
import ledger.order.Outcome;
import ledger.order.Settlement;
import org.junit.jupiter.api.Test;

/** Events that another release of the hub has stored, while hubs of both work side by side. */
class StoredEventsIT {

    private static final String MADE = "{\"orderId\":\"81\",\"ticketId\":\"ticket-81\",\"madeAt\":\"2026-05-01T12:00:00Z\"}";
    private static final String MADE_WITH_MORE = MADE.replace("}", ",\"byRobot\":true}");
    private static final Actor MEI = new Actor("mei", "::1");
    private static final ParkedMessages.Reader UNREADABLE = message -> {
        throw new Unreadable("still no JSON");
    };

    private final LedgerFixture rig = LedgerFixture.shared().empty();
    private final ParkedMessages parked = new ParkedMessages(rig.ledger(), new Audit(rig.jdbc()));

    private void early(String kind, String json) {
        rig.jdbc().sql("""
                INSERT INTO early (order_id, arrow, way, event, body, source, headers, message)
                VALUES ('81', 'an-arrow', 'PUSH', :kind, :json::json, 'topic/3@' || :kind, '{"ce_id":"7"}', 'as it came')
                """).param("kind", kind).param("json", json).update();
    }

    private List<String> earlyKinds() {
        return rig.jdbc().sql("SELECT event FROM early ORDER BY id").query(String.class).list();
    }

    private ParkedMessage onlyParked() {
        List<ParkedMessage> all = parked.list(new ParkedFilter(null, null, null, null, null, null, null), null, true, 10, 99)
                .orElseThrow();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void paid() {
        rig.confirm("81", Kind.PICKUP);
        rig.apply(EventFixture.paid("81", "p"));
    }

    @Test
    void earlyRowsOfEveryKindAreTakenAndEachHasItsStep() {
        for (EventJsonTest.Written row : EventJsonTest.Written.values()) {
            early(row.kind, row.json);
        }
        rig.confirm("81", Kind.DELIVERY);

        assertThat(earlyKinds()).isEmpty();
        assertThat(rig.timeline("81")).as("the payment frees the others").hasSameSizeAs(EventJsonTest.Written.values());
        assertThat(rig.order("81").making().paymentId()).isEqualTo("pay-81");
    }

    @Test
    void anEarlyRowWithAFieldThatThisReleaseDoesNotKnowIsApplied() {
        early("Made", MADE_WITH_MORE);
        paid();

        assertThat(rig.order("81").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(earlyKinds()).isEmpty();
    }

    @Test
    void anEarlyRowOfAKindThatThisReleaseDoesNotKnowStaysForTheNewerHubAndHoldsUpNoOther() {
        early("Robbed", "{\"orderId\":\"81\",\"loot\":2}");
        early("Made", MADE);
        paid();

        assertThat(rig.order("81").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(earlyKinds()).containsExactly("Robbed");
        assertThat(rig.count("parked")).isZero();
    }

    @Test
    void theSweepParksWhatIsOverdueBehindAnyNumberOfRowsThatThisReleaseDoesNotKnow() {
        for (int i = 0; i < 5; i++) {
            early("Robbed", "{\"orderId\":\"81\",\"loot\":" + i + "}");
        }
        early("Made", MADE);

        assertThat(rig.impatient().parkOverdueEarly(2)).isEqualTo(1);

        assertThat(onlyParked().event()).isEqualTo("Made");
        assertThat(earlyKinds()).hasSize(5).containsOnly("Robbed");
    }

    @Test
    void anEarlyRowWithAValueThatThisReleaseDoesNotKnowIsParkedAsItCameAndHoldsUpNoOther() {
        early("Express", EventJsonTest.Written.EXPRESS.json.replace("PICKED_UP", "BEAMED"));
        early("Made", MADE);
        paid();

        assertThat(rig.order("81").settled().as()).isEqualTo(Settlement.MADE);
        assertThat(earlyKinds()).isEmpty();
        assertThat(rig.timeline("81")).contains(Outcome.PARKED);
        ParkedMessage message = onlyParked();
        assertThat(message.cause()).contains("event Express has a value in state");
        assertThat(message.orderId()).isEqualTo("81");
        assertThat(message.source()).isEqualTo("topic/3@Express");
        assertThat(message.headers()).isEqualTo("{\"ce_id\":\"7\"}");
        assertThat(new String(message.body(), StandardCharsets.UTF_8)).isEqualTo("as it came");

        ReplayResult replayed = parked.replay(message.id(), again -> List.of(EventFixture.made("81")), MEI, null);
        assertThat(replayed.message().state()).as("read again from the message").isEqualTo(ParkedState.REPLAYED);
    }

    private void parked(String kind, String json) {
        rig.jdbc().sql("""
                INSERT INTO parked (arrow, way, order_id, cause, source, headers, body, event, told)
                VALUES ('an-arrow', 'PUSH', '81', 'a cause', 'topic/3@7', '{}', 'as it came', :kind, :json::json)
                """).param("kind", kind).param("json", json).update();
    }

    @Test
    void aParkedRowWithAFieldThatThisReleaseDoesNotKnowIsReplayed() {
        paid();
        parked("Made", MADE_WITH_MORE);

        assertThat(parked.replay(onlyParked().id(), UNREADABLE, MEI, null).message().last().outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(rig.order("81").making().state()).isEqualTo(MakeState.MADE);
    }

    @Test
    void aParkedRowOfAKindThatThisReleaseDoesNotKnowIsListedAndStaysForAHubThatDoes() {
        paid();
        parked("Robbed", "{\"orderId\":\"81\",\"loot\":2}");

        ReplayResult replayed = parked.replay(onlyParked().id(), UNREADABLE, MEI, null);

        assertThat(replayed.message().state()).isEqualTo(ParkedState.PARKED);
        assertThat(onlyParked().cause()).contains("event Robbed is of a kind that this release of the hub doesn't know");
        assertThat(onlyParked().event()).isEqualTo("Robbed");
        assertThat(onlyParked().told()).isEqualTo("{\"orderId\":\"81\",\"loot\":2}");
    }
}
