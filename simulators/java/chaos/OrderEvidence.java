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

/** All that the journals say of one order: its customer's, and those of the three neighbours. The hub has no say in it. */
final class OrderEvidence {

    /** @param key the idempotency key that it was asked for with */
    record Made(String id, String key, Instant at) {
    }

    /** @param amount in minor units; null when the journal doesn't say */
    private record Payment(Instant at, String amount) {
    }

    final String orderId;
    boolean delivery;
    /** The hub answered 2xx. */
    boolean confirmed;
    boolean cancelAsked;
    /** HTTP's, of every answer to the customer's cancel that decides or accepts something. */
    final List<String> cancelAnswers = new ArrayList<>();
    /** Payments taken, by id. */
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    /** What the order costs, in minor units; null when the journal doesn't say. */
    private String amount;
    /** Ids of the payments whose callback the hub has answered: as kept (2xx), or as of a wrong sum (422). */
    private final Set<String> told = new LinkedHashSet<>();
    /** When the payment system first named a payment as the hub asked, by the payment's id. */
    private final Map<String, Instant> toldWhenAsked = new LinkedHashMap<>();
    /** Callbacks that the payment system never sent, by the answer to them. */
    final Map<String, Set<String>> forgeries = new TreeMap<>();
    /** The first callback that the hub answered 2xx; null when there was none. */
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

    /** Its first payment of the right sum. */
    Instant paidAt() {
        return payments.get(paymentIds().get(0)).at();
    }

    /** Ids of the payments taken of which any may be the order's: those of the right sum. */
    List<String> paymentIds() {
        return payments.entrySet().stream().filter(payment -> isWhatItCosts(payment.getValue())).map(Map.Entry::getKey)
                .toList();
    }

    /** Ids of the payments taken of which the hub has heard for certain. */
    List<String> toldPaymentIds() {
        return payments.keySet().stream().filter(told::contains).toList();
    }

    /** The hub has asked, and was told of a payment of the right sum, before this moment. */
    boolean isToldOfItsPaymentBefore(Instant moment) {
        return paymentIds().stream().map(toldWhenAsked::get).anyMatch(at -> at != null && at.isBefore(moment));
    }

    /** As the hub asked it was told of a payment of the right sum and of one of another. */
    boolean isToldOfBothSums() {
        return paymentIds().stream().anyMatch(toldWhenAsked::containsKey)
                && !paymentIds().containsAll(toldWhenAsked.keySet());
    }

    private boolean isWhatItCosts(Payment payment) {
        return amount == null || payment.amount() == null || payment.amount().equals(amount);
    }

    /** The customer was told, definitely, that it is cancelled. */
    boolean toldCancelled() {
        return cancelAnswers.contains("200");
    }

    /** The customer was told, definitely, that it can't be cancelled any more. */
    boolean toldTooLate() {
        return cancelAnswers.contains("409");
    }

    /** It must not be made: the barista has agreed, or the customer was told so. */
    boolean isCancelled() {
        return cancelAgreed || toldCancelled();
    }
}
