package ledger;

import contract.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import ledger.order.Change;
import ledger.order.Debt;
import ledger.order.Order;
import ledger.order.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The work of pulls: orders that are owed something for too long. Any number of hubs may work at once.
 * <pre>{@code
 * WorkQueue tickets = queues.of(Debt.TICKET, Stores.ALL, Duration.ofSeconds(20));
 * if (queues.takeTick("pull-unaccepted", every)) {
 *     Claim claim = tickets.claim(200, lease);   // then ask for these, apply what is answered, and settle the claim
 * }
 * }</pre>
 *
 * <p>What a method has returned is committed. Every method may throw Spring's
 * {@link org.springframework.dao.DataAccessException}; nothing has happened then, and the call may be made again.
 */
public final class WorkQueues {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueues.class);

    /** The most orders that are recalled in one transaction. */
    private static final int RECALLED = 1_000;

    private final Rows rows;
    private final Transactions transactions;

    public WorkQueues(NamedParameterJdbcOperations jdbc, TransactionTemplate transaction) {
        this.rows = new Rows(jdbc);
        this.transactions = new Transactions(transaction);
    }

    /**
     * The orders of these stores that are owed this.
     *
     * @param age how long the side must have been silent before a claim contains the order
     */
    public WorkQueue of(Debt debt, Stores stores, Duration age) {
        return new WorkQueue() {
            @Override
            public void recall(Duration longest) {
                repeat(() -> rows.debts().recall(debt, longest, RECALLED));
            }

            @Override
            public Claim claim(int most, Duration lease) {
                return transactions.run(() -> rows.debts().claim(debt, stores, most, age, lease));
            }

            @Override
            public List<String> settle(Claim claim, Map<String, String> causes, Backoff pause) {
                return transactions.run(() -> rows.debts().settle(debt, claim, causes, pause));
            }

            @Override
            public void release(Claim claim, String cause) {
                transactions.run(() -> rows.debts().release(debt, claim, age, cause));
            }
        };
    }

    /** The orders that are owed over an arrow that {@link #guarantee} has added. */
    public WorkQueue over(String arrow) {
        return new WorkQueue() {
            @Override
            public void recall(Duration longest) {
                repeat(() -> rows.owed().recall(arrow, longest, RECALLED));
            }

            @Override
            public Claim claim(int most, Duration lease) {
                long asked = System.nanoTime();
                Map.Entry<UUID, List<String>> taken = transactions.run(() -> rows.owed().claim(arrow, most, lease));
                Map<String, Order> orders = rows.find(taken.getValue());
                List<String> gone = taken.getValue().stream().filter(id -> !orders.containsKey(id)).toList();
                if (!gone.isEmpty()) {
                    LOG.warn("arrow={} {} orders from {} on were dropped with their day and are owed no longer", arrow,
                            gone.size(), gone.get(0));
                    acknowledge(arrow, gone);
                }
                return Claim.begun(taken.getKey(), List.copyOf(orders.values()), taken.getValue().size(), asked, lease);
            }

            @Override
            public List<String> settle(Claim claim, Map<String, String> causes, Backoff pause) {
                return transactions.run(() -> rows.owed().settle(arrow, claim, causes, pause));
            }

            @Override
            public void release(Claim claim, String cause) {
                transactions.run(() -> rows.owed().release(arrow, claim, cause));
            }
        };
    }

    /** Repeats the transaction until it finds fewer orders than it may recall. */
    private static void repeat(IntSupplier recall) {
        int recalled;
        do {
            recalled = recall.getAsInt();
            if (recalled > 0) {
                LOG.warn("{} orders were to be asked for later than any pull waits, and are asked for now; if this is seen"
                        + " often, look at the clock of the database's host", recalled);
            }
        } while (recalled == RECALLED);
    }

    /**
     * From the first call for this arrow on, each such change of an order is owed to the arrow's other end, until
     * {@link #acknowledge} is told that the other end has it.
     *
     * @param kind only orders of this kind; null for both
     * @param age  how long after the change a pull looks first
     */
    public Guarantee guarantee(String arrow, Change change, Kind kind, Duration age) {
        return rows.owed().guarantee(arrow, change, kind, age);
    }

    /**
     * The arrow's other end has these orders.
     *
     * @return the ids of those that were owed until now
     */
    public List<String> acknowledge(String arrow, Collection<String> orderIds) {
        return transactions.run(() -> rows.owed().acknowledge(arrow, orderIds));
    }

    /**
     * Whether this hub is the one that pulls now, of all hubs that ask at this tick of the arrow.
     *
     * @param apart how long ago the last such tick must be at least, by the database's clock
     */
    public boolean takeTick(String arrow, Duration apart) {
        return rows.ticks().take(arrow, apart);
    }

    /** Whatever the order is owed is due now: the next tick of its pulls finds it. @return whether it is owed anything */
    public boolean makeDue(String orderId) {
        return rows.debts().makeDue(orderId) | rows.owed().makeDue(orderId);
    }

    /**
     * Orders that have been owed the same thing for too long: by debt, and of each debt the longest first.
     *
     * @param stays   how long is not too long, by debt; a debt that isn't named may last for ever
     * @param storeId null for all stores
     * @param limit   the most orders of each debt
     */
    public List<Stuck> stuck(Map<Debt, Duration> stays, String storeId, int limit) {
        return stays.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .flatMap(stay -> rows.debts().stuck(stay.getKey(), stay.getValue(), storeId, limit).stream()).toList();
    }

    /**
     * Orders that have been owed over added arrows for too long, the longest first.
     *
     * @param stay    how long is not too long
     * @param storeId null for all stores
     * @param limit   the most orders that are looked at, of all stores
     */
    public List<Stuck> stuckOverAddedArrows(Duration stay, String storeId, int limit) {
        List<OwedRows.Overdue> overdue = rows.owed().stuck(stay, limit);
        Map<String, Order> orders = rows.find(overdue.stream().map(OwedRows.Overdue::orderId).distinct().toList());
        return overdue.stream().filter(owed -> orders.containsKey(owed.orderId()))
                .map(owed -> owed.of(orders.get(owed.orderId())))
                .filter(stuck -> storeId == null || storeId.equals(stuck.order().content().storeId())).toList();
    }
}
