package contract;

import java.util.List;

/** What the hub asks the payment system over HTTP. */
public interface PaymentApi {

    /** {@code POST /payments/queries}, 查询支付结果: which of these orders are paid? */
    record PaymentsRequest(List<String> orderIds) {
        public PaymentsRequest {
            orderIds = Bounds.list("orderIds", orderIds, 1000);
            orderIds.forEach(orderId -> Bounds.id("orderIds", orderId));
        }
    }

    /**
     * The answer to {@link PaymentsRequest}: every payment taken for these orders, as its callback says it.
     *
     * @param unpaid orders that no payment was taken for so far
     */
    record PaymentsAnswer(List<PaymentCallback> payments, List<String> unpaid) {
        public PaymentsAnswer {
            payments = Bounds.list("payments", payments, 1000);
            unpaid = Bounds.list("unpaid", unpaid, 1000);
            unpaid.forEach(orderId -> Bounds.id("unpaid", orderId));
        }
    }
}
