package ledger;

import java.util.List;
import ledger.order.Order;

/** The result of a wish to confirm an order. */
public sealed interface Confirmation {

    Order order();

    /** The order is new. @param freed the results of events that had come before it */
    record Created(Order order, List<Result> freed) implements Confirmation {
    }

    /** The order was confirmed before, with the same content. */
    record Same(Order order) implements Confirmation {
    }

    /** The id belongs to an order with other content. */
    record Different(Order order) implements Confirmation {
    }
}
