-- Organisations beside the school that give mentors, with people to talk to and agreements.
CREATE TABLE partners (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    short_name  TEXT NOT NULL CHECK (short_name <> ''),
    search_text TEXT NOT NULL,
    kind        TEXT NOT NULL,
    inn         TEXT NOT NULL,
    address     TEXT NOT NULL,
    site        TEXT NOT NULL,
    note        TEXT NOT NULL,
    ended_on    DATE,
    created_at  TIMESTAMPTZ NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (school_id, id)
);

CREATE TABLE partner_contacts (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    partner_id UUID NOT NULL,
    full_name  TEXT NOT NULL CHECK (full_name <> ''),
    post       TEXT NOT NULL,
    phone      TEXT NOT NULL,
    email      TEXT NOT NULL,
    signs      BOOLEAN NOT NULL,
    authority  TEXT NOT NULL,
    version    BIGINT NOT NULL,
    FOREIGN KEY (school_id, partner_id) REFERENCES partners (school_id, id)
);
CREATE INDEX partner_contacts_by_partner ON partner_contacts (partner_id);

-- `number` is empty and `signed_on` absent until the agreement is signed; whether it is valid follows from the days.
-- Without `valid_from` it is valid from the signing on, without `valid_until` without end.
CREATE TABLE agreements (
    id            UUID PRIMARY KEY,
    school_id     UUID NOT NULL,
    partner_id    UUID NOT NULL,
    number        TEXT NOT NULL,
    subject       TEXT NOT NULL,
    forms         JSONB NOT NULL,
    prepared_on   DATE NOT NULL,
    signed_on     DATE,
    valid_from    DATE,
    valid_until   DATE,
    terminated_on DATE,
    termination   TEXT NOT NULL,
    note          TEXT NOT NULL,
    file_id       UUID,
    created_at    TIMESTAMPTZ NOT NULL,
    version       BIGINT NOT NULL,
    CHECK (terminated_on IS NULL OR termination <> ''),
    FOREIGN KEY (school_id, partner_id) REFERENCES partners (school_id, id),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id)
);
CREATE INDEX agreements_by_partner ON agreements (partner_id);

-- How many organisations there are to be partners: entered by a person with its source, the newest counts.
CREATE TABLE organisation_totals (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    school_year BIGINT NOT NULL,
    total       BIGINT NOT NULL CHECK (total > 0),
    source      TEXT NOT NULL CHECK (source <> ''),
    as_of       DATE NOT NULL,
    entered_at  TIMESTAMPTZ NOT NULL,
    entered_by  UUID,
    FOREIGN KEY (school_id, entered_by) REFERENCES users (school_id, id)
);
CREATE INDEX organisation_totals_by_year ON organisation_totals (school_id, school_year);
