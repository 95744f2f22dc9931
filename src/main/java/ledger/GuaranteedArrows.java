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
 * Which of the arrows that were added later are owed: those that the routes in force have. One that was taken out is owed
 * nothing more from that version of the routes on; what it was owed before is kept, and handed over should the arrow come
 * back, or is dropped.
 *
 * <p>Hubs take a version at different times, some start with an older one, and some may be of an older release. So what
 * counts is the version, and each hub puts the table right as often as it looks at what is in force.
 */
public final class GuaranteedArrows {

    private static final Logger LOG = LoggerFactory.getLogger(GuaranteedArrows.class);

    /** Rows that are deleted in a statement, and statements in a row. */
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

    /** No edit can be put in force before this transaction ends. */
    private static final String IS_IN_FORCE = """
            SELECT count(*) = 1 FROM (SELECT version FROM routes_in_force WHERE version = :version FOR SHARE) AS it
            """;

    /** Of the routes as shipped, each hub may have others: an arrow is owed if one of them has it. */
    private static final String BEGIN_AGAIN = """
            UPDATE guaranteed_arrow SET ended = NULL, since = now(),
                dropped = CASE WHEN dropped IS NOT NULL THEN least(dropped, now()) END
            WHERE id = ANY(:arrows) AND (ended < :version OR ended IS NOT NULL AND :shipped)
            RETURNING id
            """;

    /** A minute more than now: transactions that are underway may still write what they saw as owed. */
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

    /** Else the rows of an arrow that came back would be looked through for ever. */
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

    /** How many orders are owed over each of these; none of those over which nothing is. */
    public Map<String, Long> owed(Collection<String> arrows) {
        Map<String, Long> orders = new TreeMap<>();
        jdbc.sql(OWED).param("arrows", array(arrows)).query(row -> {
            orders.put(row.getString("arrow"), row.getLong("orders"));
        });
        return orders;
    }

    /**
     * In the transaction that puts a version in force.
     *
     * @param shipped whether these are the routes as shipped
     * @param arrows  the guaranteed ones of the version
     * @param drop    of the others, those whose debts nobody wants any more
     */
    public void put(long version, boolean shipped, Set<String> arrows, Set<String> drop) {
        beginAgain(version, shipped, arrows);
        end(version, arrows, drop);
    }

    /**
     * Puts right what another release, or a hub that was late, has left. To be called in a transaction of its own, again and
     * again; does nothing when the version is no longer in force.
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
     * Ends these, which an edit began that came to nothing; what another hub runs begins again at its next look. In a
     * transaction of its own, as {@link #agree}.
     */
    public void withdraw(long version, Set<String> arrows) {
        if (!arrows.isEmpty() && isTrue(jdbc.sql(IS_IN_FORCE).param("version", version))) {
            jdbc.sql(WITHDRAW).param("arrows", array(arrows)).param("version", version).update();
        }
    }

    /** Deletes some of what was dropped; the next call goes on. Each statement is a transaction of its own. */
    public void sweep() {
        int deleted = BATCH;
        for (int i = 0; i < MOST_BATCHES && deleted == BATCH; i++) {
            deleted = jdbc.sql(SWEEP).param("most", BATCH).update();
        }
        if (deleted < BATCH) {
            jdbc.sql(SWEPT).update();
        }
    }

    /** Arrows that are in the routes no more, and over which orders are still owed. */
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
