-- Orders are looked for by store and time. No column of these indexes ever changes, so that an order's updates stay HOT
-- where they were. One of the live table only: it serves a time, and a store within it, as its entries hold both.
CREATE INDEX orders_at ON orders (confirmed_at, store_id);

-- Written behind the orders' backs, by what moves them to history.
CREATE INDEX order_history_of_store ON order_history (store_id, confirmed_at);
