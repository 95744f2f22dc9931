package chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import simulators.journal.Entry;

/** What the journals of the customer and of the three neighbours say about one order. Nothing of it comes from the hub. */
final class OrderEvidence {

    /** A ticket or a delivery note. @param key idempotency key of the request for it */
    record Made(String id, String key, Instant at) {
    }

    /** @param amount in minor units; null when the journal doesn't say */
    private record Payment(Instant at, String amount) {
    }

    final String orderId;
    boolean delivery;
    /** Whether the hub answered the confirmation with 2xx. */
    boolean confirmed;
    boolean cancelAsked;
    /** HTTP statuses of the answers to the customer's cancel. */
    final List<String> cancelAnswers = new ArrayList<>();
    /** Payments taken, by id. */
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    /** The order's amount in minor units; null when the journal doesn't say. */
    private String amount;
    /** Ids of the payments whose callback the hub has answered as stored (2xx), or as of a wrong sum (422). */
    private final Set<String> told = new LinkedHashSet<>();
    /** When the payment system first named a payment in an answer to the hub, by the payment's id. */
    private final Map<String, Instant> toldWhenAsked = new LinkedHashMap<>();
    /** Forged callbacks, by the HTTP status of the answer. */
    final Map<String, Set<String>> forgeries = new TreeMap<>();
    /** When the hub first answered a callback with 2xx; null when it never did. */
    Instant acknowledgedAt;
    final List<Made> tickets = new ArrayList<>();
    int made;
    boolean cancelAgreed;
    boolean cancelRefused;
    final List<Made> notes = new ArrayList<>();
    boolean delivered;
    boolean deliveryFailed;

    OrderEvidence(String orderId) {
        this.orderId = orderId;
    }

    void see(Entry entry) {
        switch (entry.what()) {
            case CONFIRM_ASKED -> {
                delivery |= "DELIVERY".equals(entry.get("kind"));
                amount = entry.get("amount") == null ? amount : entry.get("amount");
            }
            case CONFIRM_ANSWERED -> confirmed |= entry.get("answer").startsWith("2");
            case CANCEL_ASKED -> cancelAsked = true;
            case CANCEL_ANSWERED -> cancelAnswers.add(entry.get("answer"));
            case PAYMENT_TAKEN -> payments.put(entry.id(), new Payment(entry.at(), entry.get("amount")));
            case PAYMENT_TOLD -> toldWhenAsked.putIfAbsent(entry.id(), entry.at());
            case FORGERY_ANSWERED -> forgeries.computeIfAbsent(entry.get("answer"), answer -> new TreeSet<>())
                    .add(entry.get("forgery"));
            case CALLBACK_REFUSED -> {
                if ("422".equals(entry.get("answer"))) {
                    told.add(entry.id());
                }
            }
            case CALLBACK_ACKNOWLEDGED -> {
                told.add(entry.id());
                if (acknowledgedAt == null || entry.at().isBefore(acknowledgedAt)) {
                    acknowledgedAt = entry.at();
                }
            }
            case TICKET_CREATED -> tickets.add(new Made(entry.id(), entry.key(), entry.at()));
            case MADE -> made++;
            case CANCEL_AGREED -> cancelAgreed = true;
            case CANCEL_REFUSED -> cancelRefused = true;
            case NOTE_CREATED -> notes.add(new Made(entry.id(), entry.key(), entry.at()));
            case EXPRESS_CHANGED -> {
                delivered |= "DELIVERED".equals(entry.get("state"));
                deliveryFailed |= "FAILED".equals(entry.get("state"));
            }
            default -> {
            }
        }
    }

    boolean isPaid() {
        return !paymentIds().isEmpty();
    }

    /** When its first payment of the right sum was taken. */
    Instant paidAt() {
        return payments.get(paymentIds().get(0)).at();
    }

    /** Ids of the payments of the right sum. */
    List<String> paymentIds() {
        return payments.entrySet().stream().filter(payment -> isWhatItCosts(payment.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    /** Ids of the payments that the hub knows of for certain. */
    List<String> toldPaymentIds() {
        return payments.keySet().stream().filter(told::contains).toList();
    }

    /** Whether the hub asked and was told of a payment of the right sum before this moment. */
    boolean isToldOfItsPaymentBefore(Instant moment) {
        return paymentIds().stream().map(toldWhenAsked::get).anyMatch(at -> at != null && at.isBefore(moment));
    }

    /** Whether the hub asked and was told of a payment of the right sum and of one of a wrong sum. */
    boolean isToldOfBothSums() {
        return paymentIds().stream().anyMatch(toldWhenAsked::containsKey)
                && !paymentIds().containsAll(toldWhenAsked.keySet());
    }

    private boolean isWhatItCosts(Payment payment) {
        return amount == null || payment.amount() == null || payment.amount().equals(amount);
    }

    /** Whether the customer was told that the order is cancelled (200). */
    boolean toldCancelled() {
        return cancelAnswers.contains("200");
    }

    /** Whether the customer was told that the order can't be cancelled any more (409). */
    boolean toldTooLate() {
        return cancelAnswers.contains("409");
    }

    /**
     * Whether the order must not be made: the barista agreed to cancel it, or the customer was told that it is cancelled.
     */
    boolean isCancelled() {
        return cancelAgreed || toldCancelled();
    }
}
