package chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import simulators.journal.Entry;
import simulators.journal.What;

/** One order as the journals and the hub tell it; everything went well, but for what a test changes. */
final class OrderStory {

    static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
    static final Instant SETTLED_BY = START.plusSeconds(60);

    private final String id;
    private final boolean delivery;
    private final List<Entry> journals = new ArrayList<>();
    private final List<OrderSnapshot.Line> timeline = new ArrayList<>();
    private final List<String> refunds = new ArrayList<>();
    private final Map<String, String> hub = new HashMap<>();
    private Instant settledAt = START.plusSeconds(9);
    private int status = 200;
    private int second;

    private OrderStory(String id, boolean delivery) {
        this.id = id;
        this.delivery = delivery;
        says(Map.of("make", "MADE", "delivery", "NONE", "cancel", "NONE", "settledAs", "MADE"));
    }

    static OrderStory confirmed(String id) {
        return new OrderStory(id, false).asked();
    }

    /** An order that was fetched. */
    static OrderStory fetched(String id) {
        return confirmed(id).paid("P-" + id).acknowledged().ticket("key").made();
    }

    static OrderStory delivered(String id) {
        return new OrderStory(id, true).asked().paid("P-" + id).acknowledged().ticket("key").made().note("key")
                .express("DELIVERED").says(Map.of("delivery", "DELIVERED", "settledAs", "DELIVERED"));
    }

    private OrderStory asked() {
        return entry(What.CONFIRM_ASKED, null, null, Map.of("kind", delivery ? "DELIVERY" : "PICKUP", "amount", "3200"))
                .entry(What.CONFIRM_ANSWERED, null, null, Map.of("answer", "201"));
    }

    OrderStory paid(String paymentId) {
        hub.put("paymentId", paymentId);
        return entry(What.PAYMENT_TAKEN, null, paymentId, Map.of("amount", "3200"));
    }

    OrderStory acknowledged() {
        return entry(What.CALLBACK_ACKNOWLEDGED, null, hub.get("paymentId"), Map.of());
    }

    /** A payment of a wrong sum, of which the hub has heard. */
    OrderStory paidTooLittle(String paymentId) {
        return entry(What.PAYMENT_TAKEN, null, paymentId, Map.of("amount", "1"))
                .entry(What.CALLBACK_REFUSED, null, paymentId, Map.of("answer", "422"));
    }

    OrderStory toldWhenAsked(String paymentId) {
        return entry(What.PAYMENT_TOLD, null, paymentId, Map.of());
    }

    OrderStory forged(String answer) {
        return entry(What.FORGERY_ANSWERED, null, null, Map.of("forgery", "unsigned", "answer", answer));
    }

    OrderStory ticket(String key) {
        String ticketId = "T" + count(What.TICKET_CREATED) + '-' + id;
        hub.putIfAbsent("ticketId", ticketId);
        return entry(What.TICKET_CREATED, key, ticketId, Map.of());
    }

    OrderStory made() {
        return entry(What.MADE, null, null, Map.of());
    }

    OrderStory note(String key) {
        String noteId = "N" + count(What.NOTE_CREATED) + '-' + id;
        hub.putIfAbsent("noteId", noteId);
        return entry(What.NOTE_CREATED, key, noteId, Map.of());
    }

    OrderStory express(String state) {
        return entry(What.EXPRESS_CHANGED, null, null, Map.of("state", state));
    }

    OrderStory cancelAsked(String answer) {
        return entry(What.CANCEL_ASKED, null, null, Map.of())
                .entry(What.CANCEL_ANSWERED, null, null, Map.of("answer", answer));
    }

    OrderStory cancelAskedInVain() {
        return entry(What.CANCEL_ASKED, null, null, Map.of());
    }

    OrderStory barista(What decision) {
        return entry(decision, null, null, Map.of());
    }

    OrderStory says(Map<String, String> fields) {
        hub.putAll(fields);
        return this;
    }

    OrderStory notSettled() {
        hub.remove("settledAs");
        settledAt = null;
        return this;
    }

    OrderStory settledAt(Instant at) {
        settledAt = at;
        return this;
    }

    OrderStory step(int seconds, String arrow, String way, String outcome) {
        timeline.add(new OrderSnapshot.Line(START.plusSeconds(seconds), arrow, way, outcome, null));
        return this;
    }

    OrderStory refundDue(String paymentId) {
        refunds.add(paymentId);
        return this;
    }

    OrderStory hubDoesNotKnowIt() {
        status = 404;
        return this;
    }

    String id() {
        return id;
    }

    List<String> refunds() {
        return refunds;
    }

    OrderEvidence evidence() {
        OrderEvidence evidence = new OrderEvidence(id);
        journals.forEach(evidence::see);
        return evidence;
    }

    OrderApi.Answer lastWord() {
        return status == 404 ? OrderApi.Answer.ABSENT : OrderApi.Answer.of(new OrderSnapshot(id, hub.get("make"),
                hub.get("paymentId"), hub.get("ticketId"), hub.get("delivery"), 1, hub.get("noteId"), hub.get("cancel"),
                hub.get("settledAs"), settledAt, List.copyOf(timeline)));
    }

    /** Each entry comes a second after the one before. */
    private OrderStory entry(What what, String key, String madeId, Map<String, String> detail) {
        journals.add(new Entry(START.plusSeconds(second++), what, id, key, madeId, detail));
        return this;
    }

    private long count(What what) {
        return 1 + journals.stream().filter(entry -> entry.what() == what).count();
    }
}
