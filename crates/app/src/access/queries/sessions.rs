//! The table `sessions` as its owner sees it.

use crate::access::model::{SchoolId, UserId};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The sessions of a user that are still good, the one in use first.
    OWN_SESSIONS = "
        SELECT s.device, s.created_at, s.seen_at, s.token_hash = $3 AS is_this
        FROM sessions s
        JOIN users u ON u.id = s.user_id AND u.school_id = s.school_id AND u.auth_epoch = s.auth_epoch
        WHERE s.school_id = $1 AND s.user_id = $2 AND s.seen_at > $4 AND s.created_at > $5 AND NOT s.awaits_code
        ORDER BY is_this DESC, s.seen_at DESC";
    /// Ends every session of a user but one.
    END_OTHER_SESSIONS = "
        DELETE FROM sessions
        WHERE school_id = $1 AND user_id = $2 AND token_hash <> $3";
}

database::record! {
    /// A place where somebody is signed in.
    #[derive(Debug, Clone)]
    pub struct OwnSession {
        pub device: String,
        pub created_at: DateTime<Utc>,
        pub seen_at: DateTime<Utc>,
        pub is_this: bool,
    }
}

/// Returns where a user is signed in, the session with the hash first.
pub async fn own_sessions(
    tx: &mut Tx,
    (school, user): (SchoolId, UserId),
    hash: &str,
    (idle, oldest): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<OwnSession>> {
    tx.all(OWN_SESSIONS, args![school, user, hash, idle, oldest]).await
}

/// Ends every session of a user but the one with the hash; returns how many there were.
pub async fn end_other_sessions(tx: &mut Tx, (school, user): (SchoolId, UserId), hash: &str) -> Result<u64> {
    tx.run(END_OTHER_SESSIONS, args![school, user, hash]).await
}
