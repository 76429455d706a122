//! The table `audit_log`: written and read, never changed.

pub mod chains;

use super::{
    chain::{self, Head, Link},
    model::{Act, Entry, EntryId, Event, SubjectKind},
};
use crate::access::SchoolId;
use chrono::{DateTime, Utc};
use database::{Json, Result, Tx, Value, args};
use uuid::Uuid;

database::queries! {
    /// Records an act.
    INSERT = "
        INSERT INTO audit_log (id, school_id, at, actor_id, actor_name, event, subject_kind, subject_id, subject_name, details,
                               place, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// What was done to one thing, the newest first.
    HISTORY = "
        SELECT id, at, actor_name, event, subject_kind, subject_id, subject_name, details
        FROM audit_log
        WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3
        ORDER BY at DESC, id DESC
        LIMIT $4";
    /// What was done to one thing but for one kind of act, the newest first: its changes without its readings.
    HISTORY_WITHOUT = "
        SELECT id, at, actor_name, event, subject_kind, subject_id, subject_name, details
        FROM audit_log
        WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3 AND event <> $4
        ORDER BY at DESC, id DESC
        LIMIT $5";
    /// One kind of act done to one thing, the newest first.
    HISTORY_ONLY = "
        SELECT id, at, actor_name, event, subject_kind, subject_id, subject_name, details
        FROM audit_log
        WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3 AND event = $4
        ORDER BY at DESC, id DESC
        LIMIT $5";
    /// Tells whether somebody did something to one thing since a moment.
    WAS_DONE = "
        SELECT EXISTS (
            SELECT 1
            FROM audit_log
            WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3 AND event = $4 AND actor_id = $5 AND at > $6)";
    /// What was done in the school since a moment, the newest first.
    SINCE = "
        SELECT id, at, actor_name, event, subject_kind, subject_id, subject_name, details
        FROM audit_log
        WHERE school_id = $1 AND at >= $2 AND event LIKE $3
        ORDER BY at DESC, id DESC
        LIMIT $4";
    /// A page of the journal: of a period, an event and an actor (`%` for any, «system» for the program itself), or
    /// what stands before one act of it (`$3`, `$7`). The journal repeats no name of a person: it is looked up for
    /// readers who may know it (`$6`).
    PAGE = "
        SELECT a.id, a.at, a.actor_name, a.event, a.subject_kind, a.subject_id, a.details,
               CASE
                   WHEN a.subject_kind <> 'person' THEN a.subject_name
                   WHEN NOT $6 THEN 'имя видно куратору программы'
                   ELSE COALESCE(TRIM(p.surname || ' ' || p.given_name || ' ' || p.patronymic), 'карточка скрыта')
               END AS subject_name
        FROM audit_log a
        LEFT JOIN people p ON p.id = a.subject_id AND p.school_id = a.school_id
        WHERE a.school_id = $1 AND a.at >= $2 AND (a.at, a.id) < ($3, $7) AND a.event LIKE $4
          AND COALESCE(CAST(a.actor_id AS TEXT), 'system') LIKE $5
        ORDER BY a.at DESC, a.id DESC
        LIMIT $8 OFFSET $9";
    /// How many acts the journal has of a period, an event and an actor.
    COUNT = "
        SELECT COUNT(*)
        FROM audit_log
        WHERE school_id = $1 AND at >= $2 AND at < $3 AND event LIKE $4
          AND COALESCE(CAST(actor_id AS TEXT), 'system') LIKE $5";
    /// Who saw one person in a period, and who took out papers that name the person and lists in which the person may
    /// have stood.
    WHO_SAW = "
        SELECT actor_name, event, subject_id IS NOT NULL AND subject_kind = 'person' AS is_own, COUNT(*) AS times,
               MIN(at) AS first_at, MAX(at) AS last_at
        FROM audit_log
        WHERE school_id = $1 AND at >= $3 AND at < $4
          AND ((subject_kind = 'person' AND subject_id = $2)
               OR (subject_kind = 'paper' AND subject_id IN (SELECT paper_id
                                                             FROM paper_people
                                                             WHERE school_id = $1 AND person_id = $2))
               OR event IN ('people.exported', 'participation.register_exported', 'consents.exported',
                            'people.leftovers_taken', 'evidence.made'))
        GROUP BY actor_id, actor_name, event, subject_id IS NOT NULL AND subject_kind = 'person'
        ORDER BY last_at DESC, actor_name, event";
}

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[ALL, chains::ALL];

database::record! {
    /// That somebody saw a person in a period, or a list in which the person may have stood.
    #[derive(Debug, Clone)]
    pub struct Seeing {
        pub actor_name: String,
        pub event: Event,
        /// The card of the person and not a list.
        pub is_own: bool,
        pub times: i64,
        pub first_at: DateTime<Utc>,
        pub last_at: DateTime<Utc>,
    }
}

/// Records an act in the transaction of the act, as the next link of the school's chain.
pub async fn record(tx: &mut Tx, act: Act, now: DateTime<Utc>) -> Result<()> {
    let details = serde_json::to_value(&act.changes).unwrap_or_default();
    let previous = chains::take_head(tx, act.school).await?;
    let mut link = Link {
        place: previous.place + 1,
        id: EntryId::fresh(),
        at: chain::kept(now),
        actor_id: act.actor,
        actor_name: act.actor_name,
        event: act.event.word().to_owned(),
        subject_kind: act.subject.kind.word().to_owned(),
        subject_id: act.subject.id.map(Into::into),
        subject_name: act.subject.name,
        details: Json(details),
        hash: String::new(),
    };
    link.hash = chain::hash(act.school, &previous.hash, &link);
    let head = Head { place: link.place, hash: link.hash.clone() };
    let facts = args![
        link.id,
        act.school,
        link.at,
        link.actor_id,
        link.actor_name,
        link.event,
        link.subject_kind,
        link.subject_id,
        link.subject_name,
        link.details.0,
        link.place,
        link.hash,
    ];
    tx.run(INSERT, facts).await?;
    chains::move_head(tx, act.school, &head).await
}

/// Returns what was done to one thing, the newest first, at most `most` acts.
pub async fn history_of(tx: &mut Tx, school: SchoolId, kind: SubjectKind, id: Uuid, most: i64) -> Result<Vec<Entry>> {
    tx.all(HISTORY, args![school, kind, id, most]).await
}

/// Returns the readings of one thing (acts of `event`) and its other acts, the newest first, at most `most` of each.
pub async fn readings_and_changes(
    tx: &mut Tx,
    school: SchoolId,
    (kind, id): (SubjectKind, Uuid),
    event: Event,
    most: i64,
) -> Result<(Vec<Entry>, Vec<Entry>)> {
    let readings = tx.all(HISTORY_ONLY, args![school, kind, id, event, most]).await?;
    let changes = tx.all(HISTORY_WITHOUT, args![school, kind, id, event, most]).await?;
    Ok((readings, changes))
}

/// Records an act unless the same actor did the same to the same thing since a moment: a reading is noted once.
pub async fn record_once(tx: &mut Tx, act: Act, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let facts = args![act.school, act.subject.kind, act.subject.id, act.event, act.actor, since];
    if tx.one::<(bool,)>(WAS_DONE, facts).await?.0 { Ok(()) } else { record(tx, act, now).await }
}

/// Returns acts since a moment whose event begins with `prefix`, the newest first, at most `most`.
pub async fn since(
    tx: &mut Tx,
    school: SchoolId,
    moment: DateTime<Utc>,
    prefix: &str,
    most: i64,
) -> Result<Vec<Entry>> {
    tx.all(SINCE, args![school, moment, format!("{prefix}%"), most]).await
}

/// The actor of acts that nobody did.
pub const SYSTEM: &str = "system";

/// Which acts of the journal are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Slice<'a> {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Every event when absent.
    pub event: Option<Event>,
    /// The id of a user, [`SYSTEM`], or nothing for everybody.
    pub actor: Option<&'a str>,
    /// Whether the reader may know everybody by name.
    pub names_people: bool,
}

impl Slice<'_> {
    fn facts(&self, school: SchoolId) -> Vec<Value> {
        let event = self.event.map_or("%", Event::word);
        args![school, self.from, self.until, event, self.actor.unwrap_or("%")]
    }
}

/// Returns acts of the journal, the newest first.
pub async fn page_of(tx: &mut Tx, school: SchoolId, slice: &Slice<'_>, most: i64, skip: i64) -> Result<Vec<Entry>> {
    let mut facts = slice.facts(school);
    // No act has an id before this one: the period ends before its last moment.
    facts.extend(args![slice.names_people, Uuid::nil(), most, skip]);
    tx.all(PAGE, facts).await
}

/// Returns acts of the journal that stand before `last`, the newest first: the next of many, however many they are.
pub async fn before(tx: &mut Tx, school: SchoolId, slice: &Slice<'_>, last: &Entry, most: i64) -> Result<Vec<Entry>> {
    let mut facts = Slice { until: last.at, ..*slice }.facts(school);
    facts.extend(args![slice.names_people, last.id, most, 0_i64]);
    tx.all(PAGE, facts).await
}

/// Counts acts of the journal.
pub async fn count(tx: &mut Tx, school: SchoolId, slice: &Slice<'_>) -> Result<i64> {
    tx.one::<(i64,)>(COUNT, slice.facts(school)).await.map(|(count,)| count)
}

/// Returns who saw a person from one moment up to another, the latest first.
pub async fn who_saw(
    tx: &mut Tx,
    school: SchoolId,
    person: Uuid,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Seeing>> {
    tx.all(WHO_SAW, args![school, person, from, until]).await
}
