package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import ledger.order.DeliveryState;
import ledger.order.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that hubs have written, to the letter: whatever is renamed in Java, they are read, and written, as ever. */
class EventJsonTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-05-01T12:09:00.123456Z");

    /** A row of each kind, with every field, and one whose optional fields are null. */
    enum Written {
        PAID("Paid", """
                {"orderId":"81","paymentId":"pay-81","amount":3200,"currency":"CNY","paidAt":"2026-05-01T12:00:00Z"}""",
                new Event.Paid("81", "pay-81", 3200, "CNY", NOON)),
        TICKET_KNOWN("TicketKnown", """
                {"orderId":"81","ticketId":"T-81","readyAt":"2026-05-01T12:09:00.123456Z","asOf":"2026-05-01T12:00:00Z"}""",
                new Event.TicketKnown("81", "T-81", LATER, NOON)),
        TICKET_REFUSED("TicketRefused", """
                {"orderId":"81","reason":"no such store"}""",
                new Event.TicketRefused("81", "no such store")),
        MAKING_STARTED("MakingStarted", """
                {"orderId":"81","ticketId":"T-81","acceptance":"AUTOMATIC","startedAt":"2026-05-01T12:00:00Z"}""",
                new Event.MakingStarted("81", "T-81", "AUTOMATIC", NOON)),
        MADE("Made", """
                {"orderId":"81","ticketId":"T-81","madeAt":"2026-05-01T12:09:00.123456Z"}""",
                new Event.Made("81", "T-81", LATER)),
        DISPATCH_TIME("DispatchTime", """
                {"orderId":"81","deliveredAt":"2026-05-01T12:09:00.123456Z","asOf":"2026-05-01T12:00:00Z"}""",
                new Event.DispatchTime("81", LATER, NOON)),
        EXPRESS("Express", """
                {"orderId":"81","noteId":"note-81","attempt":2,"state":"PICKED_UP","courier":"courier-1",\
                "deliveredAt":"2026-05-01T12:09:00.123456Z","changedAt":"2026-05-01T12:00:00Z"}""",
                new Event.Express("81", "note-81", 2, DeliveryState.PICKED_UP, "courier-1", LATER, NOON)),
        EXPRESS_WITHOUT_COURIER("Express", """
                {"orderId":"81","noteId":"note-81","attempt":1,"state":"NOTED","courier":null,"deliveredAt":null,\
                "changedAt":"2026-05-01T12:00:00Z"}""",
                new Event.Express("81", "note-81", 1, DeliveryState.NOTED, null, null, NOON)),
        CANCEL_REQUESTED("CancelRequested", """
                {"orderId":"81","reason":"changed my \\"mind\\" 改主意"}""",
                new Event.CancelRequested("81", "changed my \"mind\" 改主意")),
        CANCEL_DECIDED("CancelDecided", """
                {"orderId":"81","cancelled":true,"reason":null}""",
                new Event.CancelDecided("81", true, null)),
        DISPATCH_CANCELLED("DispatchCancelled", """
                {"orderId":"81"}""",
                new Event.DispatchCancelled("81")),
        UNPAID("Unpaid", """
                {"orderId":"81"}""",
                new Event.Unpaid("81"));

        final String kind;
        final String json;
        final Event event;

        Written(String kind, String json, Event event) {
            this.kind = kind;
            this.json = json;
            this.event = event;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowIsReadAndTheSameRowIsWrittenForHubsOfOtherReleases(Written row) {
        assertThat(EventJson.read(row.kind, row.json)).isEqualTo(row.event);
        assertThat(EventJson.kind(row.event)).isEqualTo(row.kind);
        assertThat(EventJson.write(row.event)).isEqualTo(row.json);
    }

    @Test
    void everyEventHasItsRowHere() {
        assertThat(Stream.of(Written.values()).map(row -> (Object) row.event.getClass()).distinct())
                .containsExactlyInAnyOrder((Object[]) Event.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @EnumSource
    void aFieldThatThisReleaseDoesNotKnowIsIgnored(Written row) {
        String newer = row.json.replaceFirst("}$", ",\"byRobot\":{\"arms\":[2]}}");
        assertThat(EventJson.read(row.kind, newer)).isEqualTo(row.event);
    }

    @Test
    void aFieldThatARowLacksIsNullUnlessItIsANumberOrATruth() {
        assertThat(EventJson.read("Made", "{\"orderId\":\"81\"}")).isEqualTo(new Event.Made("81", null, null));
        Map.of("Paid", "lacks amount", "CancelDecided", "lacks cancelled").forEach((kind, what) ->
                assertThatThrownBy(() -> EventJson.read(kind, "{\"orderId\":\"81\"}")).isInstanceOf(Unreadable.class)
                        .hasMessageContaining(what));
    }

    @Test
    void aKindOrAValueThatThisReleaseDoesNotKnowIsUnreadableAndSaysWhich() {
        assertThatThrownBy(() -> EventJson.read("Robbed", "{}")).isInstanceOf(Unreadable.class)
                .hasMessageContaining("event Robbed is of a kind");
        assertThatThrownBy(() -> EventJson.read("Express", Written.EXPRESS.json.replace("PICKED_UP", "BEAMED")))
                .isInstanceOf(Unreadable.class).hasMessageContaining("value in state").hasMessageNotContaining("BEAMED");
    }
}
