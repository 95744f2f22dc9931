package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import ledger.order.Event;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code payment}: each payment ever reported, by its id. */
final class PaymentRows {

    /**
     * Nearly all payments are applied, and so each is written as applied; one that isn't is judged in the same transaction.
     * Sorted by id, as two batches that report the same payments could otherwise wait in a circle.
     */
    private static final String CLAIM = """
            INSERT INTO payment (id, order_id, amount, currency, status)
            SELECT id, order_id, amount, currency, 'APPLIED'
            FROM unnest(:paymentId::text[], :paidOrder::text[], :amount::bigint[], :currency::text[])
                 AS n(id, order_id, amount, currency)
            ORDER BY id
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """;

    private static final String FIND = """
            SELECT id, order_id, amount, currency, status, why FROM payment WHERE id = ANY(:ids)
            """;

    private static final String JUDGE = """
            UPDATE payment p SET status = n.status, why = n.why, status_at = now()
            FROM unnest(:id::text[], :status::payment_status[], :why::text[]) AS n(id, status, why)
            WHERE p.id = n.id
            """;

    private static final String REFUND = """
            UPDATE payment SET status = 'REFUND_DUE', why = :why, status_at = now()
            WHERE id = ANY(:ids) AND status = 'APPLIED'
            """;

    /**
     * Payments that came before their orders and were parked, of orders that can't be paid any more. They are found by the
     * parked messages, as payments have no index by order. The names in the JSON are those of {@link EventJson}.
     */
    private static final String REFUND_PARKED = """
            UPDATE payment SET status = 'REFUND_DUE', why = :why, status_at = now()
            WHERE status = 'PARKED'
              AND id = ANY(ARRAY(SELECT told ->> 'paymentId' FROM parked WHERE order_id = ANY(:orderIds) AND event = 'Paid'))
            """;

    private static final String REFUNDS_DUE = """
            SELECT id, order_id, amount, currency, why, status_at FROM payment
            WHERE status = 'REFUND_DUE' AND (status_at, id) > (:since::timestamptz, :id)
            ORDER BY status_at, id LIMIT :limit
            """;

    enum Status {
        APPLIED, EARLY,
        /** Written by older releases only; this one writes REFUND_DUE. */
        REFUSED,
        REFUND_DUE,
        /** Its order did not come in time. If it comes later, this may still be its payment. */
        PARKED
    }

    record Payment(String id, String orderId, long amount, String currency, Status status, String why) {

        boolean sameAs(Event.Paid paid) {
            return orderId.equals(paid.orderId()) && amount == paid.amount() && currency.equals(paid.currency());
        }

        boolean isDueBack() {
            return status == Status.REFUND_DUE || status == Status.REFUSED;
        }
    }

    record Judgement(String paymentId, Status status, String why) {
    }

    private final JdbcClient jdbc;

    PaymentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes the ids that were not reported before.
     *
     * @param claimed is told those; the others were reported by this or another batch
     */
    Read<String> claiming(List<Event.Paid> payments, Consumer<String> claimed) {
        // One batch may hold the same id twice, and one INSERT can't.
        Map<String, Event.Paid> first = new HashMap<>();
        payments.forEach(paid -> first.putIfAbsent(paid.paymentId(), paid));
        List<Event.Paid> distinct = List.copyOf(first.values());
        Map<String, Object> values = new HashMap<>();
        values.put("paymentId", Columns.of(distinct, Event.Paid::paymentId));
        values.put("paidOrder", Columns.of(distinct, Event.Paid::orderId));
        values.put("amount", Columns.of(distinct, Event.Paid::amount));
        values.put("currency", Columns.of(distinct, Event.Paid::currency));
        return new Read<>(CLAIM, values, (row, n) -> row.getString("id"), claimed);
    }

    Map<String, Payment> find(Set<String> ids) {
        Map<String, Payment> found = new HashMap<>();
        jdbc.sql(FIND).param("ids", ids.toArray(String[]::new))
                .query((row, n) -> new Payment(row.getString("id"), row.getString("order_id"), row.getLong("amount"),
                        row.getString("currency"), Status.valueOf(row.getString("status")), row.getString("why")))
                .list().forEach(payment -> found.put(payment.id(), payment));
        return found;
    }

    void judge(List<Judgement> judgements) {
        jdbc.sql(JUDGE)
                .param("id", Columns.of(judgements, Judgement::paymentId))
                .param("status", Columns.of(judgements, Judgement::status))
                .param("why", Columns.of(judgements, Judgement::why))
                .update();
    }

    /** The money of payments that were applied has to go back. */
    void refund(List<String> paymentIds, String why) {
        jdbc.sql(REFUND).param("ids", paymentIds.toArray(String[]::new)).param("why", why).update();
    }

    /** The money of parked payments of these orders has to go back. */
    void refundParked(List<String> orderIds, String why) {
        jdbc.sql(REFUND_PARKED).param("orderIds", orderIds.toArray(String[]::new)).param("why", why).update();
    }

    /** Money that must go back, the longest due first. @param after the last one of the page before; null for the first */
    List<Refund> refundsDue(Refund after, int limit) {
        return jdbc.sql(REFUNDS_DUE)
                .param("since", after == null ? "-infinity" : after.since().toString())
                .param("id", after == null ? "" : after.paymentId()).param("limit", limit)
                .query(PaymentRows::refund).list();
    }

    Optional<Refund> any(String paymentId) {
        return jdbc.sql("SELECT id, order_id, amount, currency, why, status_at FROM payment WHERE id = :id")
                .param("id", paymentId).query(PaymentRows::refund).optional();
    }

    private static Refund refund(ResultSet row, int n) throws SQLException {
        return new Refund(row.getString("id"), row.getString("order_id"), row.getLong("amount"),
                row.getString("currency"), row.getString("why"), Columns.instant(row, "status_at"));
    }
}
