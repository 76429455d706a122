-- Wordings by their digest: what a paper was made with is kept whatever becomes of the wording.
CREATE TABLE paper_texts (
    school_id UUID NOT NULL REFERENCES schools (id),
    sha256    TEXT NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (school_id, sha256)
);

-- Versions of the wording of a kind, the newest counts; nothing is overwritten. `origin` says whose text it is: the
-- school's own, the built-in one put back, or a file (.docx with fields) that is filled as it is.
CREATE TABLE paper_wordings (
    school_id UUID NOT NULL REFERENCES schools (id),
    kind      TEXT NOT NULL,
    version   BIGINT NOT NULL CHECK (version > 0),
    origin    TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    file_id   UUID,
    saved_at  TIMESTAMPTZ NOT NULL,
    saved_by  UUID,
    PRIMARY KEY (school_id, kind, version),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, saved_by) REFERENCES users (school_id, id)
);

-- Journals in which papers are registered, as far as a school has changed the built-in ones or added its own.
CREATE TABLE paper_journals (
    school_id UUID NOT NULL REFERENCES schools (id),
    journal   TEXT NOT NULL,
    title     TEXT NOT NULL CHECK (title <> ''),
    prefix    TEXT NOT NULL,
    suffix    TEXT NOT NULL,
    period    TEXT NOT NULL,
    version   BIGINT NOT NULL,
    PRIMARY KEY (school_id, journal)
);

-- The last number given in a journal in a year; numbers begin with 1.
CREATE TABLE paper_counters (
    school_id    UUID NOT NULL REFERENCES schools (id),
    journal      TEXT NOT NULL,
    journal_year BIGINT NOT NULL,
    last_number  BIGINT NOT NULL,
    PRIMARY KEY (school_id, journal, journal_year)
);

-- Numbers that were passed over, with the reason: no gap is silent.
CREATE TABLE paper_gaps (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL REFERENCES schools (id),
    journal      TEXT NOT NULL,
    journal_year BIGINT NOT NULL,
    first_number BIGINT NOT NULL,
    last_number  BIGINT NOT NULL,
    reason       TEXT NOT NULL CHECK (reason <> ''),
    noted_at     TIMESTAMPTZ NOT NULL,
    noted_by     UUID,
    CHECK (first_number <= last_number),
    FOREIGN KEY (school_id, noted_by) REFERENCES users (school_id, id)
);

-- A document of the school. Facts only: the state follows from the days. `input` is what it was filled with, frozen;
-- `code` is what its QR code says: 128 random bits, nobody's data. `person_id` is the one person it is about; the title
-- never names anybody. A registered paper never changes: its bytes are the files `docx_id` and `pdf_id`.
CREATE TABLE papers (
    id              UUID PRIMARY KEY,
    school_id       UUID NOT NULL REFERENCES schools (id),
    school_year     BIGINT NOT NULL,
    kind            TEXT NOT NULL,
    title           TEXT NOT NULL CHECK (title <> ''),
    search_text     TEXT NOT NULL,
    code            TEXT NOT NULL UNIQUE,
    input           JSONB NOT NULL,
    name_forms      JSONB NOT NULL,
    wording_version BIGINT NOT NULL,
    wording_sha256  TEXT NOT NULL,
    wording_file_id UUID,
    person_id       UUID,
    consent_id      UUID,
    partner_id      UUID,
    agreement_id    UUID REFERENCES agreements (id),
    amends_id       UUID,
    printed_on      DATE,
    signed_on       DATE,
    scan_id         UUID,
    registered_on   DATE,
    journal         TEXT,
    journal_year    BIGINT,
    number          BIGINT,
    number_text     TEXT NOT NULL,
    docx_id         UUID,
    pdf_id          UUID,
    cancelled_on    DATE,
    cancel_reason   TEXT NOT NULL,
    created_at      TIMESTAMPTZ NOT NULL,
    created_by      UUID,
    version         BIGINT NOT NULL,
    UNIQUE (school_id, id),
    UNIQUE (school_id, journal, journal_year, number),
    CHECK ((registered_on IS NULL) = (number IS NULL)),
    CHECK ((registered_on IS NULL) = (pdf_id IS NULL)),
    CHECK (cancelled_on IS NULL OR cancel_reason <> ''),
    FOREIGN KEY (school_id, wording_file_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, consent_id) REFERENCES consents (school_id, id),
    FOREIGN KEY (school_id, partner_id) REFERENCES partners (school_id, id),
    FOREIGN KEY (school_id, amends_id) REFERENCES papers (school_id, id),
    FOREIGN KEY (school_id, scan_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, docx_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, pdf_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, created_by) REFERENCES users (school_id, id)
);
CREATE INDEX papers_by_year ON papers (school_id, school_year, kind);
CREATE INDEX papers_by_person ON papers (person_id);
CREATE INDEX papers_by_consent ON papers (consent_id);
CREATE INDEX papers_by_amended ON papers (amends_id);

-- Everybody a paper names: one who withdrew the consent closes it.
CREATE TABLE paper_people (
    school_id UUID NOT NULL,
    paper_id  UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (paper_id, person_id),
    FOREIGN KEY (school_id, paper_id) REFERENCES papers (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id)
);
CREATE INDEX paper_people_by_person ON paper_people (person_id);

-- Rows of the road map that a paper proves once it is signed or registered.
CREATE TABLE paper_rows (
    school_id UUID NOT NULL,
    paper_id  UUID NOT NULL,
    row_id    UUID NOT NULL,
    PRIMARY KEY (paper_id, row_id),
    FOREIGN KEY (school_id, paper_id) REFERENCES papers (school_id, id),
    FOREIGN KEY (school_id, row_id) REFERENCES roadmap_rows (school_id, id)
);
CREATE INDEX paper_rows_by_row ON paper_rows (row_id);

-- Who is to be made acquainted with a paper, and since when they are: an employee on record or an account.
CREATE TABLE paper_acquaintances (
    id            UUID PRIMARY KEY,
    school_id     UUID NOT NULL,
    paper_id      UUID NOT NULL,
    person_id     UUID,
    user_id       UUID,
    acquainted_on DATE,
    UNIQUE (paper_id, person_id),
    UNIQUE (paper_id, user_id),
    CHECK ((person_id IS NULL) <> (user_id IS NULL)),
    FOREIGN KEY (school_id, paper_id) REFERENCES papers (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);

-- How the name of somebody is put into a case, where the rules of the program get it wrong.
CREATE TABLE person_name_forms (
    school_id UUID NOT NULL,
    person_id UUID NOT NULL,
    name_case TEXT NOT NULL,
    full_name TEXT NOT NULL CHECK (full_name <> ''),
    PRIMARY KEY (person_id, name_case),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id)
);
