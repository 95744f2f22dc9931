package ledger;

import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Moves settled orders to history, and drops history that is old. Each call is a transaction of its own, takes the oldest
 * first, and may be made by any number of hubs at once. Times are by the database's clock; days are those of UTC.
 *
 * <p>Every method throws Spring's {@link org.springframework.dao.DataAccessException} when the database doesn't answer.
 */
public final class Retention {

    /** Partitions are made this many days ahead. If no hub runs for longer, rows go to the partition that takes the rest. */
    private static final int DAYS_AHEAD = 3;

    private final JdbcClient jdbc;
    private final Duration after;
    private final Duration keep;

    /** A partition of a day that is to be made or dropped. */
    public record Day(String statement) {
        @Override
        public String toString() {
            return statement;
        }
    }

    /**
     * @param after how long a settled order stays in the live table, where late events find it at once
     * @param keep  how long it stays in history after that day, at least a day; until then its id and the ids of its payments
     *              can't be used again
     * @throws IllegalArgumentException when the times make no sense; its message says which would
     */
    public Retention(JdbcClient jdbc, Duration after, Duration keep) {
        if (after.isNegative()) {
            throw new IllegalArgumentException("settled orders can't move to history " + after
                    + " after they settled: give a duration of 0s or more");
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0 || keep.compareTo(after) < 0) {
            throw new IllegalArgumentException("history can't be kept for " + keep + ": it is dropped by the day, and"
                    + " orders come to it after " + after + "; give 1d or more, and no less than that");
        }
        this.jdbc = jdbc;
        this.after = after;
        this.keep = keep;
    }

    /**
     * Moves settled orders to history and deletes their attempts. A locked order is left for the next time, so that no two
     * transactions wait in a circle. Each snapshot has an order in exactly one of the two tables.
     *
     * @return how many were moved
     */
    public int move(int most) {
        return jdbc.sql(moving(most)).update();
    }

    String moving(int most) {
        return """
                WITH chosen AS MATERIALIZED (
                    SELECT id FROM orders WHERE settled_at <= now() - interval '%s'
                    ORDER BY settled_at LIMIT %d FOR UPDATE SKIP LOCKED),
                moved AS (
                    DELETE FROM orders o USING chosen c WHERE o.id = c.id RETURNING o.*),
                forgotten AS (
                    DELETE FROM attempt a USING chosen c WHERE a.order_id = c.id)
                INSERT INTO order_history SELECT * FROM moved
                """.formatted(after, most);
    }

    /**
     * Makes or drops the partition, unless that has to wait for a lock: it locks the whole table, and while it waited all others
     * would wait behind it.
     *
     * @return whether it was done
     */
    public boolean briefly(Day day) {
        return jdbc.sql("SELECT briefly(:statement)").param("statement", day.statement()).query(Boolean.class).single();
    }

    /** The partitions of days to come that are missing. */
    public List<Day> newDays() {
        return days("SELECT statement FROM missing_days(%d)".formatted(DAYS_AHEAD));
    }

    /** The partitions whose last moment has been kept long enough. */
    public List<Day> oldDays() {
        return days("""
                SELECT format('DROP TABLE IF EXISTS %%s', c.oid::regclass) AS statement
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent IN ('order_history'::regclass, 'timeline'::regclass)
                  AND to_date(substring(c.relname FROM '_(\\d{8})$'), 'YYYYMMDD')
                      < ((now() - interval '%s') AT TIME ZONE 'UTC')::date
                ORDER BY c.relname
                """.formatted(keep));
    }

    private List<Day> days(String question) {
        return jdbc.sql(question).query(String.class).list().stream().map(Day::new).toList();
    }

    /** Deletes old orders from the partition that takes the rest. */
    public int dropRestOfHistory(int most) {
        return jdbc.sql("""
                DELETE FROM order_history_rest WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM order_history_rest
                    WHERE settled_at < date_trunc('day', now() - interval '%s', 'UTC') LIMIT %d))
                """.formatted(keep, most)).update();
    }

    /** Deletes old steps from the partition that takes the rest. */
    public int dropRestOfTimeline(int most) {
        return jdbc.sql("""
                DELETE FROM timeline_rest WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM timeline_rest
                    WHERE at < date_trunc('day', now() - interval '%s', 'UTC') LIMIT %d))
                """.formatted(keep, most)).update();
    }

    /**
     * Deletes payments whose order is gone, a day later than the order's day: most orders are settled within a day of their
     * payment, and the others would be looked at again and again. A refund that is due stays, and a payment that no order
     * was made for becomes one.
     */
    public int dropPayments(int most) {
        return jdbc.sql("""
                WITH old AS MATERIALIZED (
                    SELECT id, status FROM payment p
                    WHERE status NOT IN ('EARLY', 'REFUND_DUE')
                      AND reported_at < date_trunc('day', now() - interval '%s', 'UTC') - interval '1 day'
                      AND NOT EXISTS (SELECT FROM orders o WHERE o.id = p.order_id)
                      AND NOT EXISTS (SELECT FROM order_history h WHERE h.id = p.order_id)
                    ORDER BY reported_at LIMIT %d FOR UPDATE SKIP LOCKED),
                kept AS (
                    UPDATE payment SET status = 'REFUND_DUE', status_at = now()
                    WHERE id = ANY(ARRAY(SELECT id FROM old WHERE status <> 'APPLIED')))
                DELETE FROM payment WHERE id = ANY(ARRAY(SELECT id FROM old WHERE status = 'APPLIED'))
                """.formatted(keep, most)).update();
    }
}
