package simulators.balance;

import java.util.List;
import simulators.journal.Entry;

/**
 * What became of the orders, by the journals.
 *
 * @param acknowledged orders whose payment callback the hub answered 2xx
 * @param tickets      tickets created, whichever way they ended
 * @param made         tickets made
 * @param notes        delivery notes created
 * @param delivered    orders that reached their customer
 * @param cancelled    orders that the barista agreed to cancel, or whose customer was told that they are
 * @param settled      orders that have all they will ever get
 * @param lost         orders paid, neither cancelled nor their payment refused by the hub, without a ticket, whether or
 *                     not the callback was acknowledged; or made, for delivery, without a note
 * @param doubled      orders with more than one ticket or note, or made although cancelled
 * @param unpaid       orders with a ticket or a delivery note, and without a payment
 * @param unsettled    paid orders that a neighbour is still at
 */
public record Balance(long acknowledged, long tickets, long made, long notes, long delivered, long cancelled,
                      long settled, List<String> lost, List<String> doubled, List<String> unpaid,
                      List<String> unsettled) {

    private static final int NAMED = 10;

    public Balance {
        lost = lost.stream().sorted().toList();
        doubled = doubled.stream().sorted().toList();
        unpaid = unpaid.stream().sorted().toList();
        unsettled = unsettled.stream().sorted().toList();
    }

    /** Reckoned at the end, from the entries of every journal. */
    @SafeVarargs
    public static Balance of(Iterable<Entry>... journals) {
        BalanceTally tally = new BalanceTally();
        for (Iterable<Entry> journal : journals) {
            journal.forEach(tally::see);
        }
        return tally.balance();
    }

    /** Nothing is lost, doubled or unpaid. Orders may still be under way: see {@link #unsettled}. */
    public boolean holds() {
        return lost.isEmpty() && doubled.isEmpty() && unpaid.isEmpty();
    }

    @Override
    public String toString() {
        return """
                acknowledged %,9d
                tickets      %,9d   made %,d
                notes        %,9d   delivered %,d
                cancelled    %,9d
                settled      %,9d
                unsettled    %,9d%s
                LOST         %,9d%s
                DOUBLED      %,9d%s
                UNPAID       %,9d%s""".formatted(acknowledged, tickets, made, notes, delivered, cancelled, settled,
                unsettled.size(), some(unsettled), lost.size(), some(lost), doubled.size(), some(doubled),
                unpaid.size(), some(unpaid));
    }

    private static String some(List<String> orders) {
        if (orders.isEmpty()) {
            return "";
        }
        return "   " + String.join(" ", orders.subList(0, Math.min(NAMED, orders.size())))
                + (orders.size() > NAMED ? " …" : "");
    }
}
