//! The table `provider_links`: which accounts at a provider open which accounts here.

use crate::access::model::{SchoolId, UserId};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::id_type! {
    /// The id of a link.
    pub ProviderLinkId;
}

database::queries! {
    /// Whose account here an account at a provider opens, in any school, as a login does.
    LINKED = "
        SELECT school_id, user_id
        FROM provider_links
        WHERE issuer = $1 AND subject = $2";
    /// The links of a user.
    LINKS = "
        SELECT id, issuer, linked_at
        FROM provider_links
        WHERE school_id = $1 AND user_id = $2
        ORDER BY linked_at";
    /// Keeps a new link.
    LINK = "
        INSERT INTO provider_links (id, school_id, user_id, issuer, subject, linked_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Forgets a link of a user.
    UNLINK = "DELETE FROM provider_links WHERE school_id = $1 AND user_id = $2 AND id = $3";
    /// Forgets every link of a user.
    UNLINK_ALL = "DELETE FROM provider_links WHERE school_id = $1 AND user_id = $2";
}

database::record! {
    /// An account at a provider that opens the account here.
    #[derive(Debug, Clone)]
    pub struct ProviderLink {
        pub id: ProviderLinkId,
        pub issuer: String,
        pub linked_at: DateTime<Utc>,
    }
}

/// Returns whose account an account at a provider opens.
pub async fn linked(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<(SchoolId, UserId)>> {
    tx.maybe(LINKED, args![issuer, subject]).await
}

/// Returns the links of a user, the oldest first.
pub async fn links(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<Vec<ProviderLink>> {
    tx.all(LINKS, args![school, user]).await
}

/// Keeps a new link; [`database::Error::Taken`] when either account has one.
pub async fn link(
    tx: &mut Tx,
    (school, user): (SchoolId, UserId),
    (issuer, subject): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(LINK, args![ProviderLinkId::fresh(), school, user, issuer, subject, now]).await.map(|_| ())
}

/// Forgets a link of a user; `false` when there is none.
pub async fn unlink(tx: &mut Tx, (school, user): (SchoolId, UserId), id: ProviderLinkId) -> Result<bool> {
    Ok(tx.run(UNLINK, args![school, user, id]).await? == 1)
}

/// Forgets every link of a user.
pub async fn unlink_all(tx: &mut Tx, (school, user): (SchoolId, UserId)) -> Result<u64> {
    tx.run(UNLINK_ALL, args![school, user]).await
}
