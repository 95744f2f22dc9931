package contract;

import java.time.Instant;
import java.util.List;

/** What the hub asks the barista over HTTP. */
public interface BaristaApi {

    /** {@code POST /estimates}: when would this order be ready, if it came now? */
    record EstimateRequest(String orderId, String storeId, List<Item> items) {
        public EstimateRequest {
            Bounds.id("orderId", orderId);
            Bounds.id("storeId", storeId);
            items = Bounds.list("items", items, 100);
        }
    }

    /**
     * The answer to {@link EstimateRequest}: 预计制作完成时间.
     *
     * @param asOf when the barista worked it out; the newer estimate wins
     */
    record Estimate(Instant readyAt, Instant asOf) {
        public Estimate {
            Bounds.present("readyAt", readyAt);
            Bounds.present("asOf", asOf);
        }
    }

    /** {@code POST /tickets/estimates}: for each of these paid orders, is there a ticket, and when is it ready? */
    record TicketsRequest(List<OrderOfStore> orders) {
        public TicketsRequest {
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    record OrderOfStore(String orderId, String storeId) {
        public OrderOfStore {
            Bounds.id("orderId", orderId);
            Bounds.id("storeId", storeId);
        }
    }

    /** The answer to {@link TicketsRequest}. Orders that the barista has no ticket for are absent. */
    record TicketsAnswer(List<Ticket> tickets) {
        public TicketsAnswer {
            tickets = Bounds.list("tickets", tickets, 1000);
        }
    }

    record Ticket(String orderId, String ticketId, Instant readyAt, Instant asOf) {
        public Ticket {
            Bounds.id("orderId", orderId);
            Bounds.id("ticketId", ticketId);
            Bounds.present("readyAt", readyAt);
            Bounds.present("asOf", asOf);
        }
    }

    /**
     * {@code POST /orders}: paid orders of one store that the barista may have missed (返回未接单的订单). The same order as
     * by {@code lucky_order_to_barista_topic}, under the same idempotency key.
     */
    record OrdersRequest(String storeId, List<PaidOrder> orders) {
        public OrdersRequest {
            Bounds.id("storeId", storeId);
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    /** @param idempotencyKey one ticket a key, however often and by whatever way it comes */
    record PaidOrder(String orderId, String idempotencyKey, Kind kind, List<Item> items, Instant paidAt) {
        public PaidOrder {
            Bounds.id("orderId", orderId);
            Bounds.present("idempotencyKey", idempotencyKey);
            Bounds.present("kind", kind);
            items = Bounds.list("items", items, 100);
            Bounds.present("paidAt", paidAt);
        }
    }

    /**
     * The answer to {@link OrdersRequest}, order by order. One that is in none of the lists was not decided on, and is
     * handed over again.
     *
     * @param made    tickets that were made now
     * @param known   tickets that were there already
     * @param notNow  no ticket yet, try again later: the store is closed, the queue is full
     * @param refused there never will be a ticket
     */
    record OrdersAnswer(List<Ticket> made, List<Ticket> known, List<Refusal> notNow, List<Refusal> refused) {
        public OrdersAnswer {
            made = Bounds.list("made", made, 1000);
            known = Bounds.list("known", known, 1000);
            notNow = Bounds.list("notNow", notNow, 1000);
            refused = Bounds.list("refused", refused, 1000);
        }
    }

    /** {@code POST /tickets/states}: how far are these orders of one store? */
    record TicketStatesRequest(String storeId, List<String> orderIds) {
        public TicketStatesRequest {
            Bounds.id("storeId", storeId);
            orderIds = Bounds.list("orderIds", orderIds, 1000);
            orderIds.forEach(orderId -> Bounds.id("orderIds", orderId));
        }
    }

    /**
     * The answer to {@link TicketStatesRequest}: each order's last word, as its event would say it. An order that the
     * barista has no living ticket for is absent.
     *
     * @param waiting not accepted yet
     */
    record TicketStatesAnswer(List<Ticket> waiting, List<MakingStarted> started, List<Made> made) {
        public TicketStatesAnswer {
            waiting = Bounds.list("waiting", waiting, 1000);
            started = Bounds.list("started", started, 1000);
            made = Bounds.list("made", made, 1000);
        }
    }

    /**
     * {@code POST /cancellations}: decide on these cancels of one store, or say again what was decided. The same as by
     * {@code lucky_cancel_making_topic}; the barista's first durable decision wins, and an order that it has never seen
     * is one that it will never make.
     */
    record CancellationsRequest(String storeId, List<Cancellation> orders) {
        public CancellationsRequest {
            Bounds.id("storeId", storeId);
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    record Cancellation(String orderId, String idempotencyKey, String reason, Instant requestedAt) {
        public Cancellation {
            Bounds.id("orderId", orderId);
            Bounds.present("idempotencyKey", idempotencyKey);
            Bounds.text("reason", reason);
            Bounds.present("requestedAt", requestedAt);
        }
    }

    /** The answer to {@link CancellationsRequest}, one decision an order. */
    record CancellationsAnswer(List<CancelOutcome> decisions) {
        public CancellationsAnswer {
            decisions = Bounds.list("decisions", decisions, 1000);
        }
    }
}
