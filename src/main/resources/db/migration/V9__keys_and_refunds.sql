-- An order's id may come again once it is forgotten, and its idempotency keys then have to be others: they carry the time of
-- its confirmation. Orders that were confirmed before this time keep the keys without it. It lies ahead where there are
-- orders, so that hubs of the version before, which know only those keys, agree with the new ones while both run.
CREATE TABLE key_cut_over (
    confirmed_from timestamptz NOT NULL
);
INSERT INTO key_cut_over
SELECT CASE WHEN EXISTS (SELECT FROM orders) OR EXISTS (SELECT FROM order_history) THEN now() + interval '1 hour'
            ELSE timestamptz '1970-01-01 00:00:00+00' END;

-- Payments of a wrong sum are due back. Each of them was parked, which finds them without a look at all payments.
UPDATE payment SET status = 'REFUND_DUE', status_at = now()
WHERE status = 'REFUSED' AND id IN (SELECT told ->> 'paymentId' FROM parked WHERE event = 'Paid');
