//! Secrets of second factors as they are kept: sealed by the vault, so that who holds the database alone can neither count
//! codes nor try them (security rule 8).

use crate::{
    access::{
        model::{SchoolId, UserId},
        queries::factors::{self, Factor},
        second_factor::code_hash,
    },
    error::Answer,
    state::App,
    vault::Vault,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// The rooms of the vault: the tables the secrets stand in.
const SECRETS: &str = "second_factors";
const CODES: &str = "recovery_codes";

/// The school and the user whose secrets they are.
type Key = (SchoolId, UserId);

/// Returns the secret of a factor in the open.
pub fn opened(vault: &Vault, (school, user): Key, factor: &Factor) -> Answer<String> {
    if !factor.is_sealed {
        return Ok(factor.secret.clone());
    }
    Ok(vault.open_own((school, SECRETS), (user.uuid(), &factor.secret))?)
}

/// Keeps a new secret; one that is confirmed stays.
pub async fn prepare(tx: &mut Tx, vault: &Vault, (school, user): Key, secret: &str) -> Answer<()> {
    let sealed = vault.seal_own(tx, (school, SECRETS), (user.uuid(), secret)).await?;
    Ok(factors::prepare_factor(tx, (school, user), &sealed).await?)
}

/// Keeps new codes for a lost telephone in place of the old ones.
pub async fn set_codes(tx: &mut Tx, vault: &Vault, (school, user): Key, codes: &[String]) -> Answer<()> {
    let mut sealed = vec![];
    for code in codes {
        sealed.push(vault.seal_own(tx, (school, CODES), (user.uuid(), &code_hash(code))).await?);
    }
    Ok(factors::set_codes(tx, (school, user), &sealed).await?)
}

/// Uses a code for a lost telephone; `false` when it is none or was used.
pub async fn use_code(tx: &mut Tx, vault: &Vault, (school, user): Key, code: &str, now: DateTime<Utc>) -> Answer<bool> {
    let wanted = code_hash(code);
    for (kept, is_sealed) in factors::codes(tx, (school, user)).await? {
        let open = if is_sealed { vault.open_own((school, CODES), (user.uuid(), &kept))? } else { kept.clone() };
        if open == wanted {
            return Ok(factors::use_code(tx, (school, user), &kept, now).await?);
        }
    }
    Ok(false)
}

/// Seals what an earlier version kept in the open; returns how many texts there were.
pub async fn seal_earlier_secrets(app: &App) -> Answer<usize> {
    let mut tx = app.db.begin().await?;
    let secrets = factors::open_secrets(&mut tx).await?;
    for (school, user, secret) in &secrets {
        let sealed = app.vault.seal_own(&mut tx, (*school, SECRETS), (user.uuid(), secret)).await?;
        factors::seal_secret(&mut tx, (*school, *user), &sealed).await?;
    }
    let codes = factors::open_codes(&mut tx).await?;
    for (school, user, hash) in &codes {
        let sealed = app.vault.seal_own(&mut tx, (*school, CODES), (user.uuid(), hash)).await?;
        factors::seal_code(&mut tx, (*school, *user), (hash, &sealed)).await?;
    }
    tx.commit().await?;
    Ok(secrets.len() + codes.len())
}
