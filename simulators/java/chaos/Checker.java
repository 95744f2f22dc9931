package chaos;

import chaos.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks the hub's promises against the journals, order by order, and the hub's last answers against both. Where a client
 * had no answer, either result of its request is allowed.
 */
final class Checker {

    /**
     * A payment may be taken this long before the order expires, after the hub has asked for it and was told that there
     * is none.
     */
    private static final Duration CROSSED = Duration.ofSeconds(10);

    /** For each of these sets of arrows, at most one message may be applied to an order. */
    private static final List<Set<String>> ONCE = List.of(Set.of("payment-callback", "pull-payment"),
            Set.of("making-started"), Set.of("made"), Set.of("cancel-order"), Set.of("cancel-outcome", "pull-cancel-making"));

    private final Map<String, OrderEvidence> journals;
    private final Map<String, OrderApi.Answer> lastWords;
    private final Set<String> refundsDue;
    private final Instant settledBy;
    private final List<Violation> violations = new ArrayList<>();

    /**
     * @param lastWords  the hub's last answer about each order
     * @param refundsDue ids of the payments that the hub lists as refunds
     * @param settledBy  when each order had to be settled at the latest
     */
    Checker(Map<String, OrderEvidence> journals, Map<String, OrderApi.Answer> lastWords, Set<String> refundsDue,
            Instant settledBy) {
        this.journals = new TreeMap<>(journals);
        this.lastWords = lastWords;
        this.refundsDue = refundsDue;
        this.settledBy = settledBy;
    }

    List<Violation> check() {
        for (OrderEvidence order : journals.values()) {
            OrderSnapshot seen = seen(order);
            nothingIsLost(order, seen);
            nothingIsDoubled(order);
            eachStepIsAppliedOnce(order, seen);
            nothingIsMadeUnpaid(order);
            whatIsAcknowledgedIsDurable(order, seen);
            cancelsHold(order, seen);
            everythingSettles(order, seen);
            allSidesAgree(order, seen);
            moneyGoesBackWhereItBoughtNothing(order, seen);
        }
        aPaymentBelongsToOneOrder();
        return List.copyOf(violations);
    }

    /** Each paid order that was not cancelled is made, and, if it is for delivery, delivered or finally failed. */
    private void nothingIsLost(OrderEvidence order, OrderSnapshot seen) {
        if (order.confirmed && lastWords.getOrDefault(order.orderId, OrderApi.Answer.NONE).status() == 404) {
            add(Kind.LOST, order, seen, "confirmed, and the hub doesn't know it");
        }
        if (!order.isPaid() || !order.confirmed || order.isCancelled() || isPaidTooLate(order, seen)
                || cancelledBeforeAnyTicket(order, seen)) {
            return;
        }
        String promised = order.acknowledgedAt == null ? "paid" : "paid and acknowledged";
        if (order.tickets.isEmpty()) {
            add(Kind.LOST, order, seen, promised + ", and no ticket");
        } else if (order.made == 0) {
            add(Kind.LOST, order, seen, promised + ", has a ticket, and was not made");
        } else if (order.delivery && order.notes.isEmpty()) {
            add(Kind.LOST, order, seen, promised + " and made, and no delivery note");
        } else if (order.delivery && !order.delivered && !order.deliveryFailed) {
            add(Kind.LOST, order, seen, promised + " and made, and its delivery did not end");
        }
    }

    private void nothingIsDoubled(OrderEvidence order) {
        if (order.tickets.size() > 1) {
            add(Kind.DOUBLED, order, seen(order), order.tickets.size() + " tickets, by the keys "
                    + order.tickets.stream().map(OrderEvidence.Made::key).toList());
        }
        if (order.notes.size() > 1) {
            add(Kind.DOUBLED, order, seen(order), order.notes.size() + " delivery notes, by the keys "
                    + order.notes.stream().map(OrderEvidence.Made::key).toList());
        }
        if (!order.delivery && !order.notes.isEmpty()) {
            add(Kind.DOUBLED, order, seen(order), "a delivery note for an order that is fetched");
        }
    }

    /** By the hub's own timeline, no step that can happen once was applied twice. */
    private void eachStepIsAppliedOnce(OrderEvidence order, OrderSnapshot seen) {
        if (seen == null) {
            return;
        }
        for (Set<String> arrows : ONCE) {
            long applied = seen.timeline().stream()
                    .filter(line -> arrows.contains(line.arrow()) && "APPLIED".equals(line.outcome())).count();
            if (applied > 1) {
                add(Kind.APPLIED_TWICE, order, seen, applied + " times by " + new TreeSet<>(arrows));
            }
        }
    }

    private void nothingIsMadeUnpaid(OrderEvidence order) {
        for (OrderEvidence.Made ticket : order.tickets) {
            if (!order.isPaid() || ticket.at().isBefore(order.paidAt())) {
                add(Kind.UNPAID, order, seen(order), "ticket " + ticket.id() + " of " + ticket.at() + ", paid "
                        + (order.isPaid() ? "at " + order.paidAt() : "never"));
            }
        }
        order.forgeries.forEach((answer, forgeries) -> {
            if (answer.startsWith("2")) {
                add(Kind.UNPAID, order, seen(order), "forged callbacks were taken: " + forgeries);
            }
        });
    }

    /** The hub never has to pull a payment that it has acknowledged. */
    private void whatIsAcknowledgedIsDurable(OrderEvidence order, OrderSnapshot seen) {
        if (order.acknowledgedAt == null || seen == null
                // The callback came before its order and was parked; the order was confirmed later, and the pull found
                // the payment.
                || seen.timeline().stream().anyMatch(line -> "PARKED".equals(line.outcome()))) {
            return;
        }
        seen.timeline().stream()
                .filter(line -> "pull-payment".equals(line.arrow()) && "APPLIED".equals(line.outcome())
                        && "PULL".equals(line.way()) && line.at().isAfter(order.acknowledgedAt))
                .findFirst()
                .ifPresent(line -> add(Kind.NOT_DURABLE, order, seen, "its callback was acknowledged at "
                        + order.acknowledgedAt + ", and its payment had to be pulled at " + line.at()));
    }

    private void cancelsHold(OrderEvidence order, OrderSnapshot seen) {
        if (order.isCancelled() && (order.made > 0 || !order.notes.isEmpty())) {
            add(Kind.CANCEL_BROKEN, order, seen, "cancelled (" + (order.cancelAgreed ? "the barista agreed"
                    : "the customer was told so") + "), and made all the same");
        }
        if (order.toldTooLate() && order.made == 0 && !isPaidTooLate(order, seen)) {
            add(Kind.CANCEL_BROKEN, order, seen, "its cancel was refused, and it was not made");
        }
        if (order.cancelRefused && order.toldCancelled()) {
            add(Kind.CANCEL_BROKEN, order, seen, "the barista refused the cancel, the customer was told it is cancelled");
        }
        if (order.cancelAgreed && !order.cancelAsked) {
            add(Kind.CANCEL_BROKEN, order, seen, "cancelled by the barista, and its customer never asked for it");
        }
        if (seen != null && order.cancelAnswers.contains("202")
                && !Set.of("CANCELLED", "REFUSED").contains(seen.cancel())) {
            add(Kind.LOST, order, seen, "its cancel was accepted (202), and never decided: " + seen.cancel());
        }
    }

    private void everythingSettles(OrderEvidence order, OrderSnapshot seen) {
        if (seen == null) {
            int status = lastWords.getOrDefault(order.orderId, OrderApi.Answer.NONE).status();
            if (status != 404) {
                add(Kind.UNSETTLED, order, null, "the hub gives no answer about it (" + status + ")");
            }
        } else if (seen.settledAs() == null) {
            add(Kind.UNSETTLED, order, seen, "still " + seen.state());
        } else if (seen.settledAt().isAfter(settledBy)) {
            add(Kind.UNSETTLED, order, seen, "settled at " + seen.settledAt() + ", later than " + settledBy);
        }
    }

    /** The hub's last answer agrees with the journals. */
    private void allSidesAgree(OrderEvidence order, OrderSnapshot seen) {
        if (seen == null || seen.settledAs() == null) {
            return;
        }
        boolean fits = switch (seen.settledAs()) {
            case "MADE" -> !order.delivery && order.made == 1 && !order.isCancelled();
            case "DELIVERED" -> order.delivery && order.delivered && !order.isCancelled();
            case "DELIVERY_FAILED" -> order.delivery && order.deliveryFailed && !order.isCancelled();
            case "CANCELLED" -> order.cancelAsked && order.made == 0 && order.notes.isEmpty() && !order.cancelRefused;
            case "EXPIRED" -> order.tickets.isEmpty() && (!order.isPaid() || isPaidTooLate(order, seen));
            default -> false;
        };
        if (!fits) {
            add(Kind.DISAGREEMENT, order, seen, "the hub says " + seen.state() + "; by the journals: tickets "
                    + order.tickets.size() + ", made " + order.made + ", notes " + order.notes.size() + ", delivered "
                    + order.delivered + ", failed " + order.deliveryFailed + ", cancel asked " + order.cancelAsked
                    + ", agreed " + order.cancelAgreed + ", refused " + order.cancelRefused + ", paid "
                    + order.paymentIds());
        }
        agree(order, seen, "ticket", seen.ticketId(), order.tickets.stream().map(OrderEvidence.Made::id).toList());
        agree(order, seen, "delivery note", seen.noteId(), order.notes.stream().map(OrderEvidence.Made::id).toList());
        agree(order, seen, "payment", seen.paymentId(), order.paymentIds());
        String cancel = order.cancelAgreed ? "CANCELLED" : order.cancelRefused ? "REFUSED" : null;
        if (cancel != null && !cancel.equals(seen.cancel())) {
            add(Kind.DISAGREEMENT, order, seen, "the hub has the cancel " + seen.cancel() + ", the barista " + cancel);
        }
    }

    private void agree(OrderEvidence order, OrderSnapshot seen, String what, String hubs, Collection<String> neighbours) {
        if (hubs != null && !neighbours.contains(hubs)) {
            add(Kind.DISAGREEMENT, order, seen, "the hub knows the " + what + ' ' + hubs + ", the journals " + neighbours);
        }
    }

    /**
     * Each payment that bought nothing is listed as a refund, and no other: payments of an order that ended without being
     * made, and payments beside the one that an order was made for, such as wrong sums. Payments that the hub hasn't
     * answered yet are left out, because their callback is retried.
     */
    private void moneyGoesBackWhereItBoughtNothing(OrderEvidence order, OrderSnapshot seen) {
        if (seen == null || seen.settledAs() == null) {
            return;
        }
        boolean bought = !Set.of("CANCELLED", "EXPIRED", "REFUSED").contains(seen.settledAs());
        order.toldPaymentIds().stream().filter(id -> !(bought && id.equals(seen.paymentId())) && !refundsDue.contains(id))
                .forEach(id -> add(Kind.MONEY, order, seen, "payment " + id + " bought nothing (" + seen.settledAs()
                        + "), and is not listed to go back"));
        if (bought && seen.paymentId() != null && refundsDue.contains(seen.paymentId())) {
            add(Kind.MONEY, order, seen, seen.settledAs() + ", and its money is listed to go back");
        }
    }

    private void aPaymentBelongsToOneOrder() {
        Map<String, Set<String>> orders = new TreeMap<>();
        lastWords.forEach((orderId, answer) -> {
            if (answer.seen() != null && answer.seen().paymentId() != null) {
                orders.computeIfAbsent(answer.seen().paymentId(), id -> new TreeSet<>()).add(orderId);
            }
        });
        orders.forEach((payment, ids) -> {
            if (ids.size() > 1) {
                violations.add(new Violation(Kind.PAYMENT_SHARED, null, "payment " + payment + " stands under " + ids,
                        List.of()));
            }
        });
    }

    /**
     * Whether the order was paid after it had expired: its payment is to be refunded, and nothing is to be made. Not so when
     * the hub had asked before and was told that the order is paid.
     */
    static boolean isPaidTooLate(OrderEvidence order, OrderSnapshot seen) {
        return seen != null && seen.isExpired() && order.isPaid() && order.tickets.isEmpty()
                && order.paidAt().isAfter(seen.settledAt().minus(CROSSED))
                && !order.isToldOfItsPaymentBefore(seen.settledAt());
    }

    /** Whether the hub cancelled the order before any neighbour knew of it; the customer may have had no answer. */
    private static boolean cancelledBeforeAnyTicket(OrderEvidence order, OrderSnapshot seen) {
        return seen != null && order.cancelAsked && "CANCELLED".equals(seen.settledAs()) && order.tickets.isEmpty();
    }

    private OrderSnapshot seen(OrderEvidence order) {
        return lastWords.getOrDefault(order.orderId, OrderApi.Answer.NONE).seen();
    }

    private void add(Kind kind, OrderEvidence order, OrderSnapshot seen, String what) {
        violations.add(new Violation(kind, order.orderId, what,
                seen == null ? List.of() : seen.timeline().stream().map(OrderSnapshot.Line::toString).toList()));
    }
}
