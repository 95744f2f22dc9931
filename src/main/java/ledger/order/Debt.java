package ledger.order;

import java.util.Locale;

/** What is awaited of a side. An order awaits one thing of each side at most. */
public enum Debt {

    /** Of payment: its callback. */
    PAYMENT,
    /** Of the barista: a ticket for a paid order. Settled by its answer to whichever way the order came to it. */
    TICKET,
    /** Of the barista: the start, then the end of making. Acceptance by hand may take minutes and is no fault. */
    MAKING,
    /** Of the barista: its decision on a cancel. */
    DECISION,
    /** Of dispatch: a delivery note for an order that is made. */
    NOTE,
    /** Of dispatch: the courier's states, to the last. */
    DELIVERY,
    /** Of dispatch: its word that it will not deliver a cancelled order. */
    DROP;

    /** As it stands in a route: {@code pull:ticket}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
