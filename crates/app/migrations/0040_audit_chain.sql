-- The acts of a school are a chain: `place` counts them, `hash` covers the act and the hash before it. Rows of older
-- versions have place 0 until the program chains them, once, when it opens the database.
ALTER TABLE audit_log ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_log ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX audit_log_by_place ON audit_log (school_id, place) WHERE place > 0;

-- The last link of each school: who records an act holds this row until the transaction ends, so the chain never forks.
CREATE TABLE audit_heads (
    school_id UUID PRIMARY KEY REFERENCES schools (id),
    place     BIGINT NOT NULL,
    hash      TEXT NOT NULL
);
