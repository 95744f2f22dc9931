-- What is settled leaves the live table after a while, so that this holds what is live and stays small. History is kept
-- by the day of the settlement, in UTC, and dropped by the day. The columns are those of orders, in the same order:
-- whoever adds one adds it to both.
CREATE TABLE order_history (LIKE orders INCLUDING CONSTRAINTS) PARTITION BY RANGE (settled_at);
ALTER TABLE order_history ALTER settled_at SET NOT NULL;
CREATE INDEX order_history_of_id ON order_history (id);

-- Settled and still live: what is to be moved, the oldest first.
CREATE INDEX orders_settled ON orders (settled_at) WHERE settled_at IS NOT NULL;

-- Payments go after their orders. One that is owed back to a customer stays.
CREATE INDEX payment_reported ON payment (reported_at) WHERE status NOT IN ('EARLY', 'REFUND_DUE');

-- An insert never fails for want of a day: what no day takes goes to the rest.
CREATE TABLE order_history_rest PARTITION OF order_history DEFAULT;
CREATE TABLE timeline_rest      PARTITION OF timeline      DEFAULT;

-- The statements that make the partitions of today and of the days after it which are not there yet. A day of which the
-- rest has rows already can't have a partition of its own any more, and is left to the rest.
CREATE FUNCTION missing_days(ahead integer) RETURNS TABLE (statement text) LANGUAGE sql STABLE AS $$
    WITH wanted AS (
        SELECT parent, day, parent || to_char(day, '_YYYYMMDD') AS name
        FROM (VALUES ('order_history'), ('timeline')) AS parents(parent),
             (SELECT (now() AT TIME ZONE 'UTC')::date + n AS day FROM generate_series(0, ahead) AS n) AS days)
    SELECT format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                  name, parent, day || ' 00:00+00', day + 1 || ' 00:00+00')
    FROM wanted
    WHERE to_regclass(quote_ident(name)) IS NULL
      AND day NOT IN (SELECT (settled_at AT TIME ZONE 'UTC')::date FROM order_history_rest)
      AND day NOT IN (SELECT (at AT TIME ZONE 'UTC')::date FROM timeline_rest)
$$;

-- The first days, before the first row. Later ones are made by the hub, days ahead.
DO $$
DECLARE
    make text;
BEGIN
    FOR make IN SELECT statement FROM missing_days(3) LOOP
        EXECUTE make;
    END LOOP;
END $$;
