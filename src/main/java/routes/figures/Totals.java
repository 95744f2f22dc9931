package routes.figures;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import ledger.Announcer;
import ledger.order.Change;
import ledger.order.Order;
import org.springframework.stereotype.Component;

/** How many orders this hub has confirmed and settled since it started. */
@Component
public class Totals implements Announcer {

    private final Counter confirmed;
    private final Counter settled;

    Totals(MeterRegistry metrics) {
        confirmed = metrics.counter("hub.orders.confirmed");
        settled = metrics.counter("hub.orders.settled");
    }

    @Override
    public void announce(Change change, List<Order> orders) {
        if (change == Change.CONFIRMED) {
            confirmed.increment(orders.size());
        } else if (change == Change.SETTLED) {
            settled.increment(orders.size());
        }
    }

    public long confirmed() {
        return (long) confirmed.count();
    }

    public long settled() {
        return (long) settled.count();
    }
}
