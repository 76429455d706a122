//! The table `account_links`: links with which somebody sets the own password.

use crate::access::model::{SchoolId, UserId};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::id_type! {
    /// The id of a link.
    pub AccountLinkId;
}

database::queries! {
    /// Keeps a new link.
    INSERT_LINK = "
        INSERT INTO account_links (id, school_id, user_id, token_hash, made_at, made_by, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Closes the links of a user that nobody has used.
    CLOSE_LINKS = "
        UPDATE account_links
        SET closed_at = $3
        WHERE school_id = $1 AND user_id = $2 AND used_at IS NULL AND closed_at IS NULL";
    /// Whose a link is, if it is still good.
    OPEN_LINK = "
        SELECT l.id, l.school_id, l.user_id
        FROM account_links l
        JOIN users u ON u.id = l.user_id AND u.school_id = l.school_id AND u.is_active
        WHERE l.token_hash = $1 AND l.expires_at > $2 AND l.used_at IS NULL AND l.closed_at IS NULL";
    /// Uses a link; of two at the same time only one succeeds.
    USE_LINK = "
        UPDATE account_links
        SET used_at = $3
        WHERE school_id = $1 AND id = $2 AND used_at IS NULL AND closed_at IS NULL AND expires_at > $3";
}

database::record! {
    /// A link that is still good.
    #[derive(Debug, Clone, Copy)]
    pub struct OpenLink {
        pub id: AccountLinkId,
        pub school_id: SchoolId,
        pub user_id: UserId,
    }
}

/// A link to be kept.
pub struct NewLink<'a> {
    pub user: UserId,
    pub token_hash: &'a str,
    pub made_by: UserId,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Keeps a new link.
pub async fn insert_link(tx: &mut Tx, school: SchoolId, new: &NewLink<'_>) -> Result<()> {
    let facts =
        args![AccountLinkId::fresh(), school, new.user, new.token_hash, new.made_at, new.made_by, new.expires_at,];
    tx.run(INSERT_LINK, facts).await.map(|_| ())
}

/// Closes the links of a user that nobody has used.
pub async fn close_links(tx: &mut Tx, school: SchoolId, user: UserId, now: DateTime<Utc>) -> Result<()> {
    tx.run(CLOSE_LINKS, args![school, user, now]).await.map(|_| ())
}

/// Returns whose a link is, if it is still good.
pub async fn open_link(tx: &mut Tx, token_hash: &str, now: DateTime<Utc>) -> Result<Option<OpenLink>> {
    tx.maybe(OPEN_LINK, args![token_hash, now]).await
}

/// Uses a link; `false` when somebody else was quicker.
pub async fn use_link(tx: &mut Tx, link: OpenLink, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(USE_LINK, args![link.school_id, link.id, now]).await? == 1)
}
