-- The year of mentoring: a programme, its road map and the records of each row.
CREATE TABLE programmes (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    school_year BIGINT NOT NULL,
    title       TEXT NOT NULL CHECK (title <> ''),
    state       TEXT NOT NULL,
    origin      TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    started_at  TIMESTAMPTZ,
    version     BIGINT NOT NULL,
    UNIQUE (school_id, school_year),
    UNIQUE (school_id, id)
);

-- Who holds a post in the programme: «методист», «социальный педагог» …
CREATE TABLE programme_posts (
    programme_id UUID NOT NULL,
    school_id    UUID NOT NULL,
    post         TEXT NOT NULL,
    user_id      UUID NOT NULL,
    PRIMARY KEY (programme_id, post),
    FOREIGN KEY (school_id, programme_id) REFERENCES programmes (school_id, id),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);

CREATE TABLE roadmap_sections (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL,
    programme_id UUID NOT NULL,
    position     BIGINT NOT NULL,
    number       TEXT NOT NULL,
    title        TEXT NOT NULL CHECK (title <> ''),
    UNIQUE (programme_id, position),
    UNIQUE (programme_id, id),
    FOREIGN KEY (school_id, programme_id) REFERENCES programmes (school_id, id)
);

-- `rules` is the indicator as data (roadmap/indicator.rs), `term` the parsed term (roadmap/term), `term_text` what was
-- written; `starts_on`/`due_on` are the days of the term in this school year, absent for a term without days.
CREATE TABLE roadmap_rows (
    id              UUID PRIMARY KEY,
    school_id       UUID NOT NULL,
    programme_id    UUID NOT NULL,
    section_id      UUID NOT NULL,
    position        BIGINT NOT NULL,
    number          TEXT NOT NULL,
    title           TEXT NOT NULL CHECK (title <> ''),
    search_text     TEXT NOT NULL,
    term_text       TEXT NOT NULL,
    term            JSONB NOT NULL,
    starts_on       DATE,
    due_on          DATE,
    term_settled    BOOLEAN NOT NULL,
    expected_result TEXT NOT NULL,
    document_kind   TEXT NOT NULL,
    indicator_text  TEXT NOT NULL,
    rules           JSONB NOT NULL,
    doubts          JSONB NOT NULL,
    remark          TEXT NOT NULL,
    done_on         DATE,
    confirmed_at    TIMESTAMPTZ,
    confirmed_by    UUID,
    unproven_reason TEXT,
    accepted_at     TIMESTAMPTZ,
    accepted_by     UUID,
    cancelled_on    DATE,
    cancel_reason   TEXT,
    version         BIGINT NOT NULL,
    UNIQUE (programme_id, position),
    UNIQUE (school_id, id),
    CHECK ((done_on IS NULL) = (confirmed_at IS NULL)),
    CHECK (accepted_at IS NULL OR confirmed_at IS NOT NULL),
    CHECK ((cancelled_on IS NULL) = (cancel_reason IS NULL)),
    FOREIGN KEY (school_id, programme_id) REFERENCES programmes (school_id, id),
    FOREIGN KEY (programme_id, section_id) REFERENCES roadmap_sections (programme_id, id),
    FOREIGN KEY (school_id, confirmed_by) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, accepted_by) REFERENCES users (school_id, id)
);

CREATE TABLE row_responsibles (
    school_id UUID NOT NULL,
    row_id    UUID NOT NULL,
    position  BIGINT NOT NULL,
    label     TEXT NOT NULL CHECK (label <> ''),
    post      TEXT,
    user_id   UUID,
    PRIMARY KEY (row_id, position),
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);
CREATE INDEX row_responsibles_by_user ON row_responsibles (school_id, user_id);

-- Numbers entered by hand, each with its source and date. Nothing is overwritten: the newest one counts.
CREATE TABLE hand_readings (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL,
    row_id      UUID NOT NULL,
    measure     TEXT NOT NULL,
    as_of       DATE NOT NULL,
    numerator   BIGINT NOT NULL CHECK (numerator >= 0),
    denominator BIGINT CHECK (denominator >= 0),
    parts       JSONB NOT NULL,
    source      TEXT NOT NULL CHECK (source <> ''),
    entered_at  TIMESTAMPTZ NOT NULL,
    entered_by  UUID NOT NULL,
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id),
    FOREIGN KEY (school_id, entered_by) REFERENCES users (school_id, id)
);
CREATE INDEX hand_readings_by_row ON hand_readings (row_id, measure, as_of, entered_at);

-- One reading per row, measure and day, so that progress can be drawn.
CREATE TABLE indicator_snapshots (
    school_id   UUID NOT NULL,
    row_id      UUID NOT NULL,
    measure     TEXT NOT NULL,
    taken_on    DATE NOT NULL,
    numerator   BIGINT NOT NULL,
    denominator BIGINT,
    is_met      BOOLEAN NOT NULL,
    PRIMARY KEY (row_id, measure, taken_on),
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id)
);

CREATE TABLE row_tasks (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    row_id     UUID NOT NULL,
    text       TEXT NOT NULL CHECK (text <> ''),
    search_text TEXT NOT NULL,
    due_on     DATE,
    user_id    UUID,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL,
    done_at    TIMESTAMPTZ,
    done_by    UUID,
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, created_by) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, done_by) REFERENCES users (school_id, id)
);
CREATE INDEX row_tasks_by_row ON row_tasks (row_id);

CREATE TABLE row_notes (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    row_id     UUID NOT NULL,
    text       TEXT NOT NULL CHECK (text <> ''),
    search_text TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL,
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id),
    FOREIGN KEY (school_id, created_by) REFERENCES users (school_id, id)
);
CREATE INDEX row_notes_by_row ON row_notes (row_id);

-- A document of a row; each replacement adds a version, none is lost.
CREATE TABLE row_documents (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    row_id     UUID NOT NULL,
    title      TEXT NOT NULL CHECK (title <> ''),
    search_text TEXT NOT NULL,
    removed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id)
);
CREATE INDEX row_documents_by_row ON row_documents (row_id);

CREATE TABLE row_document_versions (
    school_id   UUID NOT NULL,
    document_id UUID NOT NULL,
    version     BIGINT NOT NULL,
    file_id     UUID NOT NULL,
    added_at    TIMESTAMPTZ NOT NULL,
    added_by    UUID NOT NULL,
    PRIMARY KEY (document_id, version),
    FOREIGN KEY (school_id, document_id) REFERENCES row_documents (school_id, id),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, added_by) REFERENCES users (school_id, id)
);

-- A road map somebody uploaded or pasted: what was read from it, kept until it is confirmed or dropped.
CREATE TABLE roadmap_imports (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL REFERENCES schools (id),
    school_year  BIGINT NOT NULL,
    source_name  TEXT NOT NULL,
    tables       JSONB NOT NULL,
    mapping      JSONB NOT NULL,
    programme_id UUID,
    created_at   TIMESTAMPTZ NOT NULL,
    created_by   UUID,
    applied_at   TIMESTAMPTZ,
    FOREIGN KEY (school_id, programme_id) REFERENCES programmes (school_id, id)
);
