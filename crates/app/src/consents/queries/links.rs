//! Personal links: who holds one, what it opens.

use crate::{
    access::{SchoolId, UserId},
    consents::model::ConsentLinkId,
    people::{FullName, PersonId, Sight},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// Keeps the digest of a link; the same form sent twice is one link.
    INSERT_LINK = "
        INSERT INTO consent_links (id, school_id, person_id, holder_id, token_hash, made_at, made_by, expires_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO NOTHING";
    /// Closes a link.
    REVOKE_LINK = "
        UPDATE consent_links
        SET revoked_at = $4
        WHERE id = $1 AND school_id = $2 AND person_id = $3 AND revoked_at IS NULL";
    /// The links about a person a visitor sees, the newest first.
    LINKS = "
        SELECT l.id, l.made_at, l.expires_on, l.revoked_at, p.surname, p.given_name, p.patronymic
        FROM consent_links l
        JOIN people p ON p.school_id = l.school_id AND p.id = l.holder_id
        WHERE l.school_id = $1 AND l.person_id = $3
          AND (l.person_id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        ORDER BY l.made_at DESC, l.id DESC";
    /// What a token opens, as long as its holder is the person or represents the person.
    LINK_OF_TOKEN = "
        SELECT l.school_id, l.person_id, l.holder_id, l.expires_on, l.revoked_at
        FROM consent_links l
        WHERE l.token_hash = $1
          AND (l.holder_id = l.person_id
               OR EXISTS (SELECT 1 FROM guardianships g
                          WHERE g.school_id = l.school_id AND g.minor_id = l.person_id AND g.guardian_id = l.holder_id))";
    /// Whom a link is about.
    PERSON_OF_LINK = "
        SELECT p.surname, p.given_name, p.born_on
        FROM people p
        WHERE p.school_id = $1 AND p.id = $2";
}

database::record! {
    /// A link as its makers see it.
    #[derive(Debug, Clone)]
    pub struct Link {
        pub id: ConsentLinkId,
        pub made_at: DateTime<Utc>,
        pub expires_on: NaiveDate,
        pub revoked_at: Option<DateTime<Utc>>,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
    }

    /// What a token opens.
    #[derive(Debug, Clone)]
    pub struct OpenLink {
        pub school_id: SchoolId,
        pub person_id: PersonId,
        pub holder_id: PersonId,
        pub expires_on: NaiveDate,
        pub revoked_at: Option<DateTime<Utc>>,
    }

    /// Whom a link is about.
    #[derive(Debug, Clone)]
    pub struct LinkedPerson {
        pub surname: String,
        pub given_name: String,
        pub born_on: Option<NaiveDate>,
    }
}

impl Link {
    /// Returns the name of the holder.
    pub fn holder(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

impl LinkedPerson {
    /// Returns «Анна И.»: who holds the link knows whom it is about, and a stranger learns little.
    pub fn short(&self) -> String {
        let initial: String = self.surname.chars().take(1).collect();
        format!("{} {initial}.", self.given_name)
    }
}

/// A link to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewLink {
    /// Made with the form: the same form sent twice is one link.
    pub id: ConsentLinkId,
    pub person: PersonId,
    pub holder: PersonId,
    pub expires_on: NaiveDate,
}

/// Keeps the digest of a link; `false` when the same form was sent before.
pub async fn insert_link(
    tx: &mut Tx,
    school: SchoolId,
    (new, digest): (&NewLink, &str),
    by: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![new.id, school, new.person, new.holder, digest, now, by, new.expires_on];
    Ok(tx.run(INSERT_LINK, facts).await? == 1)
}

/// Closes a link; `false` when it was closed, or is none of this person's.
pub async fn revoke_link(
    tx: &mut Tx,
    school: SchoolId,
    (person, link): (PersonId, ConsentLinkId),
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(tx.run(REVOKE_LINK, args![link, school, person, now]).await? == 1)
}

/// Returns the links about a person, the newest first.
pub async fn links(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<Vec<Link>> {
    tx.all(LINKS, args![sight.school(), sight.viewer(), person]).await
}

/// Returns what a token opens, whatever its school; whether it is still open is for the rule to say.
pub async fn link_of_token(tx: &mut Tx, digest: &str) -> Result<Option<OpenLink>> {
    tx.maybe(LINK_OF_TOKEN, args![digest]).await
}

/// Returns whom a link is about; nothing when the person is hidden.
pub async fn person_of_link(tx: &mut Tx, link: &OpenLink) -> Result<Option<LinkedPerson>> {
    tx.maybe(PERSON_OF_LINK, args![link.school_id, link.person_id]).await
}
