-- One consent is one purpose and one separate document (152-FZ art. 9, since 2025-09-01). Facts only: the state follows
-- from the days. `signers` says who must sign by the age on `asked_on`; `template` and its SHA-256 say what was signed.
CREATE TABLE consents (
    id              UUID PRIMARY KEY,
    school_id       UUID NOT NULL,
    person_id       UUID NOT NULL,
    school_year     BIGINT NOT NULL,
    purpose         TEXT NOT NULL,
    signers         TEXT NOT NULL,
    template        TEXT NOT NULL,
    template_sha256 TEXT NOT NULL,
    asked_on        DATE NOT NULL,
    printed_on      DATE,
    signed_on       DATE,
    signed_by       JSONB NOT NULL,
    valid_until     DATE,
    file_id         UUID,
    recorded_by     UUID,
    withdrawn_on    DATE,
    withdrawn_by    TEXT NOT NULL,
    withdrawal_note TEXT NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    version         BIGINT NOT NULL,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, recorded_by) REFERENCES users (school_id, id)
);
CREATE INDEX consents_by_person ON consents (person_id, purpose);
CREATE INDEX consents_by_year ON consents (school_id, school_year);

-- A personal link of a representative (or of an adult): what is asked, and the right to withdraw. Kept as its SHA-256.
CREATE TABLE consent_links (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL,
    person_id   UUID NOT NULL,
    holder_id   UUID NOT NULL,
    token_hash  TEXT NOT NULL UNIQUE,
    made_at     TIMESTAMPTZ NOT NULL,
    made_by     UUID,
    expires_on  DATE NOT NULL,
    revoked_at  TIMESTAMPTZ,
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, holder_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, made_by) REFERENCES users (school_id, id)
);
CREATE INDEX consent_links_by_person ON consent_links (person_id);

-- That an adult who is not staff may work with children: facts and dates, never the certificate itself.
CREATE TABLE clearances (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL,
    person_id   UUID NOT NULL,
    kind        TEXT NOT NULL,
    issued_on   DATE NOT NULL,
    valid_until DATE,
    seen_on     DATE NOT NULL,
    seen_by     UUID,
    revoked_on  DATE,
    created_at  TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, seen_by) REFERENCES users (school_id, id)
);
CREATE INDEX clearances_by_person ON clearances (person_id);

-- Special categories (152-FZ art. 10): off by default, for named roles only, each reading leaves a trace.
CREATE TABLE special_categories (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL,
    person_id   UUID NOT NULL,
    category    TEXT NOT NULL,
    since_on    DATE NOT NULL,
    until_on    DATE,
    basis       TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, recorded_by) REFERENCES users (school_id, id)
);
CREATE INDEX special_categories_by_person ON special_categories (person_id);
