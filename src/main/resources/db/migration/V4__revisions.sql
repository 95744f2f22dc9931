-- Every edit of the routes that was tried on a hub, with all files as they then were: any of them can be gone back to.
CREATE TABLE revision (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    author     text        NOT NULL,
    act        text        NOT NULL,            -- apply, tune, remove, rollback
    reason     text        NOT NULL,
    base       bigint      NOT NULL,            -- the revision in force before; 0 is what is shipped
    files      json        NOT NULL,            -- all of them, in their order
    difference json        NOT NULL,            -- to the one before, by route, in lines and in words
    tried      json        NOT NULL,            -- what the check noted, and what samples did in the changed routes
    applied    boolean     NOT NULL,            -- false: it could not be started and changed nothing
    result     text        NOT NULL
);

-- What runs, the same for all hubs. The version grows with each change; they look at it every other second.
CREATE TABLE routes_in_force (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    version  bigint  NOT NULL,
    revision bigint  NOT NULL,                  -- 0: as shipped
    paused   text[]  NOT NULL                   -- ids of routes
);
INSERT INTO routes_in_force (version, revision, paused) VALUES (0, 0, '{}');

-- What each hub says that it runs.
CREATE TABLE hub_routes (
    hub      text        PRIMARY KEY,
    version  bigint      NOT NULL,
    revision bigint      NOT NULL,
    trouble  text,                              -- why it doesn't run what is in force
    seen_at  timestamptz NOT NULL DEFAULT now()
);
