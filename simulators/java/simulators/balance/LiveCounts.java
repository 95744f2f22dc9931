package simulators.balance;

import java.util.List;

/**
 * Counts of orders while they flow, from the journals of the shop and the neighbours.
 *
 * @param paid         orders whose payment was taken
 * @param acknowledged orders whose payment callback the hub answered 2xx: from then on nothing may be lost
 * @param settled      orders for which nothing more is to happen
 * @param underWay     orders that a neighbour is making or delivering
 * @param waiting      orders whose next step is the hub's, and not overdue
 * @param lost         orders whose next step has been the hub's for longer than the bound
 * @param doubled      orders with more than one ticket or note, or made although cancelled
 * @param unpaid       orders with a ticket or a delivery note, and without a payment
 * @param someLost     ids of the first five lost orders
 * @param someDoubled  ids of the first five doubled orders
 */
public record LiveCounts(long paid, long acknowledged, long settled, long underWay, long waiting, long lost, long doubled,
                      long unpaid, List<String> someLost, List<String> someDoubled) {

    static final int NAMED = 5;
}
