package chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An order as the hub answered it: {@code GET /api/orders/{id}}.
 *
 * @param settledAs null while the order isn't settled
 * @param settledAt null while the order isn't settled
 */
record OrderSnapshot(String orderId, String make, String paymentId, String ticketId, String delivery, int attempt,
            String noteId, String cancel, String settledAs, Instant settledAt, List<Line> timeline) {

    /** One line of the order's timeline. */
    record Line(Instant at, String arrow, String way, String outcome, String detail) {

        Line {
            // A run keeps a million lines, which have only some dozens of different words.
            arrow = arrow.intern();
            way = way.intern();
            outcome = outcome.intern();
        }

        @Override
        public String toString() {
            return at + "  " + arrow + ' ' + way + ' ' + outcome + (detail == null ? "" : "  " + detail);
        }
    }

    static OrderSnapshot of(JsonNode order) {
        JsonNode make = order.path("make");
        JsonNode delivery = order.path("delivery");
        List<Line> lines = new ArrayList<>();
        order.path("timeline").forEach(line -> lines.add(new Line(Instant.parse(text(line, "at")), text(line, "arrow"),
                text(line, "way"), text(line, "outcome"), text(line, "detail"))));
        String settledAt = text(order, "settledAt");
        return new OrderSnapshot(text(order, "orderId"), text(make, "state"), text(make, "paymentId"),
                text(make, "ticketId"), text(delivery, "state"), delivery.path("attempt").asInt(0), text(delivery, "noteId"),
                text(order.path("cancel"), "state"), text(order, "settledAs"),
                settledAt == null ? null : Instant.parse(settledAt), lines);
    }

    /** Whether the order was not paid in time. */
    boolean isExpired() {
        return "EXPIRED".equals(settledAs);
    }

    /** The state on one line, for messages. */
    String state() {
        return "make " + make + ", delivery " + delivery + ", cancel " + cancel + ", settled as " + settledAs;
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : value.asString();
    }
}
