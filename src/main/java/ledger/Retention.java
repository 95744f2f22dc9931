package ledger;

import java.time.Duration;

/**
 * How long settled orders stay, and the statements that move and drop them. Each statement is a transaction of its own,
 * takes the oldest first, and may be run by any number of hubs at once. All use the database's clock; days are those of UTC.
 *
 * @param after how long a settled order stays in the live table, where late events find it at once
 * @param keep  how long it stays in history after that day, at least a day; until then its id and the ids of its payments
 *              can't be used again
 */
public record Retention(Duration after, Duration keep) {

    /** Partitions are made this many days ahead. If no hub runs for longer, rows go to the partition that takes the rest. */
    private static final int DAYS_AHEAD = 3;

    public Retention {
        if (after.isNegative()) {
            throw new IllegalArgumentException("settled orders can't move to history " + after
                    + " after they settled: give a duration of 0s or more");
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0 || keep.compareTo(after) < 0) {
            throw new IllegalArgumentException("history can't be kept for " + keep + ": it is dropped by the day, and"
                    + " orders come to it after " + after + "; give 1d or more, and no less than that");
        }
    }

    /**
     * Moves settled orders to history and deletes their attempts. A locked order is left for the next time, so that no two
     * transactions wait in a circle. Each snapshot has an order in exactly one of the two tables.
     */
    public String move(int most) {
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
     * Runs one of the statements of {@link #newDays} or {@link #oldDays}, unless it has to wait for a lock; the column
     * {@code done} tells whether it ran. It locks the whole table: while it waits, all others would wait behind it.
     */
    public String briefly(String statement) {
        return "SELECT briefly('" + statement.replace("'", "''") + "') AS done";
    }

    /** Gives the statements, one a row, that make the partitions of the days to come. */
    public String newDays() {
        return """
                SELECT statement FROM missing_days(%d)
                """.formatted(DAYS_AHEAD);
    }

    /** Gives the statements, one a row, that drop the partitions whose last moment has been kept long enough. */
    public String oldDays() {
        return """
                SELECT format('DROP TABLE IF EXISTS %%s', c.oid::regclass) AS statement
                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent IN ('order_history'::regclass, 'timeline'::regclass)
                  AND to_date(substring(c.relname FROM '_(\\d{8})$'), 'YYYYMMDD')
                      < ((now() - interval '%s') AT TIME ZONE 'UTC')::date
                ORDER BY c.relname
                """.formatted(keep);
    }

    /** Deletes old orders from the partition that takes the rest. */
    public String dropRestOfHistory(int most) {
        return """
                DELETE FROM order_history_rest WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM order_history_rest
                    WHERE settled_at < date_trunc('day', now() - interval '%s', 'UTC') LIMIT %d))
                """.formatted(keep, most);
    }

    /** Deletes old steps from the partition that takes the rest. */
    public String dropRestOfTimeline(int most) {
        return """
                DELETE FROM timeline_rest WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM timeline_rest
                    WHERE at < date_trunc('day', now() - interval '%s', 'UTC') LIMIT %d))
                """.formatted(keep, most);
    }

    /**
     * Deletes payments whose order is gone, a day later than the order's day: most orders are settled within a day of their
     * payment, and the others would be looked at again and again. A refund that is due stays, and a payment that no order
     * was made for becomes one.
     */
    public String dropPayments(int most) {
        return """
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
                """.formatted(keep, most);
    }
}
