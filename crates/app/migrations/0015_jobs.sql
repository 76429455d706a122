-- Long work somebody asked for: done beside the pages, taken by one server at a time.
CREATE TABLE jobs (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL REFERENCES schools (id),
    user_id      UUID NOT NULL,
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL CHECK (title <> ''),
    -- What is to be done, by ids and words: never a name or another value of personal data.
    payload      JSONB NOT NULL,
    fingerprint  TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    done         BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    sentence     TEXT NOT NULL,
    -- What came of it: a file, a page, or a sentence alone.
    file_id      UUID,
    page         TEXT NOT NULL,
    attempts     BIGINT NOT NULL,
    -- Who works on it and until when that is believed without a sign of life.
    claim        UUID,
    leased_until TIMESTAMPTZ,
    not_before   TIMESTAMPTZ NOT NULL,
    -- How many acts that take people out of sight there were when the work began: more of them spoil the result.
    stamp        BIGINT NOT NULL,
    asked_at     TIMESTAMPTZ NOT NULL,
    started_at   TIMESTAMPTZ,
    finished_at  TIMESTAMPTZ,
    taken_at     TIMESTAMPTZ,
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id)
);
CREATE INDEX jobs_by_state ON jobs (state, not_before);
CREATE INDEX jobs_by_user ON jobs (school_id, user_id, asked_at);
-- The same work asked for twice is one job as long as it is under way.
CREATE UNIQUE INDEX jobs_under_way ON jobs (school_id, user_id, kind, fingerprint) WHERE state IN ('queued', 'running');
