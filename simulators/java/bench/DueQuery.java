package bench;

/**
 * The statement by which the hub's pulls take what is due, for one debt of each index. It is the hub's own, which a test
 * holds it to.
 */
public enum DueQuery {

    PAYMENT("payment_due IS NOT NULL", "payment_due", "confirmed_at"),
    TICKET("barista_owes = 'TICKET'", "barista_due", "make_since"),
    NOTE("dispatch_owes = 'NOTE'", "dispatch_due", "make_since");

    private static final String CLAIM = """
            WITH due AS MATERIALIZED (
                SELECT id FROM orders WHERE ${owes} AND ${due} <= now()
                ORDER BY ${due} LIMIT :most FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE orders o
                SET ${due} = CASE WHEN o.${since} > now() - :age::interval AND o.${since} <= clock_timestamp()
                                  THEN o.${since} + :age::interval ELSE now() + :lease::interval END
                FROM due WHERE o.id = due.id
                RETURNING o.*, o.${since} <= now() - :age::interval OR o.${since} > clock_timestamp() AS silent),
            counted AS (
                INSERT INTO attempt (order_id, debt, token)
                SELECT id, :debt::debt, :token::uuid FROM taken WHERE silent
                ON CONFLICT (order_id, debt)
                    DO UPDATE SET number = attempt.number + 1, token = excluded.token, cause = NULL)
            SELECT * FROM taken
            """;

    private final String sql;

    DueQuery(String owes, String due, String since) {
        sql = CLAIM.replace("${owes}", owes).replace("${due}", due).replace("${since}", since);
    }

    /** With parameters by name: most, age, lease, debt, token. */
    public String sql() {
        return sql;
    }
}
