-- A guaranteed arrow that was taken out of the routes keeps its row, so that a hub which still runs it, or starts with an
-- older revision, does not make it be owed again.
ALTER TABLE guaranteed_arrow
    ADD COLUMN ended   bigint,
            -- the version of routes_in_force from which on nothing more is owed; null while it is owed
    ADD COLUMN dropped timestamptz;  -- what was owed before that is deleted, a batch at a time; null: nothing is
