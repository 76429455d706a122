-- Stacks of signed papers that were scanned and wait to be filed. Everything here is forgotten when it is filed, or with
-- its job a week later.
CREATE TABLE scan_stacks (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL REFERENCES schools (id),
    -- The digests of its files: the same files uploaded again are the same stack as long as it waits.
    fingerprint TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    created_by  UUID NOT NULL,
    job_id      UUID,
    read_at     TIMESTAMPTZ,
    finished_at TIMESTAMPTZ,
    -- Papers that were filed out of it.
    filed       BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, created_by) REFERENCES users (school_id, id)
);
CREATE UNIQUE INDEX scan_stacks_waiting ON scan_stacks (school_id, fingerprint) WHERE finished_at IS NULL;

-- The files of a stack as they were sent; their bytes are forgotten when they are read.
CREATE TABLE scan_files (
    school_id UUID NOT NULL,
    stack_id  UUID NOT NULL,
    place     BIGINT NOT NULL,
    name      TEXT NOT NULL CHECK (name <> ''),
    file_id   UUID,
    -- Why the file, or its rest, was not read.
    trouble   TEXT NOT NULL,
    PRIMARY KEY (stack_id, place),
    FOREIGN KEY (school_id, stack_id) REFERENCES scan_stacks (school_id, id),
    FOREIGN KEY (school_id, file_id) REFERENCES files (school_id, id)
);

-- The pages of a stack. `code` is what its QR code says; `expected` is how many pages its paper has when it is printed;
-- `paper_id` is the paper somebody has chosen for it.
CREATE TABLE scan_pages (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    stack_id   UUID NOT NULL,
    place      BIGINT NOT NULL,
    file_name  TEXT NOT NULL,
    number     BIGINT NOT NULL,
    code       TEXT NOT NULL,
    expected   BIGINT NOT NULL,
    picture_id UUID,
    trouble    TEXT NOT NULL,
    paper_id   UUID,
    is_dropped BOOLEAN NOT NULL,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, stack_id) REFERENCES scan_stacks (school_id, id),
    FOREIGN KEY (school_id, picture_id) REFERENCES files (school_id, id),
    FOREIGN KEY (school_id, paper_id) REFERENCES papers (school_id, id)
);
CREATE INDEX scan_pages_by_stack ON scan_pages (stack_id, place);
CREATE INDEX scan_pages_by_code ON scan_pages (code);
