-- Everybody the school keeps a record of; what somebody is in the programme stands in `participations`.
-- `name_key` is the folded full name; `hidden_on` is the day from which nobody sees the person, because a consent was
-- withdrawn; `merged_into` is the record this one turned out to be a duplicate of.
CREATE TABLE persons (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL REFERENCES schools (id),
    surname      TEXT NOT NULL CHECK (surname <> ''),
    given_name   TEXT NOT NULL CHECK (given_name <> ''),
    patronymic   TEXT NOT NULL,
    name_key     TEXT NOT NULL,
    born_on      DATE,
    sex          TEXT,
    phone        TEXT NOT NULL,
    email        TEXT NOT NULL,
    journal_id   TEXT NOT NULL,
    partner_id   UUID,
    workplace    TEXT NOT NULL,
    note         TEXT NOT NULL,
    left_on      DATE,
    left_reason  TEXT NOT NULL,
    hidden_on    DATE,
    merged_into  UUID,
    created_at   TIMESTAMPTZ NOT NULL,
    version      BIGINT NOT NULL,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, partner_id) REFERENCES partners (school_id, id),
    FOREIGN KEY (school_id, merged_into) REFERENCES persons (school_id, id)
);
CREATE INDEX persons_by_name ON persons (school_id, name_key);
CREATE INDEX persons_by_journal ON persons (school_id, journal_id);
CREATE INDEX persons_by_partner ON persons (partner_id);

CREATE TABLE person_kinds (
    school_id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind      TEXT NOT NULL,
    PRIMARY KEY (person_id, kind),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id)
);
CREATE INDEX person_kinds_by_kind ON person_kinds (school_id, kind);

-- A class of a school year: 7, «Б». `teacher_id` is who leads it.
CREATE TABLE classes (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    school_year BIGINT NOT NULL,
    grade       BIGINT NOT NULL CHECK (grade BETWEEN 1 AND 12),
    letter      TEXT NOT NULL,
    teacher_id  UUID,
    UNIQUE (school_id, school_year, grade, letter),
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, teacher_id) REFERENCES users (school_id, id)
);
CREATE INDEX classes_by_teacher ON classes (school_id, teacher_id);

-- When a pupil was in which class; the current class is the one without a last day.
CREATE TABLE enrolments (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    person_id  UUID NOT NULL,
    class_id   UUID NOT NULL,
    entered_on DATE NOT NULL,
    left_on    DATE,
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id)
);
CREATE INDEX enrolments_by_person ON enrolments (person_id, left_on);
CREATE UNIQUE INDEX enrolments_current ON enrolments (person_id) WHERE left_on IS NULL;
CREATE INDEX enrolments_by_class ON enrolments (class_id, left_on);

-- The post of a member of staff. `teaches_since` is the day from which pedagogical service counts.
CREATE TABLE staff (
    person_id     UUID PRIMARY KEY,
    school_id     UUID NOT NULL,
    post          TEXT NOT NULL,
    is_teaching   BOOLEAN NOT NULL,
    teaches_since DATE,
    user_id       UUID UNIQUE,
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);

-- Who represents a minor, on which grounds, by which paper.
CREATE TABLE guardianships (
    school_id   UUID NOT NULL,
    minor_id    UUID NOT NULL,
    guardian_id UUID NOT NULL,
    grounds     TEXT NOT NULL,
    paper       TEXT NOT NULL,
    PRIMARY KEY (minor_id, guardian_id),
    CHECK (minor_id <> guardian_id),
    FOREIGN KEY (school_id, minor_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, guardian_id) REFERENCES persons (school_id, id)
);
CREATE INDEX guardianships_by_guardian ON guardianships (guardian_id);

-- Duplicates made one: `moved` lists what was moved from the merged record to the kept one, so that it can be undone.
CREATE TABLE person_merges (
    id        UUID PRIMARY KEY,
    school_id UUID NOT NULL,
    kept_id   UUID NOT NULL,
    merged_id UUID NOT NULL,
    moved     JSONB NOT NULL,
    merged_at TIMESTAMPTZ NOT NULL,
    merged_by UUID,
    undone_at TIMESTAMPTZ,
    FOREIGN KEY (school_id, kept_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, merged_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, merged_by) REFERENCES users (school_id, id)
);

-- Class and staff lists somebody uploaded: read, compared with the records, kept until they are applied or dropped.
-- `stamp` says how the records stood when they were compared; `touched_at` is the last sign of life of the reading.
CREATE TABLE people_imports (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    school_year BIGINT NOT NULL,
    state       TEXT NOT NULL,
    files       JSONB NOT NULL,
    sections    JSONB NOT NULL,
    summary     JSONB NOT NULL,
    stamp       TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    created_by  UUID,
    touched_at  TIMESTAMPTZ NOT NULL,
    applied_at  TIMESTAMPTZ,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, created_by) REFERENCES users (school_id, id)
);

-- The rows of an upload as they were read and what is to become of each; gone when the upload is applied or dropped,
-- but for those that could not be taken.
CREATE TABLE people_import_rows (
    school_id UUID NOT NULL,
    import_id UUID NOT NULL,
    position  BIGINT NOT NULL,
    file      BIGINT NOT NULL,
    section   BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    cells     JSONB NOT NULL,
    outcome   TEXT NOT NULL,
    reason    TEXT NOT NULL,
    person_id UUID,
    plan      JSONB NOT NULL,
    choice    TEXT NOT NULL,
    PRIMARY KEY (import_id, position),
    FOREIGN KEY (school_id, import_id) REFERENCES people_imports (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id)
);

CREATE INDEX people_import_rows_by_outcome ON people_import_rows (import_id, outcome, position);

-- What the columns of a school's lists were taken for, by the words of their header.
CREATE TABLE people_import_columns (
    school_id  UUID NOT NULL REFERENCES schools (id),
    header_key TEXT NOT NULL,
    meaning    TEXT NOT NULL,
    PRIMARY KEY (school_id, header_key)
);
