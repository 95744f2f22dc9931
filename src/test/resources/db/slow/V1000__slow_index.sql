-- For a test: an index of its own, and longer than a hub's statements may take.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS orders_slow;
CREATE INDEX CONCURRENTLY orders_slow ON orders (md5(items::text), md5(id));
SELECT pg_sleep(2);
SET lock_timeout = '1s';
