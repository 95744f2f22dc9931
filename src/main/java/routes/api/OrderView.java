package routes.api;

import contract.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import ledger.Step;
import ledger.Way;
import ledger.order.CancelState;
import ledger.order.Debt;
import ledger.order.DeliveryState;
import ledger.order.Dues;
import ledger.order.Estimate;
import ledger.order.MakeState;
import ledger.order.Order;
import ledger.order.Outcome;
import ledger.order.Settlement;

/** {@code GET /api/orders/{id}}: an order's states, its estimates, its debts, and its timeline. */
record OrderView(String orderId, String storeId, Kind kind, long amount, String currency, Instant confirmedAt,
                 Make make, Delivery delivery, Cancel cancel, Promise readyAt, Promise deliveredAt,
                 Settlement settledAs, Instant settledAt, List<Awaited> awaits, List<TimelineStep> timeline) {

    record Make(MakeState state, Instant since, String paymentId, String ticketId) {
    }

    record Delivery(DeliveryState state, Instant since, String noteId, int attempt, String courier) {
    }

    record Cancel(CancelState state, Instant since, String reason) {
    }

    /** @param from the neighbour that gave the estimate, or {@code fallback: …} */
    record Promise(Instant at, String from) {
        static Promise of(Estimate estimate) {
            return estimate == null ? null : new Promise(estimate.at(), estimate.from());
        }
    }

    /**
     * A debt: something that a neighbour still owes the order.
     *
     * @param from   the lifeline of the diagram that is awaited
     * @param nextAt when the pull looks next; it asks if the neighbour has been silent for long enough then
     */
    record Awaited(Debt what, String from, Instant nextAt) {
        static List<Awaited> of(Dues dues) {
            return Stream.of(Debt.Side.values()).map(dues::of).filter(Objects::nonNull)
                    .map(due -> new Awaited(due.debt(), lifeline(due.debt().side()), due.at())).toList();
        }

        private static String lifeline(Debt.Side side) {
            return switch (side) {
                case PAYMENT -> "支付";
                case BARISTA -> "咖啡师";
                case DISPATCH -> "配送";
            };
        }
    }

    record TimelineStep(Instant at, String arrow, Way way, Outcome outcome, String detail) {
    }

    static OrderView of(Order order, List<Step> timeline) {
        Order.Making making = order.making();
        Order.Delivery delivery = order.delivery();
        Order.Cancel cancel = order.cancel();
        return new OrderView(order.id(), order.content().storeId(), order.content().kind(), order.content().amount(),
                order.content().currency(), order.confirmedAt(),
                new Make(making.state(), making.since(), making.paymentId(), making.ticketId()),
                new Delivery(delivery.state(), delivery.since(), delivery.noteId(), delivery.attempt(),
                        delivery.courier()),
                new Cancel(cancel.state(), cancel.since(), cancel.reason()),
                Promise.of(order.ready()), Promise.of(order.delivered()),
                order.settled() == null ? null : order.settled().as(),
                order.settled() == null ? null : order.settled().at(),
                Awaited.of(order.dues()), timeline.stream().map(step -> new TimelineStep(step.at(), step.arrow(), step.way(), step.outcome(),
                        step.detail())).toList());
    }
}
