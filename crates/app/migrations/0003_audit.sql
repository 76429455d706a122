-- What was done, by whom, to what; written in the transaction of the change and never altered.
CREATE TABLE audit_log (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL REFERENCES schools (id),
    at           TIMESTAMPTZ NOT NULL,
    actor_id     UUID,
    actor_name   TEXT NOT NULL,
    event        TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   UUID,
    subject_name TEXT NOT NULL,
    details      JSONB NOT NULL
);
CREATE INDEX audit_log_by_time ON audit_log (school_id, at);
CREATE INDEX audit_log_by_subject ON audit_log (school_id, subject_kind, subject_id, at);
