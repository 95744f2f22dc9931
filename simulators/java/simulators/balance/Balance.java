package simulators.balance;

import java.util.List;
import simulators.journal.Entry;

/**
 * What became of the orders, from the journals of the shop and the neighbours.
 *
 * @param acknowledged orders whose payment callback the hub answered 2xx
 * @param tickets      tickets created, whichever way they ended
 * @param made         tickets made
 * @param notes        delivery notes created
 * @param delivered    orders that reached their customer
 * @param cancelled    orders that the barista agreed to cancel, or whose customer was told that they are
 * @param settled      orders for which nothing more is to happen
 * @param lost         paid orders that were not cancelled, whose payment the hub didn't refuse, and that have no ticket,
 *                     whether or not the callback was acknowledged; or that were made for delivery and have no note
 * @param doubled      orders with more than one ticket or note, or made although cancelled
 * @param unpaid       orders with a ticket or a delivery note, and without a payment
 * @param unsettled    paid orders that a neighbour is still making or delivering
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

    /** The balance of complete journals, in any order. */
    @SafeVarargs
    public static Balance of(Iterable<Entry>... journals) {
        BalanceTally tally = new BalanceTally();
        for (Iterable<Entry> journal : journals) {
            journal.forEach(tally::see);
        }
        return tally.balance();
    }

    /** Whether nothing is lost, doubled or unpaid. Orders may still be under way: see {@link #unsettled}. */
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
