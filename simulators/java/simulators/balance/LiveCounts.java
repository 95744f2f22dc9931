package simulators.balance;

import java.util.List;

/**
 * How it stands, by the journals, while orders flow.
 *
 * @param paid         orders whose payment was taken
 * @param acknowledged orders whose payment callback the hub answered 2xx: from then on nothing may be lost
 * @param settled      orders that have all they will ever get
 * @param underWay     a neighbour is at them: they are being made or delivered
 * @param waiting      the next step is the hub's, and it is not overdue
 * @param lost         the next step is the hub's, and has been for longer than the bound
 * @param doubled      orders with more than one ticket or note, or made although cancelled
 * @param unpaid       orders with a ticket that no payment was taken for
 * @param someLost     ids of those that are lost, the first few
 * @param someDoubled  ids of those that are doubled, the first few
 */
public record LiveCounts(long paid, long acknowledged, long settled, long underWay, long waiting, long lost, long doubled,
                      long unpaid, List<String> someLost, List<String> someDoubled) {

    static final int NAMED = 5;
}
