-- Whether the order's ticket is only known from a topic. Of the orders so far it counts as certain. Both at once, and as the last
-- column of both, as orders move to history column by column. With a constant default no row is written.
ALTER TABLE orders        ADD COLUMN ticket_hearsay boolean NOT NULL DEFAULT false;
ALTER TABLE order_history ADD COLUMN ticket_hearsay boolean NOT NULL DEFAULT false;
