-- Keys of people by kinds of records, each sealed by the key of the installation, which lies outside the data directory.
-- Empty when it was destroyed: what was sealed with it is never read again.
CREATE TABLE vault_keys (
    id           UUID PRIMARY KEY,
    school_id    UUID NOT NULL,
    person_id    UUID NOT NULL,
    room         TEXT NOT NULL,
    sealed       TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    destroyed_at TIMESTAMPTZ,
    UNIQUE (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id)
);
CREATE INDEX vault_keys_by_person ON vault_keys (person_id);

-- Which category a person has and what it rests on is sealed; that there is a record, and its days, is not. `open_text`
-- holds what an earlier version wrote in the open, until the program starts next and seals it.
CREATE TABLE sealed_categories (
    id          UUID PRIMARY KEY,
    school_id   UUID NOT NULL,
    person_id   UUID NOT NULL,
    key_id      UUID,
    sealed      TEXT,
    open_text   TEXT,
    since_on    DATE NOT NULL,
    until_on    DATE,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    CHECK ((sealed IS NULL) = (key_id IS NULL)),
    CHECK ((sealed IS NULL) <> (open_text IS NULL)),
    FOREIGN KEY (school_id, key_id) REFERENCES vault_keys (school_id, id),
    FOREIGN KEY (school_id, person_id) REFERENCES persons (school_id, id),
    FOREIGN KEY (school_id, recorded_by) REFERENCES users (school_id, id)
);
INSERT INTO sealed_categories (id, school_id, person_id, open_text, since_on, until_on, recorded_at, recorded_by)
SELECT id, school_id, person_id, category || ' ' || basis, since_on, until_on, recorded_at, recorded_by
FROM special_categories;
DROP TABLE special_categories;
ALTER TABLE sealed_categories RENAME TO special_categories;
CREATE INDEX special_categories_by_person ON special_categories (person_id);
