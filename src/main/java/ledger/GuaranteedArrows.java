package ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Over which of the added arrows changes are owed: those that the routes in force contain. When an arrow is taken out,
 * nothing more is owed over it from that version of the routes on. What was owed before is either kept, and handed over if
 * the arrow comes back, or dropped.
 *
 * <p>Hubs take a version at different times, some start with an older one, and some may be of an older release. So each row
 * has the version that ended it, and each hub corrects the table whenever it looks at what is in force.
 */
public final class GuaranteedArrows {

    private static final Logger LOG = LoggerFactory.getLogger(GuaranteedArrows.class);

    /** Rows that are deleted in one statement, and statements in one call. */
    private static final int BATCH = 5_000;
    private static final int MOST_BATCHES = 20;

    private static final String OWED = """
            SELECT arrow, count(*) AS orders FROM owed WHERE arrow = ANY(:arrows) GROUP BY arrow
            """;

    private static final String IS_WRONG = """
            SELECT EXISTS (SELECT FROM guaranteed_arrow
                           WHERE id = ANY(:arrows) AND (ended < :version OR ended IS NOT NULL AND :shipped)
                              OR NOT id = ANY(:arrows) AND ended IS NULL AND NOT :shipped)
            """;

    /** Locks the row, so that no edit is put in force before this transaction ends. */
    private static final String IS_IN_FORCE = """
            SELECT count(*) = 1 FROM (SELECT version FROM routes_in_force WHERE version = :version FOR SHARE) AS it
            """;

    /** Hubs may be shipped with different routes: an arrow is owed if the routes of one of them contain it. */
    private static final String BEGIN_AGAIN = """
            UPDATE guaranteed_arrow SET ended = NULL, since = now(),
                dropped = CASE WHEN dropped IS NOT NULL THEN least(dropped, now()) END
            WHERE id = ANY(:arrows) AND (ended < :version OR ended IS NOT NULL AND :shipped)
            RETURNING id
            """;

    /** A minute more than now: transactions under way may still write what was owed when they began. */
    private static final String END = """
            UPDATE guaranteed_arrow SET ended = :version,
                dropped = CASE WHEN id = ANY(:drop) THEN now() + interval '1 minute' ELSE dropped END
            WHERE NOT id = ANY(:arrows) AND ended IS NULL
            RETURNING id
            """;

    private static final String WITHDRAW = """
            UPDATE guaranteed_arrow SET ended = :version WHERE id = ANY(:arrows) AND ended IS NULL
            """;

    private static final String SWEEP = """
            DELETE FROM owed WHERE (arrow, order_id) IN (
                SELECT o.arrow, o.order_id FROM guaranteed_arrow a JOIN owed o ON o.arrow = a.id
                WHERE a.dropped IS NOT NULL AND o.since <= a.dropped LIMIT :most FOR UPDATE OF o SKIP LOCKED)
            """;

    /** Ends the sweep of an arrow; else the rows of one that came back would be looked through at every sweep. */
    private static final String SWEPT = """
            UPDATE guaranteed_arrow SET dropped = NULL WHERE dropped < now() - interval '1 minute'
            """;

    private static final String KEPT = """
            SELECT id FROM guaranteed_arrow a
            WHERE ended IS NOT NULL AND dropped IS NULL AND EXISTS (SELECT FROM owed WHERE arrow = a.id) ORDER BY id
            """;

    private final JdbcClient jdbc;

    public GuaranteedArrows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many orders are owed over each of these arrows; an arrow over which none is owed is absent. */
    public Map<String, Long> owed(Collection<String> arrows) {
        Map<String, Long> orders = new TreeMap<>();
        jdbc.sql(OWED).param("arrows", array(arrows)).query(row -> {
            orders.put(row.getString("arrow"), row.getLong("orders"));
        });
        return orders;
    }

    /**
     * Begins and ends arrows by a version of the routes. To be called in the transaction that puts it in force.
     *
     * @param shipped whether these are the routes as shipped
     * @param arrows  the guaranteed ones of the version
     * @param drop    of the other arrows, those whose debts are dropped
     */
    public void put(long version, boolean shipped, Set<String> arrows, Set<String> drop) {
        beginAgain(version, shipped, arrows);
        end(version, arrows, drop);
    }

    /**
     * Corrects what a hub of another release, or one that was late, has written. To be called repeatedly, each time in a
     * transaction of its own; does nothing when the version is no longer in force.
     */
    public void agree(long version, boolean shipped, Set<String> arrows) {
        if (isTrue(jdbc.sql(IS_WRONG).param("arrows", array(arrows)).param("version", version).param("shipped", shipped))
                && isTrue(jdbc.sql(IS_IN_FORCE).param("version", version))) {
            beginAgain(version, shipped, arrows);
            if (!shipped) {
                end(version, arrows, Set.of());
            }
        }
    }

    /**
     * Ends these arrows, which an edit began that failed. An arrow that another hub runs begins again when that hub looks.
     * To be called in a transaction of its own, as {@link #agree}.
     */
    public void withdraw(long version, Set<String> arrows) {
        if (!arrows.isEmpty() && isTrue(jdbc.sql(IS_IN_FORCE).param("version", version))) {
            jdbc.sql(WITHDRAW).param("arrows", array(arrows)).param("version", version).update();
        }
    }

    /** Deletes 100,000 dropped debts at most; the next call goes on. Each statement is a transaction of its own. */
    public void sweep() {
        int deleted = BATCH;
        for (int i = 0; i < MOST_BATCHES && deleted == BATCH; i++) {
            deleted = jdbc.sql(SWEEP).param("most", BATCH).update();
        }
        if (deleted < BATCH) {
            jdbc.sql(SWEPT).update();
        }
    }

    /** Arrows that the routes no longer contain and over which orders are still owed. */
    public List<String> kept() {
        return jdbc.sql(KEPT).query(String.class).list();
    }

    private void beginAgain(long version, boolean shipped, Set<String> arrows) {
        jdbc.sql(BEGIN_AGAIN).param("arrows", array(arrows)).param("version", version).param("shipped", shipped)
                .query(String.class).list().forEach(id -> LOG.info("arrow={} is in the routes again: it is owed for what "
                        + "changes from now on, and what was kept is handed over", id));
    }

    private void end(long version, Set<String> arrows, Set<String> drop) {
        jdbc.sql(END).param("arrows", array(arrows)).param("drop", array(drop)).param("version", version)
                .query(String.class).list().forEach(id ->
                        LOG.info("arrow={} is in the routes no more: nothing is owed over it "
                        + "from now on, and what was owed is {}", id, drop.contains(id) ? "dropped"
                        : "kept until it is added again"));
    }

    private static boolean isTrue(JdbcClient.StatementSpec question) {
        return question.query(Boolean.class).single();
    }

    private static String[] array(Collection<String> ids) {
        return ids.toArray(String[]::new);
    }
}
