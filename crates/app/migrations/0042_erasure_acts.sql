-- Acts about the destruction of personal data (Roskomnadzor, order 179 of 28.10.2022). Nobody is named here: the paper
-- that was signed says whose the numbers of `records` are. `destroyed` counts by kinds of data.
CREATE TABLE erasure_acts (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL REFERENCES schools (id),
    act_year   BIGINT NOT NULL,
    number     BIGINT NOT NULL CHECK (number > 0),
    erased_on  DATE NOT NULL,
    basis      TEXT NOT NULL,
    reason     TEXT NOT NULL CHECK (reason <> ''),
    records    JSONB NOT NULL,
    destroyed  JSONB NOT NULL,
    erased_at  TIMESTAMPTZ NOT NULL,
    erased_by  UUID NOT NULL,
    UNIQUE (school_id, id),
    UNIQUE (school_id, act_year, number),
    FOREIGN KEY (school_id, erased_by) REFERENCES users (school_id, id)
);
