package ledger;

/** What became of a wish to confirm an order. */
public sealed interface Confirmation {

    Order order();

    record Created(Order order) implements Confirmation {
    }

    /** It was confirmed before, with the same content. */
    record Same(Order order) implements Confirmation {
    }

    /** The id belongs to an order with other content. */
    record Different(Order order) implements Confirmation {
    }
}
