-- What a school decides about its programme of a year; absent means the defaults of the program.
CREATE TABLE participation_settings (
    school_id            UUID NOT NULL REFERENCES schools (id),
    school_year          BIGINT NOT NULL,
    age_from             BIGINT NOT NULL,
    age_to               BIGINT NOT NULL,
    counts_mentors       BOOLEAN NOT NULL,
    young_years          BIGINT NOT NULL,
    both_sign_from_14    BOOLEAN NOT NULL,
    clearance_blocks     BOOLEAN NOT NULL,
    special_categories   BOOLEAN NOT NULL,
    version              BIGINT NOT NULL,
    PRIMARY KEY (school_id, school_year)
);

-- Words for requests, competences and interests that a school adds to the built-in ones.
CREATE TABLE topics (
    id        UUID PRIMARY KEY,
    school_id UUID NOT NULL REFERENCES schools (id),
    title     TEXT NOT NULL CHECK (title <> ''),
    title_key TEXT NOT NULL,
    UNIQUE (school_id, title_key)
);

-- Forms of mentoring that a school adds to the built-in ones, with role models.
CREATE TABLE mentoring_forms (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    word        TEXT NOT NULL,
    title       TEXT NOT NULL CHECK (title <> ''),
    mentor_kind TEXT NOT NULL,
    mentee_kind TEXT NOT NULL,
    role_models JSONB NOT NULL,
    UNIQUE (school_id, word)
);

-- Links under which people apply without an account. The token is kept as its SHA-256 only.
CREATE TABLE application_links (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    school_year BIGINT NOT NULL,
    side        TEXT NOT NULL,
    source      TEXT NOT NULL,
    token_hash  TEXT NOT NULL UNIQUE,
    opened_at   TIMESTAMPTZ NOT NULL,
    opened_by   UUID,
    closes_on   DATE NOT NULL,
    closed_at   TIMESTAMPTZ,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, opened_by) REFERENCES users (school_id, id)
);

-- What somebody sent under a link: it names a person only when the coordinator has said whom.
CREATE TABLE applications (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL,
    school_year  BIGINT NOT NULL,
    link_id      UUID NOT NULL,
    side         TEXT NOT NULL,
    answers      JSONB NOT NULL,
    received_at  TIMESTAMPTZ NOT NULL,
    settled_at   TIMESTAMPTZ,
    settled_by   UUID,
    outcome      TEXT,
    person_id    UUID,
    FOREIGN KEY (school_id, link_id) REFERENCES application_links (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, settled_by) REFERENCES users (school_id, id)
);
CREATE INDEX applications_by_year ON applications (school_id, school_year);

-- Somebody as a mentor or a mentee of a school year, from the first word about it to the last day. `entered_on` is the
-- day of entering the base; before it the person is a candidate. `decision` stands with `decided_on`. A participation is
-- suspended by the withdrawal of a consent (`suspended_on`); a lacking clearance is not stored, it follows from the days.
CREATE TABLE participations (
    id               UUID PRIMARY KEY,
    school_id        UUID NOT NULL,
    school_year      BIGINT NOT NULL,
    person_id        UUID NOT NULL,
    side             TEXT NOT NULL,
    source           TEXT NOT NULL,
    source_note      TEXT NOT NULL,
    offered_on       DATE NOT NULL,
    applied_on       DATE,
    interviewed_on   DATE,
    interviewed_by   UUID,
    interview_result TEXT NOT NULL,
    decided_on       DATE,
    decision         TEXT,
    decision_reason  TEXT NOT NULL,
    trained_on       DATE,
    entered_on       DATE,
    left_on          DATE,
    leave_reason     TEXT,
    leave_note       TEXT NOT NULL,
    suspended_on     DATE,
    form             TEXT NOT NULL,
    role_model       TEXT NOT NULL,
    request_text     TEXT NOT NULL,
    desired_partner  TEXT NOT NULL,
    achievements     TEXT NOT NULL,
    age_from         BIGINT,
    age_to           BIGINT,
    capacity         BIGINT NOT NULL CHECK (capacity BETWEEN 1 AND 30),
    hours_per_week   BIGINT,
    slots            JSONB NOT NULL,
    time_note        TEXT NOT NULL,
    group_curator_id UUID,
    created_at       TIMESTAMPTZ NOT NULL,
    version          BIGINT NOT NULL,
    CHECK ((decided_on IS NULL) = (decision IS NULL)),
    CHECK ((left_on IS NULL) = (leave_reason IS NULL)),
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, interviewed_by) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, group_curator_id) REFERENCES users (school_id, id)
);
CREATE INDEX participations_by_year ON participations (school_id, school_year, side);
CREATE INDEX participations_by_person ON participations (person_id);
CREATE INDEX participations_by_group_curator ON participations (school_id, group_curator_id);

-- What somebody asks for, can do or likes: words of the dictionary, or words of the person's own.
CREATE TABLE participation_topics (
    school_id        UUID NOT NULL,
    participation_id UUID NOT NULL,
    kind             TEXT NOT NULL,
    topic            TEXT NOT NULL,
    PRIMARY KEY (participation_id, kind, topic),
    FOREIGN KEY (school_id, participation_id) REFERENCES participations (school_id, id)
);
