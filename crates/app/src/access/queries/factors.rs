//! The tables of the second factor: secrets, codes for a lost telephone, what the school decides.

use crate::access::{
    model::{SchoolId, UserId},
    second_factor::Demand,
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The factor of a user, confirmed or not.
    FACTOR = "
        SELECT secret, confirmed_at, last_step
        FROM second_factors
        WHERE school_id = $1 AND user_id = $2";
    /// Keeps a new secret in place of one that was not confirmed.
    PREPARE_FACTOR = "
        INSERT INTO second_factors (user_id, school_id, secret, confirmed_at, last_step)
        VALUES ($1, $2, $3, NULL, 0)
        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0
        WHERE second_factors.school_id = excluded.school_id AND second_factors.confirmed_at IS NULL";
    /// From now on the factor is asked for.
    CONFIRM_FACTOR = "
        UPDATE second_factors
        SET confirmed_at = $3, last_step = $4
        WHERE school_id = $1 AND user_id = $2 AND confirmed_at IS NULL";
    /// Takes a code: neither it nor an older one works again.
    TAKE_STEP = "
        UPDATE second_factors
        SET last_step = $3
        WHERE school_id = $1 AND user_id = $2 AND last_step < $3";
    /// Forgets the factor of a user.
    DELETE_FACTOR = "DELETE FROM second_factors WHERE school_id = $1 AND user_id = $2";
    /// Keeps a code for a lost telephone.
    INSERT_CODE = "INSERT INTO recovery_codes (school_id, user_id, code_hash) VALUES ($1, $2, $3)";
    /// Forgets the codes of a user.
    DELETE_CODES = "DELETE FROM recovery_codes WHERE school_id = $1 AND user_id = $2";
    /// Uses a code; it works once.
    USE_CODE = "
        UPDATE recovery_codes
        SET used_at = $4
        WHERE school_id = $1 AND user_id = $2 AND code_hash = $3 AND used_at IS NULL";
    /// How many codes a user has left.
    CODES_LEFT = "
        SELECT COUNT(*)
        FROM recovery_codes
        WHERE school_id = $1 AND user_id = $2 AND used_at IS NULL";
    /// What the school decides about signing in.
    SETTINGS = "SELECT second_factor, version FROM access_settings WHERE school_id = $1";
    /// Keeps what the school decides.
    SET_SETTINGS = "
        INSERT INTO access_settings (school_id, second_factor, version)
        VALUES ($1, $2, 1)
        ON CONFLICT (school_id) DO UPDATE SET second_factor = excluded.second_factor, version = access_settings.version + 1";
    /// Begins a session that waits for a code.
    AWAIT_CODE = "
        INSERT INTO sessions (token_hash, school_id, user_id, auth_epoch, created_at, seen_at, device, awaits_code)
        SELECT $1, school_id, id, auth_epoch, $4, $4, $5, TRUE FROM users WHERE id = $2 AND school_id = $3";
    /// Who waits for a code behind a session.
    AWAITED = "
        SELECT s.school_id, s.user_id
        FROM sessions s
        JOIN users u ON u.id = s.user_id AND u.auth_epoch = s.auth_epoch AND u.is_active
        WHERE s.token_hash = $1 AND s.awaits_code AND s.created_at > $2";
}

database::record! {
    /// The second factor of a user.
    #[derive(Clone)]
    pub struct Factor {
        pub secret: String,
        pub confirmed_at: Option<DateTime<Utc>>,
        pub last_step: i64,
    }
}

/// Returns the factor of a user, confirmed or not.
pub async fn factor(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<Option<Factor>> {
    tx.maybe(FACTOR, args![school, user]).await
}

/// Keeps a new secret; one that is confirmed stays.
pub async fn prepare_factor(tx: &mut Tx, (school, user): (SchoolId, UserId), secret: &str) -> Result<()> {
    tx.run(PREPARE_FACTOR, args![user, school, secret]).await.map(|_| ())
}

/// Confirms the factor with the step of its first code; `false` when it was confirmed before.
pub async fn confirm_factor(
    tx: &mut Tx,
    (school, user): (SchoolId, UserId),
    step: i64,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(tx.run(CONFIRM_FACTOR, args![school, user, now, step]).await? == 1)
}

/// Takes the code of a step; `false` when it, or a later one, was taken before.
pub async fn take_step(tx: &mut Tx, (school, user): (SchoolId, UserId), step: i64) -> Result<bool> {
    Ok(tx.run(TAKE_STEP, args![school, user, step]).await? == 1)
}

/// Forgets the factor and the codes of a user; `false` when there was none.
pub async fn delete_factor(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<bool> {
    tx.run(DELETE_CODES, args![school, user]).await?;
    Ok(tx.run(DELETE_FACTOR, args![school, user]).await? == 1)
}

/// Keeps new codes in place of the old ones.
pub async fn set_codes(tx: &mut Tx, (school, user): (SchoolId, UserId), hashes: &[String]) -> Result<()> {
    tx.run(DELETE_CODES, args![school, user]).await?;
    tx.run_many(INSERT_CODE, hashes.iter().map(|hash| args![school, user, hash]).collect()).await.map(|_| ())
}

/// Uses a code for a lost telephone; `false` when it is none or was used.
pub async fn use_code(tx: &mut Tx, (school, user): (SchoolId, UserId), hash: &str, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(USE_CODE, args![school, user, hash, now]).await? == 1)
}

/// Counts the codes a user has left.
pub async fn codes_left(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<i64> {
    tx.one::<(i64,)>(CODES_LEFT, args![school, user]).await.map(|(left,)| left)
}

/// Returns of whom the school demands a second factor.
pub async fn demand(tx: &mut Tx, school: SchoolId) -> Result<Demand> {
    let kept: Option<(Demand, i64)> = tx.maybe(SETTINGS, args![school]).await?;
    Ok(kept.map_or(Demand::Roles, |(demand, _)| demand))
}

/// Keeps of whom the school demands a second factor.
pub async fn set_demand(tx: &mut Tx, school: SchoolId, demand: Demand) -> Result<()> {
    tx.run(SET_SETTINGS, args![school, demand]).await.map(|_| ())
}

/// Begins a session that waits for a code and opens nothing.
pub async fn await_code(
    tx: &mut Tx,
    hash: &str,
    (school, user): (SchoolId, UserId),
    device: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(AWAIT_CODE, args![hash, user, school, now, device]).await.map(|_| ())
}

/// Returns who waits for a code behind a session begun after a moment.
pub async fn awaited(tx: &mut Tx, hash: &str, after: DateTime<Utc>) -> Result<Option<(SchoolId, UserId)>> {
    tx.maybe(AWAITED, args![hash, after]).await
}
