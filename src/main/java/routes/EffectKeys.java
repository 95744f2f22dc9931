package routes;

import contract.IdempotencyKey;
import java.time.Instant;
import ledger.OrderQueries;
import ledger.order.Order;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The idempotency keys of an order's effects: the same from every hub and by push and pull. An order that was confirmed
 * while hubs may have run that know only keys without the time keeps such keys.
 */
@Component
class EffectKeys {

    private final Instant withTimeFrom;

    @Autowired
    EffectKeys(OrderQueries orders) {
        this(orders.keysCarryTheTimeFrom());
    }

    /** @param withTimeFrom orders that were confirmed then or later have the time in their keys */
    EffectKeys(Instant withTimeFrom) {
        this.withTimeFrom = withTimeFrom;
    }

    String ticket(Order order) {
        return IdempotencyKey.ticket(order.id(), time(order));
    }

    String note(Order order) {
        return IdempotencyKey.note(order.id(), time(order));
    }

    String cancelMaking(Order order) {
        return IdempotencyKey.cancelMaking(order.id(), time(order));
    }

    String cancelDispatch(Order order) {
        return IdempotencyKey.cancelDispatch(order.id(), time(order));
    }

    String of(String arrow, Order order) {
        return IdempotencyKey.of(arrow, order.id(), time(order));
    }

    private Instant time(Order order) {
        return order.confirmedAt().isBefore(withTimeFrom) ? null : order.confirmedAt();
    }
}
