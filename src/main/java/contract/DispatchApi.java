package contract;

import java.time.Instant;
import java.util.List;

/** What the hub asks and tells dispatch over HTTP. */
public interface DispatchApi {

    /** {@code POST /estimates}: when would an order of this store reach its customer, if it came now? */
    record EstimateRequest(String orderId, String storeId) {
        public EstimateRequest {
            Bounds.id("orderId", orderId);
            Bounds.id("storeId", storeId);
        }
    }

    /**
     * The answer to {@link EstimateRequest}: 预计配送完成时间.
     *
     * @param asOf when dispatch worked it out; the newer estimate wins
     */
    record Estimate(Instant deliveredAt, Instant asOf) {
        public Estimate {
            Bounds.present("deliveredAt", deliveredAt);
            Bounds.present("asOf", asOf);
        }
    }

    /** {@code POST /dispatch-times} ({@code getEstimateDispatchTime}): tells the make state, asks for the estimate. */
    record DispatchTimesRequest(List<OrderInMaking> orders) {
        public DispatchTimesRequest {
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    /**
     * @param makeState MAKING or MADE
     * @param readyAt   when the barista expects it to be ready; null when unknown
     */
    record OrderInMaking(String orderId, String storeId, String makeState, Instant readyAt) {
        public OrderInMaking {
            Bounds.id("orderId", orderId);
            Bounds.id("storeId", storeId);
            Bounds.oneOf("makeState", makeState, "MAKING", "MADE");
        }
    }

    /** The answer to {@link DispatchTimesRequest}. */
    record DispatchTimesAnswer(List<DispatchTime> times) {
        public DispatchTimesAnswer {
            times = Bounds.list("times", times, 1000);
        }
    }

    record DispatchTime(String orderId, Instant deliveredAt, Instant asOf) {
        public DispatchTime {
            Bounds.id("orderId", orderId);
            Bounds.present("deliveredAt", deliveredAt);
            Bounds.present("asOf", asOf);
        }
    }

    /** {@code POST /cancellations}, 取消配送: no courier for these orders, now or later. */
    record CancellationsRequest(List<Cancellation> orders) {
        public CancellationsRequest {
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    record Cancellation(String orderId, String idempotencyKey, String reason) {
        public Cancellation {
            Bounds.id("orderId", orderId);
            Bounds.present("idempotencyKey", idempotencyKey);
            Bounds.text("reason", reason);
        }
    }

    /** The answer to {@link CancellationsRequest}: the orders that dispatch will not deliver. */
    record CancellationsAnswer(List<String> cancelled) {
        public CancellationsAnswer {
            cancelled = Bounds.list("cancelled", cancelled, 1000);
            cancelled.forEach(orderId -> Bounds.id("cancelled", orderId));
        }
    }

    /**
     * {@code POST /notes}: these orders for delivery are made; make a note of each that has none (返回制作完成的订单，
     * 创建配送单). The same as by {@code lucky_order_changed_topic}, under the same idempotency key.
     */
    record NotesRequest(List<MadeOrder> orders) {
        public NotesRequest {
            orders = Bounds.list("orders", orders, 1000);
        }
    }

    /** @param idempotencyKey one note a key, however often and by whatever way it comes */
    record MadeOrder(String orderId, String storeId, String idempotencyKey, Instant madeAt) {
        public MadeOrder {
            Bounds.id("orderId", orderId);
            Bounds.id("storeId", storeId);
            Bounds.present("idempotencyKey", idempotencyKey);
            Bounds.present("madeAt", madeAt);
        }
    }

    /**
     * The answer to {@link NotesRequest}. An order that is in neither list was not decided on, and is asked for again.
     *
     * @param deliveries the notes, made now or known before, each with its latest state
     * @param notNow     no note yet, try again later
     */
    record NotesAnswer(List<ExpressChanged> deliveries, List<Refusal> notNow) {
        public NotesAnswer {
            deliveries = Bounds.list("deliveries", deliveries, 1000);
            notNow = Bounds.list("notNow", notNow, 1000);
        }
    }

    /** {@code POST /deliveries/states}, 拉取配送单状态: how far are the deliveries of these orders? */
    record DeliveryStatesRequest(List<String> orderIds) {
        public DeliveryStatesRequest {
            orderIds = Bounds.list("orderIds", orderIds, 1000);
            orderIds.forEach(orderId -> Bounds.id("orderIds", orderId));
        }
    }

    /** The answer to {@link DeliveryStatesRequest}, 返回配送信息: the latest state of each; orders without a note are absent. */
    record DeliveryStatesAnswer(List<ExpressChanged> deliveries) {
        public DeliveryStatesAnswer {
            deliveries = Bounds.list("deliveries", deliveries, 1000);
        }
    }
}
