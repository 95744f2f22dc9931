package simulators.payment;

import contract.PaymentApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.journal.Entry;
import simulators.journal.What;
import simulators.wire.Ids;

/**
 * The state of the payment system: payments, and which of them the hub has still to acknowledge. Without HTTP or a clock.
 */
public final class PaymentBook {

    private static final Set<String> CALLBACKS = Set.of(Channel.CALLBACKS.name(), Channel.LATER_CALLBACKS.name());

    private final Map<String, Entry> byKey = new HashMap<>();
    private final Map<String, List<Entry>> paymentsOfOrder = new HashMap<>();
    private final Map<String, Entry> unacknowledged = new LinkedHashMap<>();

    /** A customer pays: a new payment, the same one again, or a refusal when the key was used for another payment. */
    public synchronized Entry pay(PaymentRequest request, Instant now) {
        Map<String, String> detail = Map.of("amount", "" + request.amount(), "currency", request.currency());
        Entry known = byKey.get(request.key());
        if (known == null) {
            String id = Ids.numbered("P", taken(request.orderId()).size() + 1, request.orderId());
            Entry taken = new Entry(now, What.PAYMENT_TAKEN, request.orderId(), request.key(), id, detail);
            restore(taken);
            return taken;
        }
        boolean same = known.orderId().equals(request.orderId()) && known.detail().equals(detail);
        return new Entry(now, same ? What.PAYMENT_REPEATED : What.PAYMENT_REFUSED, request.orderId(), request.key(),
                known.id(), detail);
    }

    /** Changes the state by an entry of the journal; entries that change nothing are ignored. */
    public synchronized void restore(Entry entry) {
        switch (entry.what()) {
            case PAYMENT_TAKEN -> {
                byKey.put(entry.key(), entry);
                paymentsOfOrder.merge(entry.orderId(), List.of(entry), PaymentBook::joined);
                unacknowledged.put(entry.id(), entry);
            }
            case CALLBACK_ACKNOWLEDGED, CALLBACK_GIVEN_UP -> unacknowledged.remove(entry.id());
            case FAULT -> {
                if (Fault.LOSE.word().equals(entry.get("fault")) && CALLBACKS.contains(entry.get("channel"))) {
                    unacknowledged.remove(entry.key());
                }
            }
            default -> {
            }
        }
    }

    /** 查询支付结果: all payments of these orders, whether or not the hub has acknowledged them, and the orders without one. */
    public synchronized PaymentApi.PaymentsAnswer query(List<String> orderIds) {
        return new PaymentApi.PaymentsAnswer(
                orderIds.stream().flatMap(orderId -> taken(orderId).stream()).map(Callback::said).toList(),
                orderIds.stream().filter(orderId -> taken(orderId).isEmpty()).toList());
    }

    /** Whether the payment is the first of its order. */
    synchronized boolean isFirst(Entry payment) {
        return taken(payment.orderId()).get(0).id().equals(payment.id());
    }

    private List<Entry> taken(String orderId) {
        return paymentsOfOrder.getOrDefault(orderId, List.of());
    }

    private static List<Entry> joined(List<Entry> some, List<Entry> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The payments whose callback was neither acknowledged nor given up nor lost on purpose. */
    public synchronized List<Entry> unacknowledged() {
        return new ArrayList<>(unacknowledged.values());
    }
}
