package ledger.order;

import contract.Kind;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** A combination of states that an order can come to, and an order that is in it. */
record StateFixture(Order order) {

    /** Kind, make, cancel and delivery, and whether it is over. */
    @Override
    public String toString() {
        return order.content().kind() + ": " + making() + ", " + delivery() + (order.settled() == null ? "" : ", over");
    }

    /** As the table of the making names its rows. */
    String making() {
        String cancel = order.isExpired() ? " expired" : switch (order.cancel().state()) {
            case NONE -> "";
            case CANCEL_REQUESTED -> " asked";
            case REFUSED -> " kept";
            case CANCELLED -> " cancelled";
        };
        return order.making().state() + cancel;
    }

    /** As the table of the delivery names its rows. */
    String delivery() {
        return order.delivery().state() == DeliveryState.NONE ? "NONE"
                : order.delivery().state() + "#" + order.delivery().attempt();
    }

    /** All that events can lead to, from a fresh order on. */
    static Collection<StateFixture> reachable(Kind kind, Transitions transitions, Collection<Event> events) {
        Map<String, StateFixture> found = new LinkedHashMap<>();
        Deque<StateFixture> open = new ArrayDeque<>();
        open.add(new StateFixture(OrderFixture.confirmed(kind)));
        while (!open.isEmpty()) {
            StateFixture situation = open.poll();
            if (found.putIfAbsent(situation.toString(), situation) == null) {
                for (Event event : events) {
                    Decision decision = transitions.decide(situation.order(), event, OrderFixture.minute(1));
                    if (decision instanceof Decision.Applied applied) {
                        open.add(new StateFixture(applied.order()));
                    }
                }
            }
        }
        return found.values();
    }
}
