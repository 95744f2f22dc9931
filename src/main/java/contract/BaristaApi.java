package contract;

import java.time.Instant;
import java.util.List;

/** What the hub asks the barista over HTTP. */
public interface BaristaApi {

    /** {@code POST /estimates}: when would this order be ready, if it came now? */
    record EstimateRequest(String orderId, String storeId, List<Item> items) {
        public EstimateRequest {
            Check.id("orderId", orderId);
            Check.id("storeId", storeId);
            items = Check.list("items", items, 100);
        }
    }

    /**
     * The answer to {@link EstimateRequest}: 预计制作完成时间.
     *
     * @param asOf when the barista worked it out; the newer estimate wins
     */
    record Estimate(Instant readyAt, Instant asOf) {
        public Estimate {
            Check.present("readyAt", readyAt);
            Check.present("asOf", asOf);
        }
    }

    /** {@code POST /tickets/estimates}: for each of these paid orders, is there a ticket, and when is it ready? */
    record TicketsRequest(List<OrderOfStore> orders) {
        public TicketsRequest {
            orders = Check.list("orders", orders, 1000);
        }
    }

    record OrderOfStore(String orderId, String storeId) {
        public OrderOfStore {
            Check.id("orderId", orderId);
            Check.id("storeId", storeId);
        }
    }

    /** The answer to {@link TicketsRequest}. Orders that the barista has no ticket for are absent. */
    record TicketsAnswer(List<Ticket> tickets) {
        public TicketsAnswer {
            tickets = Check.list("tickets", tickets, 1000);
        }
    }

    record Ticket(String orderId, String ticketId, Instant readyAt, Instant asOf) {
        public Ticket {
            Check.id("orderId", orderId);
            Check.id("ticketId", ticketId);
            Check.present("readyAt", readyAt);
            Check.present("asOf", asOf);
        }
    }
}
