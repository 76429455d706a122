-- Accounts at a provider that open an account here: `subject` is what the provider calls the person. An account there opens
-- one account here, an account here is opened by one account there.
CREATE TABLE provider_links (
    id        UUID PRIMARY KEY,
    school_id UUID NOT NULL,
    user_id   UUID NOT NULL,
    issuer    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    linked_at TIMESTAMPTZ NOT NULL,
    UNIQUE (issuer, subject),
    UNIQUE (user_id, issuer),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);
