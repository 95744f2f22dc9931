package chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import simulators.journal.Entry;

/** All that the journals say of one order: its customer's, and those of the three neighbours. The hub has no say in it. */
final class Evidence {

    /** @param key the idempotency key that it was asked for with */
    record Made(String id, String key, Instant at) {
    }

    final String orderId;
    boolean delivery;
    /** The hub answered 2xx. */
    boolean confirmed;
    boolean cancelAsked;
    /** HTTP's, of every answer to the customer's cancel that decides or accepts something. */
    final List<String> cancelAnswers = new ArrayList<>();
    /** Payments taken, by id. */
    final Map<String, Instant> payments = new LinkedHashMap<>();
    /** The first callback that the hub answered 2xx; null when there was none. */
    Instant acknowledgedAt;
    final List<Made> tickets = new ArrayList<>();
    int made;
    boolean cancelAgreed;
    boolean cancelRefused;
    final List<Made> notes = new ArrayList<>();
    boolean delivered;
    boolean deliveryFailed;

    Evidence(String orderId) {
        this.orderId = orderId;
    }

    void see(Entry entry) {
        switch (entry.what()) {
            case CONFIRM_ASKED -> delivery |= "DELIVERY".equals(entry.get("kind"));
            case CONFIRM_ANSWERED -> confirmed |= entry.get("answer").startsWith("2");
            case CANCEL_ASKED -> cancelAsked = true;
            case CANCEL_ANSWERED -> cancelAnswers.add(entry.get("answer"));
            case PAYMENT_TAKEN -> payments.put(entry.id(), entry.at());
            case CALLBACK_ACKNOWLEDGED -> {
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
        return !payments.isEmpty();
    }

    Instant paidAt() {
        return payments.values().iterator().next();
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
