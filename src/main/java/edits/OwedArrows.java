package edits;

import static edits.rules.LocalizedMessage.message;

import edits.rules.Finding;
import edits.rules.LocalizedMessage;
import edits.rules.RouteFile;
import edits.rules.RouteSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ledger.GuaranteedArrows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** What orders are owed over the {@code guaranteed:} arrows that an edit adds or takes out. */
final class OwedArrows {

    private static final Logger LOG = LoggerFactory.getLogger(OwedArrows.class);

    private static final LocalizedMessage CHOICE = message("owed: keep (--owed keep) leaves them in the ledger, to be handed "
            + "over if the arrow is added again; owed: drop (--owed drop) deletes what they are owed");

    private final GuaranteedArrows table;
    private final TransactionTemplate transaction;

    OwedArrows(GuaranteedArrows table, TransactionTemplate transaction) {
        this.table = table;
        this.transaction = transaction;
    }

    /**
     * Guaranteed arrows by id.
     *
     * @param now     those that the edit has
     * @param added   those of them that did not run before
     * @param removed those that ran before and that the edit takes out
     */
    record Edited(Set<String> now, Set<String> added, Set<String> removed) {

        static Edited of(List<RouteSource> then, List<RouteSource> now) {
            return new Edited(ids(now), without(ids(now), ids(then)), without(ids(then), ids(now)));
        }
    }

    private static Set<String> ids(List<RouteSource> routes) {
        return routes.stream().filter(route -> route.from().scheme().equals("guaranteed")).map(RouteSource::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> ids, Set<String> others) {
        ids.removeAll(others);
        return ids;
    }

    /** Says which orders are owed over arrows that these files no longer have. */
    List<Finding> notes(Edited arrows, List<RouteFile> files) {
        try {
            return table.owed(arrows.removed()).entrySet().stream()
                    .map(owed -> Finding.ofFile(files.get(0),
                            message("%s, and these files have no %s", orders(owed), owed.getKey()),
                            message("say what becomes of them when you apply it: %s", CHOICE)).asNote()).toList();
        } catch (DataAccessException e) {
            // The files can be judged without the database, and an apply asks again.
            return List.of();
        }
    }

    /** @throws EditRefused when orders are owed over one of the removed arrows */
    void requireNone(Edited arrows) {
        Map<String, Long> owed = table.owed(arrows.removed());
        if (!owed.isEmpty()) {
            throw new EditRefused(EditRefused.Reason.STILL_OWED,
                    owed.entrySet().stream().map(each -> orders(each).toString()).collect(Collectors.joining(", "))
                            + "; nothing was changed: send it again, saying what becomes of them: " + CHOICE);
        }
    }

    private static LocalizedMessage orders(Map.Entry<String, Long> owed) {
        return owed.getValue() == 1 ? message("1 order is owed over %s", owed.getKey())
                : message("%s orders are owed over %s", owed.getValue(), owed.getKey());
    }

    /** To be called in the transaction that puts the version in force. */
    void put(long version, boolean shipped, Edited arrows, boolean drop) {
        table.put(version, shipped, arrows.now(), drop ? arrows.removed() : Set.of());
    }

    /**
     * Undoes what the start of the added arrows has begun, as the edit is not in force: an arrow is owed from its start on.
     */
    void withdraw(long version, Edited arrows) {
        try {
            transaction.executeWithoutResult(status -> table.withdraw(version, arrows.added()));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("arrows {} may be owed until a hub has the next look at what is in force: {}", arrows.added(),
                    e.toString());
        }
    }

    /** Deletes what was dropped, as far as the database can be reached. */
    void sweep() {
        try {
            table.sweep();
        } catch (DataAccessException e) {
            LOG.warn("what was dropped is deleted at the next look: {}", e.toString());
        }
    }

    /**
     * Puts the table right by the routes that are in force.
     *
     * @return arrows that the routes no longer have, and over which orders are still owed
     */
    List<String> agree(long version, boolean shipped, List<RouteSource> routes) {
        transaction.executeWithoutResult(status -> table.agree(version, shipped, ids(routes)));
        table.sweep();
        return table.kept();
    }
}
