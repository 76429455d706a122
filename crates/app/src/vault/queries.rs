//! The keys of owners, each sealed by the key of the installation.

use super::{KeyId, Owner};
use crate::access::SchoolId;
use chrono::{DateTime, Utc};
use database::{Result, Tx, Value, args};
use uuid::Uuid;

database::queries! {
    /// The keys of an owner that were not destroyed, the oldest first: two people made one leave two.
    KEYS_OF = "
        SELECT id, sealed
        FROM vault_keys
        WHERE school_id = $1 AND person_id = $2 AND room = $3 AND destroyed_at IS NULL
        ORDER BY created_at, id";
    /// The keys of a person for every kind of records that were not destroyed.
    KEYS_OF_PERSON = "
        SELECT id, sealed
        FROM vault_keys
        WHERE school_id = $1 AND person_id = $2 AND destroyed_at IS NULL";
    /// Keys by their ids.
    KEYS = "
        SELECT id, sealed
        FROM vault_keys
        WHERE school_id = $1 AND id IN ($2)";
    /// Whether a key file has sealed anything yet.
    ANYTHING_SEALED = "
        SELECT id
        FROM vault_keys
        UNION ALL
        SELECT school_id
        FROM vault_rooms
        LIMIT 1";
    /// Notes that something in a room is sealed with the key of the installation itself.
    NOTE_ROOM = "INSERT INTO vault_rooms (school_id, room) VALUES ($1, $2) ON CONFLICT (school_id, room) DO NOTHING";
    /// Keeps a key.
    INSERT = "
        INSERT INTO vault_keys (id, school_id, person_id, room, sealed, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Wipes the keys of an owner.
    DESTROY = "
        UPDATE vault_keys
        SET sealed = '', destroyed_at = $4
        WHERE school_id = $1 AND person_id = $2 AND room = $3 AND destroyed_at IS NULL";
    /// Wipes the keys of a person for every kind of records.
    DESTROY_ALL = "
        UPDATE vault_keys
        SET sealed = '', destroyed_at = $3
        WHERE school_id = $1 AND person_id = $2 AND destroyed_at IS NULL";
}

database::record! {
    /// A key as it is kept; empty when it was destroyed.
    pub struct KeptKey {
        pub id: KeyId,
        pub sealed: String,
    }
}

/// Returns the keys of an owner that were not destroyed.
pub async fn keys_of(tx: &mut Tx, owner: Owner) -> Result<Vec<KeptKey>> {
    tx.all(KEYS_OF, args![owner.school, owner.person, owner.room]).await
}

/// Returns the keys of a person, of every kind, that were not destroyed.
pub async fn keys_of_person(tx: &mut Tx, school: SchoolId, person: Uuid) -> Result<Vec<KeptKey>> {
    tx.all(KEYS_OF_PERSON, args![school, person]).await
}

/// Returns keys by their ids.
pub async fn keys(tx: &mut Tx, school: SchoolId, ids: Vec<Value>) -> Result<Vec<KeptKey>> {
    tx.all_among(KEYS, args![school], ids).await
}

/// Tells whether there is or was a key of anybody.
pub async fn anything_sealed(tx: &mut Tx) -> Result<bool> {
    Ok(tx.maybe::<(KeyId,)>(ANYTHING_SEALED, vec![]).await?.is_some())
}

/// Notes that something in a room is sealed with the key of the installation itself.
pub async fn note_room(tx: &mut Tx, school: SchoolId, room: &str) -> Result<()> {
    tx.run(NOTE_ROOM, args![school, room]).await.map(|_| ())
}

/// Keeps a key of an owner.
pub async fn insert(tx: &mut Tx, owner: Owner, (id, sealed): (KeyId, &str), now: DateTime<Utc>) -> Result<()> {
    tx.run(INSERT, args![id, owner.school, owner.person, owner.room, sealed, now]).await.map(|_| ())
}

/// Wipes the keys of an owner.
pub async fn destroy(tx: &mut Tx, owner: Owner, now: DateTime<Utc>) -> Result<()> {
    tx.run(DESTROY, args![owner.school, owner.person, owner.room, now]).await.map(|_| ())
}

/// Wipes the keys of a person, of every kind.
pub async fn destroy_all(tx: &mut Tx, school: SchoolId, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    tx.run(DESTROY_ALL, args![school, person, now]).await.map(|_| ())
}
