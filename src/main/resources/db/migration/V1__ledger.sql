-- The ledger is the outbox: an order's row says what has happened and what each side still owes.
-- Enum values stand in their order of progress, so that a statement can ask "no further than".

CREATE TYPE kind           AS ENUM ('PICKUP', 'DELIVERY');
CREATE TYPE make_state     AS ENUM ('CONFIRMED', 'PAID', 'RECEIVED', 'MAKING', 'MADE');
CREATE TYPE delivery_state AS ENUM ('NONE', 'NOTED', 'ASSIGNED', 'PICKED_UP', 'DELIVERED', 'FAILED');
CREATE TYPE cancel_state   AS ENUM ('NONE', 'CANCEL_REQUESTED', 'CANCELLED', 'REFUSED');
CREATE TYPE settlement     AS ENUM ('MADE', 'DELIVERED', 'DELIVERY_FAILED', 'CANCELLED', 'EXPIRED');

CREATE TABLE orders (
    id              text           PRIMARY KEY,
    version         bigint         NOT NULL DEFAULT 0,

    store_id        text           NOT NULL,
    kind            kind           NOT NULL,
    amount          bigint         NOT NULL CHECK (amount > 0),   -- minor units
    currency        text           NOT NULL,
    items           json           NOT NULL,                      -- json, not jsonb: compared as the text we wrote
    confirmed_at    timestamptz    NOT NULL DEFAULT now(),

    make            make_state     NOT NULL DEFAULT 'CONFIRMED',
    make_since      timestamptz    NOT NULL DEFAULT now(),
    payment_id      text,
    paid_at         timestamptz,
    ticket_id       text,

    delivery        delivery_state NOT NULL DEFAULT 'NONE',
    delivery_since  timestamptz,
    note_id         text,
    attempt         integer        NOT NULL DEFAULT 0,
    courier         text,

    cancel          cancel_state   NOT NULL DEFAULT 'NONE',
    cancel_since    timestamptz,
    cancel_reason   text,

    -- estimates: when, whose word it is, and as of when it was worked out (the newer one wins)
    ready_at        timestamptz,
    ready_from      text,
    ready_as_of     timestamptz,
    delivered_at    timestamptz,
    delivered_from  text,
    delivered_as_of timestamptz,

    -- What each side owes: when its silence is worth a look, null when it owes nothing. A wake-up, not a promise: a
    -- transition that leaves the debt on the same side leaves the time alone, so that the row's update stays HOT.
    payment_due     timestamptz,
    barista_due     timestamptz,
    dispatch_due    timestamptz,

    settlement      settlement,
    settled_at      timestamptz,

    CHECK ((settlement IS NULL) = (settled_at IS NULL)),
    CHECK (make = 'CONFIRMED' OR payment_id IS NOT NULL)
) WITH (fillfactor = 70);

-- Only what is owed is indexed, and no column of an index changes while a debt lasts.
CREATE INDEX orders_payment_due  ON orders (payment_due)  WHERE payment_due  IS NOT NULL;
CREATE INDEX orders_barista_due  ON orders (barista_due)  WHERE barista_due  IS NOT NULL;
CREATE INDEX orders_dispatch_due ON orders (dispatch_due) WHERE dispatch_due IS NOT NULL;
-- For neighbours that pull by themselves.
CREATE INDEX orders_of_store     ON orders (store_id, id) WHERE barista_due  IS NOT NULL;
CREATE INDEX orders_to_deliver   ON orders (id)           WHERE dispatch_due IS NOT NULL;

-- Each payment ever reported, applied or not. A payment id belongs to one order for ever.
CREATE TYPE payment_status AS ENUM ('APPLIED', 'EARLY', 'REFUSED', 'REFUND_DUE', 'PARKED');

CREATE TABLE payment (
    id          text           PRIMARY KEY,
    order_id    text           NOT NULL,
    amount      bigint         NOT NULL,
    currency    text           NOT NULL,
    status      payment_status NOT NULL,
    why         text,
    reported_at timestamptz    NOT NULL DEFAULT now()
);
CREATE INDEX payment_refund_due ON payment (reported_at) WHERE status = 'REFUND_DUE';

-- What happened to an order, arrow by arrow. Written with the transition it tells of, kept by the day, dropped by the day.
CREATE TABLE timeline (
    id       bigint      GENERATED ALWAYS AS IDENTITY,
    order_id text        NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    arrow    text        NOT NULL,
    way      text        NOT NULL,
    outcome  text        NOT NULL,
    detail   text
) PARTITION BY RANGE (at);
CREATE INDEX timeline_of_order ON timeline (order_id, id);

-- Events that came before what they build on: no such order yet, or not yet paid. Applied when that comes.
CREATE TABLE early (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id   text        NOT NULL,
    arrow      text        NOT NULL,
    way        text        NOT NULL,
    event      text        NOT NULL,
    body       json        NOT NULL,      -- the event, as it is applied
    source     text        NOT NULL,      -- the message that it was read from, as it is parked
    headers    json        NOT NULL,
    message    bytea       NOT NULL,
    arrived_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX early_of_order ON early (order_id);

-- What can't be processed, with its cause, where it came from and its very bytes. Nothing vanishes.
CREATE TABLE parked (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parked_at timestamptz NOT NULL DEFAULT now(),
    arrow     text        NOT NULL,
    way       text        NOT NULL,
    order_id  text,
    cause     text        NOT NULL,
    source    text        NOT NULL,
    headers   json        NOT NULL,
    body      bytea       NOT NULL
);
CREATE INDEX parked_of_order ON parked (order_id) WHERE order_id IS NOT NULL;
-- Kafka delivers a record again when a partition changes hands; it is parked once. Its bytes count too, as a topic that was
-- made anew counts its offsets from the start.
CREATE UNIQUE INDEX parked_once ON parked (arrow, source, md5(body)) WHERE source LIKE '%@%';
