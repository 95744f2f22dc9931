package ledger;

import java.util.List;
import ledger.order.Order;

/** What became of a wish to confirm an order. */
public sealed interface Confirmation {

    Order order();

    /** @param freed what became of events that had come too early for it */
    record Created(Order order, List<Result> freed) implements Confirmation {
    }

    /** It was confirmed before, with the same content. */
    record Same(Order order) implements Confirmation {
    }

    /** The id belongs to an order with other content. */
    record Different(Order order) implements Confirmation {
    }
}
