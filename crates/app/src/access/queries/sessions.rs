//! The table `sessions`: who is behind a request, and where somebody is signed in.

use crate::access::{
    SchoolKind, Visitor,
    model::{School, SchoolId, UserId, roles_of},
    second_factor::{Demand, Standing},
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// Begins a session with the current epoch of the user.
    INSERT_SESSION = "
        INSERT INTO sessions (token_hash, school_id, user_id, auth_epoch, created_at, seen_at, device)
        SELECT $1, school_id, id, auth_epoch, $4, $4, $5 FROM users WHERE id = $2 AND school_id = $3";
    /// The person of a session that is still good: same epoch, active, neither idle nor old; with how many jobs have ended
    /// that the person has not looked at, because every page says so.
    SESSION_VISITOR = "
        SELECT u.id, u.full_name, u.post, u.password_is_temporary, u.created_at AS made_at, s.seen_at,
               EXISTS (SELECT 1 FROM second_factors f
                       WHERE f.school_id = u.school_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor,
               COALESCE((SELECT a.second_factor FROM access_settings a WHERE a.school_id = u.school_id), 'roles') AS demand,
               (SELECT COUNT(*) FROM jobs j
                WHERE j.school_id = u.school_id AND j.user_id = u.id AND j.state IN ('done', 'failed')
                  AND j.taken_at IS NULL) AS news,
               COALESCE((SELECT STRING_AGG(r.role, ',' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), '')
                   AS role_words,
               c.id AS school_id, c.name, c.short_name, c.kind, c.is_small, c.address, c.municipality, c.head_name,
               c.head_post, c.time_zone, c.version
        FROM sessions s
        JOIN users u ON u.id = s.user_id AND u.auth_epoch = s.auth_epoch AND u.is_active
        JOIN schools c ON c.id = u.school_id
        WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3 AND NOT s.awaits_code";
    /// Notes that the session is in use.
    TOUCH_SESSION = "UPDATE sessions SET seen_at = $2 WHERE token_hash = $1 AND seen_at < $2";
    /// Ends a session.
    END_SESSION = "DELETE FROM sessions WHERE token_hash = $1";
    /// Sweeps sessions that are over.
    SWEEP_SESSIONS = "DELETE FROM sessions WHERE seen_at <= $1 OR created_at <= $2";
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
    struct SessionRow {
        id: UserId,
        full_name: String,
        post: String,
        password_is_temporary: bool,
        made_at: DateTime<Utc>,
        has_factor: bool,
        demand: Demand,
        seen_at: DateTime<Utc>,
        news: i64,
        role_words: String,
        school_id: SchoolId,
        name: String,
        short_name: String,
        kind: SchoolKind,
        is_small: bool,
        address: String,
        municipality: String,
        head_name: String,
        head_post: String,
        time_zone: String,
        version: i64,
    }

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

/// Begins a session.
pub async fn insert_session(
    tx: &mut Tx,
    hash: &str,
    (school, user): (SchoolId, UserId),
    device: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(INSERT_SESSION, args![hash, user, school, now, device]).await.map(|_| ())
}

/// Ends a session.
pub async fn end_session(tx: &mut Tx, hash: &str) -> Result<()> {
    tx.run(END_SESSION, args![hash]).await.map(|_| ())
}

/// Sweeps sessions not seen since `idle` or begun before `oldest`.
pub async fn sweep_sessions(tx: &mut Tx, idle: DateTime<Utc>, oldest: DateTime<Utc>) -> Result<()> {
    tx.run(SWEEP_SESSIONS, args![idle, oldest]).await.map(|_| ())
}

/// A session that is still good.
pub struct LiveSession {
    pub visitor: Visitor,
    pub seen_at: DateTime<Utc>,
    /// How many jobs have ended that the visitor has not looked at.
    pub news: i64,
}

/// Returns the session behind a token; `None` when it is over.
pub async fn session_visitor(
    tx: &mut Tx,
    hash: &str,
    (idle, oldest): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Option<LiveSession>> {
    let row: Option<SessionRow> = tx.maybe(SESSION_VISITOR, args![hash, idle, oldest]).await?;
    Ok(row.map(|row| {
        let school = School {
            id: row.school_id,
            name: row.name,
            short_name: row.short_name,
            kind: row.kind,
            is_small: row.is_small,
            address: row.address,
            municipality: row.municipality,
            head_name: row.head_name,
            head_post: row.head_post,
            time_zone: row.time_zone,
            version: row.version,
        };
        let roles = roles_of(&row.role_words);
        let visitor = Visitor {
            user: row.id,
            full_name: row.full_name,
            post: row.post,
            factor: Standing::of(&roles, row.has_factor, row.demand, (row.made_at, now)),
            roles,
            today: crate::clock::day_in(now, school.zone()),
            password_is_temporary: row.password_is_temporary,
            school,
        };
        LiveSession { visitor, seen_at: row.seen_at, news: row.news }
    }))
}

/// Notes that a session is in use.
pub async fn touch_session(tx: &mut Tx, hash: &str, now: DateTime<Utc>) -> Result<()> {
    tx.run(TOUCH_SESSION, args![hash, now]).await.map(|_| ())
}
