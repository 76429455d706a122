//! Links under which people apply, and what they sent.

use crate::{
    access::{School, SchoolId, UserId},
    participation::{
        application::{ApplicationAnswers, Outcome},
        model::{ApplicationId, LinkId, Side, Source},
    },
    people::{PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Json, Result, Tx, args};

database::queries! {
    /// The links of a year, the newest first, with what came in.
    LINKS = "
        SELECT l.id, l.school_year, l.side, l.source, l.closes_on, l.closed_at,
               (SELECT COUNT(*) FROM applications a WHERE a.link_id = l.id) AS received
        FROM application_links l
        WHERE l.school_id = $1 AND l.school_year = $2
        ORDER BY l.opened_at DESC";
    /// The link of a token and the school that opened it.
    LINK_OF_TOKEN = "
        SELECT id, school_id, school_year, side, source, closes_on, closed_at
        FROM application_links
        WHERE token_hash = $1";
    /// Opens a link.
    INSERT_LINK = "
        INSERT INTO application_links (id, school_id, school_year, side, source, token_hash, opened_at, opened_by, closes_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT DO NOTHING";
    /// Closes a link.
    CLOSE_LINK = "
        UPDATE application_links
        SET closed_at = $3
        WHERE id = $1 AND school_id = $2 AND closed_at IS NULL";
    /// Keeps what somebody sent; the same form sent twice is one application.
    INSERT_APPLICATION = "
        INSERT INTO applications (id, school_id, school_year, link_id, side, answers, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING";
    /// How many applications of a link wait.
    WAITING_OF_LINK = "
        SELECT COUNT(*)
        FROM applications
        WHERE school_id = $1 AND link_id = $2 AND settled_at IS NULL";
    /// Applications of a year that wait, the oldest first.
    WAITING = "
        SELECT a.id, a.side, l.source, a.answers, a.received_at
        FROM applications a
        JOIN application_links l ON l.id = a.link_id
        WHERE a.school_id = $1 AND a.school_year = $2 AND a.settled_at IS NULL
        ORDER BY a.received_at, a.id";
    /// One application that waits.
    APPLICATION = "
        SELECT a.id, a.side, l.source, a.answers, a.received_at
        FROM applications a
        JOIN application_links l ON l.id = a.link_id
        WHERE a.id = $1 AND a.school_id = $2 AND a.settled_at IS NULL";
    /// Settles an application: what was decided and about whom stays, what was sent does not.
    SETTLE = "
        UPDATE applications
        SET settled_at = $3, settled_by = $4, outcome = $5, person_id = $6, answers = $7
        WHERE id = $1 AND school_id = $2 AND settled_at IS NULL";
    /// People on record whose surname is the one of an application.
    MATCHES = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on, p.workplace,
               (SELECT CAST(c.grade AS TEXT) || c.letter
                FROM enrolments e
                JOIN classes c ON c.id = e.class_id
                WHERE e.person_id = p.id AND e.left_on IS NULL
                ORDER BY e.entered_on DESC, e.id DESC
                LIMIT 1) AS class_name,
               (SELECT s.post FROM staff s WHERE s.person_id = p.id) AS post
        FROM people p
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND p.name_key LIKE $3 AND p.left_on IS NULL
        ORDER BY p.name_key, p.id
        LIMIT 50";
}

database::record! {
    /// A link of the school.
    #[derive(Debug, Clone)]
    pub struct Link {
        pub id: LinkId,
        pub school_year: i64,
        pub side: Side,
        pub source: Source,
        pub closes_on: NaiveDate,
        pub closed_at: Option<DateTime<Utc>>,
        pub received: i64,
    }

    /// What a token opens.
    #[derive(Debug, Clone)]
    pub struct OpenLink {
        pub id: LinkId,
        pub school_id: SchoolId,
        pub school_year: i64,
        pub side: Side,
        pub source: Source,
        pub closes_on: NaiveDate,
        pub closed_at: Option<DateTime<Utc>>,
    }

    /// An application that waits.
    #[derive(Debug, Clone)]
    pub struct Application {
        pub id: ApplicationId,
        pub side: Side,
        pub source: Source,
        pub answers: Json<ApplicationAnswers>,
        pub received_at: DateTime<Utc>,
    }

    /// Somebody on record who may have applied.
    #[derive(Debug, Clone)]
    pub struct Match {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub workplace: String,
        pub class_name: Option<String>,
        pub post: Option<String>,
    }
}

/// Returns the links of a year, the newest first.
pub async fn links(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<Link>> {
    tx.all(LINKS, args![school, year.start_year()]).await
}

/// Returns what a token opens, whatever its school; whether it is still open is for the rule to say.
pub async fn link_of_token(tx: &mut Tx, token_hash: &str) -> Result<Option<OpenLink>> {
    tx.maybe(LINK_OF_TOKEN, args![token_hash]).await
}

/// Opens a link; `false` when the same form was sent before.
pub async fn insert_link(
    tx: &mut Tx,
    (school, year): (&School, SchoolYear),
    link: &Link,
    token_hash: &str,
    (now, by): (DateTime<Utc>, UserId),
) -> Result<bool> {
    let facts =
        args![link.id, school.id, year.start_year(), link.side, link.source, token_hash, now, by, link.closes_on];
    Ok(tx.run(INSERT_LINK, facts).await? == 1)
}

/// Closes a link; `false` when it is closed or there is none.
pub async fn close_link(tx: &mut Tx, school: SchoolId, id: LinkId, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(CLOSE_LINK, args![id, school, now]).await? == 1)
}

/// Keeps an application; `false` when the same form was sent before.
pub async fn insert_application(
    tx: &mut Tx,
    link: &OpenLink,
    id: ApplicationId,
    answers: &ApplicationAnswers,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![id, link.school_id, link.school_year, link.id, link.side, super::json(answers), now];
    Ok(tx.run(INSERT_APPLICATION, facts).await? == 1)
}

/// Returns how many applications of a link wait.
pub async fn waiting_of_link(tx: &mut Tx, link: &OpenLink) -> Result<i64> {
    tx.one::<(i64,)>(WAITING_OF_LINK, args![link.school_id, link.id]).await.map(|(count,)| count)
}

/// Returns the applications of a year that wait, the oldest first.
pub async fn waiting(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<Application>> {
    tx.all(WAITING, args![school, year.start_year()]).await
}

/// Returns an application that waits.
pub async fn application(tx: &mut Tx, school: SchoolId, id: ApplicationId) -> Result<Application> {
    tx.one(APPLICATION, args![id, school]).await
}

/// Settles an application; `false` when somebody settled it before.
pub async fn settle(
    tx: &mut Tx,
    school: SchoolId,
    id: ApplicationId,
    (outcome, person): (Outcome, Option<PersonId>),
    (now, by): (DateTime<Utc>, UserId),
) -> Result<bool> {
    let nothing = super::json(&ApplicationAnswers::default());
    Ok(tx.run(SETTLE, args![id, school, now, by, outcome, person, nothing]).await? == 1)
}

/// Returns people on record whose folded surname is the one given.
pub async fn matches(tx: &mut Tx, sight: Sight, surname: &str) -> Result<Vec<Match>> {
    let pattern = format!("{} %", surname.replace(['%', '_'], ""));
    tx.all(MATCHES, args![sight.school(), sight.viewer(), pattern]).await
}
