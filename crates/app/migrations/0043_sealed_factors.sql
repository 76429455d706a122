-- Rooms of the vault in which something is sealed with the key of the installation itself: as long as there is one, no new
-- key file is made.
CREATE TABLE vault_rooms (
    school_id UUID NOT NULL REFERENCES schools (id),
    room      TEXT NOT NULL,
    PRIMARY KEY (school_id, room)
);

-- `secret` and `code_hash` are sealed; what an earlier version kept in the open is sealed when the program starts next.
ALTER TABLE second_factors ADD COLUMN is_sealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE recovery_codes ADD COLUMN is_sealed BOOLEAN NOT NULL DEFAULT FALSE;
