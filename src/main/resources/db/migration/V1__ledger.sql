-- The ledger is the outbox: an order's row says what has happened and what each side still owes.
-- Enum values stand in their order of progress, so that a statement can ask "no further than".

CREATE TYPE kind           AS ENUM ('PICKUP', 'DELIVERY');
CREATE TYPE make_state     AS ENUM ('CONFIRMED', 'PAID', 'RECEIVED', 'MAKING', 'MADE');
CREATE TYPE delivery_state AS ENUM ('NONE', 'NOTED', 'ASSIGNED', 'PICKED_UP', 'DELIVERED', 'FAILED');
CREATE TYPE cancel_state   AS ENUM ('NONE', 'CANCEL_REQUESTED', 'CANCELLED', 'REFUSED');
CREATE TYPE settlement     AS ENUM ('MADE', 'DELIVERED', 'DELIVERY_FAILED', 'CANCELLED', 'EXPIRED', 'REFUSED');
-- What is awaited: of payment; of the barista (a ticket, the making, its decision on a cancel); of dispatch (a note, the
-- delivery, its word that it dropped a cancelled order).
CREATE TYPE debt           AS ENUM ('PAYMENT', 'TICKET', 'MAKING', 'DECISION', 'NOTE', 'DELIVERY', 'DROP');

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

    -- What each side owes, and when its silence is worth a look; null when it owes nothing. A wake-up, not a promise: a
    -- transition that leaves the debt as it is leaves the time alone, so that the row's update stays HOT.
    payment_due     timestamptz,
    barista_owes    debt,
    barista_due     timestamptz,
    dispatch_owes   debt,
    dispatch_due    timestamptz,

    settlement      settlement,
    settled_at      timestamptz,

    CHECK ((settlement IS NULL) = (settled_at IS NULL)),
    CHECK ((barista_owes IS NULL) = (barista_due IS NULL)),
    CHECK ((dispatch_owes IS NULL) = (dispatch_due IS NULL)),
    CHECK (make = 'CONFIRMED' OR payment_id IS NOT NULL)
) WITH (fillfactor = 70);

-- Only what is owed is indexed, and no column of an index changes while a debt lasts.
CREATE INDEX orders_payment_due  ON orders (payment_due)  WHERE payment_due  IS NOT NULL;
CREATE INDEX orders_barista_due  ON orders (barista_owes, barista_due)   WHERE barista_owes  IS NOT NULL;
CREATE INDEX orders_dispatch_due ON orders (dispatch_owes, dispatch_due) WHERE dispatch_owes IS NOT NULL;
-- For neighbours that pull by themselves.
CREATE INDEX orders_of_store     ON orders (store_id, id) WHERE barista_owes  = 'TICKET';
CREATE INDEX orders_to_deliver   ON orders (id)           WHERE dispatch_owes = 'NOTE';

-- How often a pull has asked for what is owed, and why in vain. A row of its own, as few orders ever need one. The token
-- is the claim's: who comes back after another has claimed the same finds a token that is not his, and changes nothing.
CREATE TABLE attempt (
    order_id text        NOT NULL,
    debt     debt        NOT NULL,
    number   integer     NOT NULL DEFAULT 1,
    token    uuid        NOT NULL,
    cause    text,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_id, debt)
);

-- The arrows that were added later and are guaranteed as well: from which change of an order they are owed.
CREATE TABLE guaranteed_arrow (
    id     text        PRIMARY KEY,
    change text        NOT NULL,
    kind   kind,                                  -- null: of both kinds
    age    interval    NOT NULL,
    since  timestamptz NOT NULL DEFAULT now()     -- what changed before is not owed
);

-- What they owe, written with the transition that causes it and struck out by the other side's acknowledgement.
CREATE TABLE owed (
    arrow    text        NOT NULL,
    order_id text        NOT NULL,
    since    timestamptz NOT NULL DEFAULT now(),
    due      timestamptz NOT NULL,
    attempts integer     NOT NULL DEFAULT 0,
    token    uuid,
    cause    text,
    PRIMARY KEY (arrow, order_id)
);
CREATE INDEX owed_due ON owed (arrow, due);

-- The pulls' clock: of several hubs that tick at once one pulls, by the database's time.
CREATE TABLE tick (
    arrow text        PRIMARY KEY,
    at    timestamptz NOT NULL
);

-- Each payment ever reported, applied or not. A payment id belongs to one order for ever.
CREATE TYPE payment_status AS ENUM ('APPLIED', 'EARLY', 'REFUSED', 'REFUND_DUE', 'PARKED');

CREATE TABLE payment (
    id          text           PRIMARY KEY,
    order_id    text           NOT NULL,
    amount      bigint         NOT NULL,
    currency    text           NOT NULL,
    status      payment_status NOT NULL,
    why         text,
    reported_at timestamptz    NOT NULL DEFAULT now(),
    status_at   timestamptz    NOT NULL DEFAULT now()      -- since when it has this status
);
CREATE INDEX payment_refund_due ON payment (status_at, id) WHERE status = 'REFUND_DUE';

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
CREATE TYPE parked_state AS ENUM ('PARKED', 'REPLAYED', 'DISMISSED');

CREATE TABLE parked (
    id        bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parked_at timestamptz  NOT NULL DEFAULT now(),
    arrow     text         NOT NULL,
    way       text         NOT NULL,
    order_id  text,
    store_id  text,                            -- null when the order was not known
    cause     text         NOT NULL,           -- after a replay in vain: of that
    source    text         NOT NULL,
    headers   json         NOT NULL,
    body      bytea        NOT NULL,
    event     text,                            -- what it says, by the name of its class; null when it can't be read
    told      json,                            -- the event itself

    state     parked_state NOT NULL DEFAULT 'PARKED',
    attempts  integer      NOT NULL DEFAULT 0, -- how often it was replayed
    outcome   text,                            -- of the last replay
    acted_at  timestamptz,                     -- the last replay, or the dismissal: when, who and why
    acted_by  text,
    reason    text,

    CHECK ((event IS NULL) = (told IS NULL)),
    CHECK (state = 'PARKED' OR acted_at IS NOT NULL AND acted_by IS NOT NULL),
    CHECK (state <> 'DISMISSED' OR reason IS NOT NULL)
);
-- A page of the list is read off one of these, newest first, however many are parked.
CREATE INDEX parked_at_time  ON parked (parked_at, id);
CREATE INDEX parked_in_state ON parked (state, parked_at, id);
CREATE INDEX parked_of_order ON parked (order_id, parked_at, id) WHERE order_id IS NOT NULL;
CREATE INDEX parked_of_store ON parked (store_id, parked_at, id) WHERE state = 'PARKED';
CREATE INDEX parked_of_arrow ON parked (arrow, parked_at, id)    WHERE state = 'PARKED';
-- Kafka delivers a record again when a partition changes hands, and a payment system repeats what was refused: the same
-- message is parked once. Its bytes count too, as a topic that was made anew counts its offsets from the start.
CREATE UNIQUE INDEX parked_once ON parked (arrow, source, md5(body));

-- Who did what, and what was refused to whom. Only ever added to.
CREATE TABLE audit (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    who     text        NOT NULL,
    act     text        NOT NULL,
    subject text        NOT NULL,
    detail  text,
    address text        NOT NULL
);
CREATE INDEX audit_of_subject ON audit (subject, id);

CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to';
END $$;
CREATE TRIGGER audit_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to();
