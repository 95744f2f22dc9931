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

/** What the payment system knows: who has paid, and of which payments the hub has yet to hear. Without HTTP or a clock. */
public final class PaymentBook {

    private static final Set<String> CALLBACKS = Set.of(Channel.CALLBACKS.name(), Channel.LATER_CALLBACKS.name());

    private final Map<String, Entry> byKey = new HashMap<>();
    private final Map<String, List<Entry>> paymentsOfOrder = new HashMap<>();
    private final Map<String, Entry> untold = new LinkedHashMap<>();

    /** A customer pays: a new payment, the same again, or a refusal when the key was used for something else. */
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

    /** Changes the state by what the journal says; entries that change nothing are passed over. */
    public synchronized void restore(Entry entry) {
        switch (entry.what()) {
            case PAYMENT_TAKEN -> {
                byKey.put(entry.key(), entry);
                paymentsOfOrder.merge(entry.orderId(), List.of(entry), PaymentBook::joined);
                untold.put(entry.id(), entry);
            }
            case CALLBACK_ACKNOWLEDGED, CALLBACK_GIVEN_UP -> untold.remove(entry.id());
            case FAULT -> {
                if (Fault.LOSE.word().equals(entry.get("fault")) && CALLBACKS.contains(entry.get("channel"))) {
                    untold.remove(entry.key());
                }
            }
            default -> {
            }
        }
    }

    /** 查询支付结果: every payment taken for these orders, whether or not the hub has heard of it. */
    public synchronized PaymentApi.PaymentsAnswer query(List<String> orderIds) {
        return new PaymentApi.PaymentsAnswer(
                orderIds.stream().flatMap(orderId -> taken(orderId).stream()).map(Callback::said).toList(),
                orderIds.stream().filter(orderId -> taken(orderId).isEmpty()).toList());
    }

    /** Whether the payment is the first that was taken for its order. */
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
    public synchronized List<Entry> untold() {
        return new ArrayList<>(untold.values());
    }
}
