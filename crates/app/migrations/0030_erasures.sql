-- Who was erased: the list only grows and outlives the records. No reference to the person: the record is gone.
CREATE TABLE erasures (
    id        UUID PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    person_id UUID NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL,
    UNIQUE (school_id, person_id)
);
