-- Partitions come and go beside whatever else holds the tables, a backup for hours among it.

-- A statement that changes tables, given up when it waits for a lock: all others wait behind it. False when it was given up.
-- What another hub has done meanwhile is done.
CREATE FUNCTION briefly(statement text) RETURNS boolean LANGUAGE plpgsql SET lock_timeout = '100ms' AS $$
BEGIN
    EXECUTE statement;
    RETURN true;
EXCEPTION
    WHEN lock_not_available THEN RETURN false;
    WHEN duplicate_table OR unique_violation THEN RETURN true;
END $$;

-- A day is made by itself and then attached: who writes to the parent goes on meanwhile, where PARTITION OF would wait for
-- all of them. Only the rest is locked, by which no row is written while there is a day for it.
CREATE OR REPLACE FUNCTION missing_days(ahead integer) RETURNS TABLE (statement text) LANGUAGE sql STABLE AS $$
    WITH wanted AS (
        SELECT parent, day, parent || to_char(day, '_YYYYMMDD') AS name
        FROM (VALUES ('order_history'), ('timeline')) AS parents(parent),
             (SELECT (now() AT TIME ZONE 'UTC')::date + n AS day FROM generate_series(0, ahead) AS n) AS days)
    SELECT format('CREATE TABLE %1$I (LIKE %2$I INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY);'
                  ' ALTER TABLE %2$I ATTACH PARTITION %1$I FOR VALUES FROM (%3$L) TO (%4$L)',
                  name, parent, day || ' 00:00+00', day + 1 || ' 00:00+00')
    FROM wanted
    WHERE to_regclass(quote_ident(name)) IS NULL
      AND day NOT IN (SELECT (settled_at AT TIME ZONE 'UTC')::date FROM order_history_rest)
      AND day NOT IN (SELECT (at AT TIME ZONE 'UTC')::date FROM timeline_rest)
$$;
