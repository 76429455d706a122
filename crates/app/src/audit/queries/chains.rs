//! The chain of acts in the tables: its head, its links, and the acts of older versions that were not chained yet.

use crate::{
    access::SchoolId,
    audit::{
        chain::{Head, Link, beginning, hash},
        model::{Event, SubjectKind},
    },
};
use database::{Result, Tx, args};
use uuid::Uuid;

/// Links read at a time: a chain of years does not fit into memory.
const AT_A_TIME: i64 = 1_000;

database::queries! {
    /// Takes the last link for this transaction: PostgreSQL makes others wait for the row, SQLite has one writer.
    TAKE_HEAD = "
        UPDATE audit_heads
        SET place = place
        WHERE school_id = $1
        RETURNING place, hash";
    /// Begins the chain of a school.
    BEGIN = "
        INSERT INTO audit_heads (school_id, place, hash)
        VALUES ($1, $2, $3)
        ON CONFLICT (school_id) DO NOTHING";
    /// Moves the head to the next link.
    MOVE_HEAD = "
        UPDATE audit_heads
        SET place = $2, hash = $3
        WHERE school_id = $1";
    /// The last link of a school.
    HEAD = "
        SELECT place, hash
        FROM audit_heads
        WHERE school_id = $1";
    /// The last link of every school; said in every backup.
    HEADS = "
        SELECT school_id, place, hash
        FROM audit_heads
        ORDER BY school_id";
    /// The links after a place.
    LINKS = "
        SELECT place, id, at, actor_id, actor_name, event, subject_kind, subject_id, subject_name, details, hash
        FROM audit_log
        WHERE school_id = $1 AND place > $2
        ORDER BY place
        LIMIT $3";
    /// The links about one thing by one kind of act.
    LINKS_ABOUT = "
        SELECT place, id, at, actor_id, actor_name, event, subject_kind, subject_id, subject_name, details, hash
        FROM audit_log
        WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3 AND event = $4
        ORDER BY place";
    /// Acts outside of the chain, in the order they were done.
    UNCHAINED = "
        SELECT place, id, at, actor_id, actor_name, event, subject_kind, subject_id, subject_name, details, hash
        FROM audit_log
        WHERE school_id = $1 AND place = 0
        ORDER BY at, id
        LIMIT $2";
    /// How many acts stand outside of the chain.
    COUNT_UNCHAINED = "
        SELECT COUNT(*)
        FROM audit_log
        WHERE school_id = $1 AND place = 0";
    /// Puts an act of an older version into the chain.
    CHAIN = "
        UPDATE audit_log
        SET place = $3, hash = $4
        WHERE school_id = $1 AND id = $2 AND place = 0";
}

/// Takes the last link of a school for this transaction; begins the chain if there is none.
pub async fn take_head(tx: &mut Tx, school: SchoolId) -> Result<Head> {
    if let Some(head) = tx.maybe(TAKE_HEAD, args![school]).await? {
        return Ok(head);
    }
    let first = beginning(school);
    tx.run(BEGIN, args![school, first.place, first.hash]).await?;
    tx.one(TAKE_HEAD, args![school]).await
}

/// Moves the head of a school, which this transaction has taken.
pub async fn move_head(tx: &mut Tx, school: SchoolId, head: &Head) -> Result<()> {
    tx.run(MOVE_HEAD, args![school, head.place, &head.hash]).await.map(|_| ())
}

/// Returns the last link of a school: what a backup prints, and what the chain must run through ever after.
pub async fn head(tx: &mut Tx, school: SchoolId) -> Result<Head> {
    Ok(tx.maybe(HEAD, args![school]).await?.unwrap_or_else(|| beginning(school)))
}

/// Returns the links about one thing by one kind of act: an extract of the journal.
pub async fn links_about(
    tx: &mut Tx,
    school: SchoolId,
    (kind, id): (SubjectKind, Uuid),
    event: Event,
) -> Result<Vec<Link>> {
    tx.all(LINKS_ABOUT, args![school, kind, id, event]).await
}

/// Returns the last link of every school that has one.
pub async fn heads(tx: &mut Tx) -> Result<Vec<(SchoolId, Head)>> {
    let heads: Vec<(SchoolId, i64, String)> = tx.all(HEADS, args![]).await?;
    Ok(heads.into_iter().map(|(school, place, hash)| (school, Head { place, hash })).collect())
}

/// Returns the next links after a place; none at the end.
pub async fn links_after(tx: &mut Tx, school: SchoolId, place: i64) -> Result<Vec<Link>> {
    tx.all(LINKS, args![school, place, AT_A_TIME]).await
}

/// Counts the acts outside of the chain.
pub async fn count_unchained(tx: &mut Tx, school: SchoolId) -> Result<i64> {
    tx.one::<(i64,)>(COUNT_UNCHAINED, args![school]).await.map(|(count,)| count)
}

/// Chains the acts of older versions of a school and returns how many there were.
pub async fn chain_old(tx: &mut Tx, school: SchoolId) -> Result<i64> {
    let mut head = take_head(tx, school).await?;
    // A chain that has begun takes nothing in from beside it: that is what `verify` finds.
    if head.place > 0 {
        return Ok(0);
    }
    loop {
        let some: Vec<Link> = tx.all(UNCHAINED, args![school, AT_A_TIME]).await?;
        if some.is_empty() {
            move_head(tx, school, &head).await?;
            return Ok(head.place);
        }
        for mut link in some {
            link.place = head.place + 1;
            link.hash = hash(school, &head.hash, &link);
            tx.run(CHAIN, args![school, link.id, link.place, &link.hash]).await?;
            head = Head { place: link.place, hash: link.hash };
        }
    }
}
