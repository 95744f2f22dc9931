package ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import ledger.PaymentRows.Payment;
import ledger.PaymentRows.Status;
import ledger.order.Decision;
import ledger.order.Event;
import ledger.order.Order;
import ledger.order.Transitions;

/** The payments of one {@link Batch}: which are new, what was said of the others before, and what is said of each now. */
final class BatchPayments {

    static final String WAS_CANCELLED = "the order was cancelled";

    private final PaymentRows rows;
    private final Transitions transitions;
    private final Supplier<Instant> clock;

    /** Ids that no batch has reported before. */
    private final Set<String> claimed = new HashSet<>();
    private final Map<String, Payment> known = new HashMap<>();
    /** By payment id; the last one of a payment is written. */
    private final Map<String, PaymentRows.Judgement> judgements = new LinkedHashMap<>();
    private final List<String> refunds = new ArrayList<>();

    /** @param clock the database's */
    BatchPayments(PaymentRows rows, Transitions transitions, Supplier<Instant> clock) {
        this.rows = rows;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** Takes the ids that were never reported; to be sent before orders are locked. */
    Read<String> claiming(List<Event.Paid> paid) {
        return rows.claiming(paid, claimed::add);
    }

    /** Reads those that were reported before. Only once their orders are locked: until then they may still be judged. */
    void read(List<Event.Paid> paid) {
        Set<String> ids = paid.stream().map(Event.Paid::paymentId)
                .filter(id -> !claimed.contains(id) && !known.containsKey(id)).collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            known.putAll(rows.find(ids));
        }
    }

    /** Judges a payment by its id first: its former judgement stands, unless a person replays it. */
    Decision judge(Order order, Event.Paid paid, Way way) {
        Payment known = this.known.get(paid.paymentId());
        if (known != null) {
            if (!known.sameAs(paid)) {
                return new Decision.Conflict("payment " + paid.paymentId() + " belongs to order " + known.orderId()
                        + " with " + known.amount() + " " + known.currency());
            }
            if (known.status() == Status.REFUSED) {
                // An older release has refused it without listing its money as due back.
                judge(known.id(), Status.REFUND_DUE, known.why());
            }
            boolean replayed = way == Way.REPLAY;
            if (replayed && known.isDueBack() && (order == null || !order.isUnpaid())) {
                // A replay doesn't help: a person has to send the money back.
                return new Decision.RefundDue(known.why());
            }
            boolean waits = known.status() == Status.EARLY
                    // Parked because its order had not come. Now that it has, this is a payment like any other.
                    || known.status() == Status.PARKED && (replayed || order != null)
                    // A person may have corrected the order since.
                    || known.isDueBack() && replayed;
            if (!waits) {
                return again(order, known);
            }
            if (order == null && known.status() == Status.EARLY) {
                return new Decision.Duplicate("early, and kept");
            }
        }
        Decision decision = transitions.decide(order, paid, now());
        // A payment that is not and can't become the order's is due back, whether it is late, a second one, or a wrong sum.
        Status status = decision instanceof Decision.Applied ? Status.APPLIED
                : decision instanceof Decision.Early ? Status.EARLY
                : Status.REFUND_DUE;
        this.known.put(paid.paymentId(), new Payment(paid.paymentId(), paid.orderId(), paid.amount(),
                paid.currency(), status, decision.why()));
        // A new payment was written as applied when it was claimed.
        if (status != Status.APPLIED || known != null) {
            // The reason why it waits is not kept with the payment.
            judge(paid.paymentId(), status, status == Status.EARLY ? null : decision.why());
        }
        return decision;
    }

    /** The decision on a payment that was judged before. A wrong sum counts as refused, although its money is due back. */
    private static Decision again(Order order, Payment known) {
        boolean refused = order != null && !order.content().costs(known.amount(), known.currency());
        String became = refused ? Status.REFUSED.name() : known.status().name();
        return new Decision.Duplicate(known.why() == null ? became : became + ": " + known.why());
    }

    private void judge(String paymentId, Status status, String why) {
        judgements.put(paymentId, new PaymentRows.Judgement(paymentId, status, why));
    }

    private Instant now() {
        return clock.get();
    }

    /** No order came for it in time. */
    void park(Event.Paid paid) {
        judge(paid.paymentId(), Status.PARKED, "no order came");
    }

    /** Its order was cancelled. */
    void refund(String paymentId) {
        refunds.add(paymentId);
    }

    /** @param endedUnpaid ids of orders that can't be paid any more: payments that were parked for them are due back */
    void write(List<String> endedUnpaid) {
        if (!judgements.isEmpty()) {
            rows.judge(List.copyOf(judgements.values()));
        }
        if (!refunds.isEmpty()) {
            rows.refund(refunds, WAS_CANCELLED);
        }
        if (!endedUnpaid.isEmpty()) {
            rows.refundParked(endedUnpaid, "its order ended without it");
        }
    }
}
