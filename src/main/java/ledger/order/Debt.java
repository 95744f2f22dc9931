package ledger.order;

import java.util.Locale;

/**
 * What an order still awaits of a side: the reason why a pull asks. An order awaits at most one thing of each side.
 *
 * <p>A debt follows from the order's states alone. {@link Transitions} works it out with each change, and the order carries
 * the result:
 * <pre>{@code
 * Dues.Due due = order.dues().of(Debt.Side.BARISTA);   // null: nothing is awaited of the barista
 * Duration silent = Duration.between(order.since(due.debt()), now);
 * }</pre>
 */
public enum Debt {

    /** The payment callback. */
    PAYMENT(Side.PAYMENT, Since.CONFIRMED),
    /** A ticket for a paid order. The barista settles it by answering the push or the pull, whichever came to it. */
    TICKET(Side.BARISTA, Since.MAKING),
    /** The start, then the end of making. Acceptance by hand may take minutes, which is no fault. */
    MAKING(Side.BARISTA, Since.MAKING),
    /** The decision on a cancel. */
    DECISION(Side.BARISTA, Since.CANCEL),
    /** A delivery note for an order that is made. */
    NOTE(Side.DISPATCH, Since.MAKING),
    /** The courier's states, up to the last. */
    DELIVERY(Side.DISPATCH, Since.DELIVERY),
    /** The confirmation that a cancelled order will not be delivered. */
    DROP(Side.DISPATCH, Since.CANCEL);

    /** The neighbour that owes something. */
    public enum Side {
        PAYMENT, BARISTA, DISPATCH
    }

    /** Which of an order's times says when the side was last heard of; see {@link Order#since}. */
    public enum Since {
        CONFIRMED, MAKING, DELIVERY, CANCEL
    }

    private final Side side;
    private final Since since;

    Debt(Side side, Since since) {
        this.side = side;
        this.since = since;
    }

    /** The side that owes this. */
    public Side side() {
        return side;
    }

    /** The group of states whose last change tells how long the side has been silent. */
    public Since since() {
        return since;
    }

    /** The name in a route, as in {@code pull:ticket}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
