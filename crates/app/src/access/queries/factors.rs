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
        SELECT secret, is_sealed, confirmed_at, last_step
        FROM second_factors
        WHERE school_id = $1 AND user_id = $2";
    /// Keeps a new sealed secret in place of one that was not confirmed.
    PREPARE_FACTOR = "
        INSERT INTO second_factors (user_id, school_id, secret, is_sealed, confirmed_at, last_step)
        VALUES ($1, $2, $3, TRUE, NULL, 0)
        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, is_sealed = TRUE, last_step = 0
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
    /// Secrets that an earlier version kept in the open, of all schools.
    OPEN_SECRETS = "SELECT school_id, user_id, secret FROM second_factors WHERE NOT is_sealed";
    /// Puts a sealed secret in place of an open one.
    SEAL_SECRET = "
        UPDATE second_factors
        SET secret = $3, is_sealed = TRUE
        WHERE school_id = $1 AND user_id = $2 AND NOT is_sealed";
    /// Keeps the sealed digest of a code for a lost telephone.
    INSERT_CODE = "INSERT INTO recovery_codes (school_id, user_id, code_hash, is_sealed) VALUES ($1, $2, $3, TRUE)";
    /// The digests of the codes a user has left.
    CODES = "
        SELECT code_hash, is_sealed
        FROM recovery_codes
        WHERE school_id = $1 AND user_id = $2 AND used_at IS NULL
        ORDER BY code_hash";
    /// Digests that an earlier version kept in the open, of all schools.
    OPEN_CODES = "SELECT school_id, user_id, code_hash FROM recovery_codes WHERE NOT is_sealed";
    /// Puts a sealed digest in place of an open one.
    SEAL_CODE = "
        UPDATE recovery_codes
        SET code_hash = $4, is_sealed = TRUE
        WHERE school_id = $1 AND user_id = $2 AND code_hash = $3";
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
        /// As it is kept.
        pub secret: String,
        pub is_sealed: bool,
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

/// Returns the secrets that were kept in the open.
pub async fn open_secrets(tx: &mut Tx) -> Result<Vec<(SchoolId, UserId, String)>> {
    tx.all(OPEN_SECRETS, args![]).await
}

/// Puts a sealed secret in place of an open one.
pub async fn seal_secret(tx: &mut Tx, (school, user): (SchoolId, UserId), sealed: &str) -> Result<()> {
    tx.run(SEAL_SECRET, args![school, user, sealed]).await.map(|_| ())
}

/// Returns the digests of the codes a user has left, and whether they are sealed.
pub async fn codes(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<Vec<(String, bool)>> {
    tx.all(CODES, args![school, user]).await
}

/// Returns the digests that were kept in the open.
pub async fn open_codes(tx: &mut Tx) -> Result<Vec<(SchoolId, UserId, String)>> {
    tx.all(OPEN_CODES, args![]).await
}

/// Puts a sealed digest in place of an open one.
pub async fn seal_code(tx: &mut Tx, (school, user): (SchoolId, UserId), (open, sealed): (&str, &str)) -> Result<()> {
    tx.run(SEAL_CODE, args![school, user, open, sealed]).await.map(|_| ())
}

/// Keeps new sealed digests in place of the old ones.
pub async fn set_codes(tx: &mut Tx, (school, user): (SchoolId, UserId), hashes: &[String]) -> Result<()> {
    tx.run(DELETE_CODES, args![school, user]).await?;
    tx.run_many(INSERT_CODE, hashes.iter().map(|hash| args![school, user, hash]).collect()).await.map(|_| ())
}

/// Uses a code by its digest as it is kept; `false` when it was used.
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
