-- Links with which somebody sets the own password: an invitation, or a way back in. Kept as their SHA-256, used once.
CREATE TABLE account_links (
    id         UUID PRIMARY KEY,
    school_id  UUID NOT NULL,
    user_id    UUID NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    made_at    TIMESTAMPTZ NOT NULL,
    made_by    UUID,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ,
    closed_at  TIMESTAMPTZ,
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id),
    FOREIGN KEY (school_id, made_by) REFERENCES users (school_id, id)
);
CREATE INDEX account_links_by_user ON account_links (user_id);

-- The second factor of a user: the secret an application counts codes from. It holds from `confirmed_at` on; `last_step`
-- is the last code that was taken, so that no code works twice.
CREATE TABLE second_factors (
    user_id      UUID PRIMARY KEY,
    school_id    UUID NOT NULL,
    secret       TEXT NOT NULL,
    confirmed_at TIMESTAMPTZ,
    last_step    BIGINT NOT NULL,
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);

-- Codes for the day the telephone is lost; each works once. Kept as their SHA-256.
CREATE TABLE recovery_codes (
    school_id UUID NOT NULL,
    user_id   UUID NOT NULL,
    code_hash TEXT NOT NULL,
    used_at   TIMESTAMPTZ,
    PRIMARY KEY (user_id, code_hash),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);

-- What a school decides about signing in; absent means the defaults of the program.
CREATE TABLE access_settings (
    school_id     UUID PRIMARY KEY REFERENCES schools (id),
    second_factor TEXT NOT NULL,
    version       BIGINT NOT NULL
);

-- `device` is what the browser calls itself, for the list of the own sessions. A session that awaits a code opens nothing.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN awaits_code BOOLEAN NOT NULL DEFAULT FALSE;
