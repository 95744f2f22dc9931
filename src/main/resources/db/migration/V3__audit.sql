-- The audit is read by who, what and when, a page at a time, the newest first.
CREATE INDEX audit_of_who ON audit (who, id);
CREATE INDEX audit_of_act ON audit (act, id);
CREATE INDEX audit_at     ON audit (at);
