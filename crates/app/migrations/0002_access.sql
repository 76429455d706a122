-- Schools, the people who may sign in, their roles and sessions.
CREATE TABLE schools (
    id           UUID PRIMARY KEY,
    name         TEXT NOT NULL CHECK (name <> ''),
    short_name   TEXT NOT NULL CHECK (short_name <> ''),
    kind         TEXT NOT NULL,
    is_small     BOOLEAN NOT NULL,
    address      TEXT NOT NULL,
    municipality TEXT NOT NULL,
    head_name    TEXT NOT NULL,
    head_post    TEXT NOT NULL,
    time_zone    TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    version      BIGINT NOT NULL
);

CREATE TABLE users (
    id                    UUID PRIMARY KEY,
    school_id             UUID NOT NULL REFERENCES schools (id),
    login                 TEXT NOT NULL,
    login_key             TEXT NOT NULL UNIQUE,
    full_name             TEXT NOT NULL CHECK (full_name <> ''),
    post                  TEXT NOT NULL,
    search_name           TEXT NOT NULL,
    password_hash         TEXT NOT NULL,
    password_is_temporary BOOLEAN NOT NULL,
    auth_epoch            BIGINT NOT NULL,
    is_active             BOOLEAN NOT NULL,
    created_at            TIMESTAMPTZ NOT NULL,
    version               BIGINT NOT NULL,
    UNIQUE (school_id, id)
);

CREATE TABLE user_roles (
    school_id UUID NOT NULL,
    user_id   UUID NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (user_id, role),
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);
CREATE INDEX user_roles_by_school ON user_roles (school_id, role);

-- `token_hash` is the SHA-256 of the cookie: who reads the table cannot sign in with it.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    school_id  UUID NOT NULL,
    user_id    UUID NOT NULL,
    auth_epoch BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (school_id, user_id) REFERENCES users (school_id, id)
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_age ON sessions (seen_at);

-- At most one row: of two first runs at the same time only one can insert it.
CREATE TABLE installations (
    place      BIGINT PRIMARY KEY CHECK (place = 1),
    founded_at TIMESTAMPTZ NOT NULL
);
