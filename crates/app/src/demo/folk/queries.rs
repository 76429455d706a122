//! What the invented school writes at once and the pages write step by step: a participation with its whole past.

use crate::{
    access::{SchoolId, UserId},
    consents::{
        self, ConsentId, Purpose,
        model::{ClearanceId, ClearanceKind, Signature, Signers},
    },
    numbering,
    participation::{
        Decision, LeaveReason, ParticipationId, Side, Source,
        model::{ApplicationId, LinkId, TopicKind},
    },
    people::PersonId,
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// Adds a participation with everything that has happened to it.
    INSERT_PARTICIPATION = "
        INSERT INTO participations (id, school_id, school_year, person_id, side, source, source_note, offered_on,
                                    applied_on, interviewed_on, interviewed_by, interview_result, decided_on, decision,
                                    decision_reason, trained_on, entered_on, left_on, leave_reason, leave_note,
                                    suspended_on, form, role_model, request_text, desired_partner, achievements,
                                    age_from, age_to, capacity, hours_per_week, slots, time_note, group_curator_id,
                                    created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', $20, $21, '', $22,
                '', $23, $24, $25, $26, $27, $28, '', $29, $30, 1)";
    /// Adds what somebody asks for, can do or likes.
    INSERT_TOPIC = "
        INSERT INTO participation_topics (school_id, participation_id, kind, topic)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    /// Adds a consent with everything that has happened to it.
    INSERT_CONSENT = "
        INSERT INTO consents (id, school_id, person_id, school_year, purpose, signers, template, template_sha256, asked_on,
                              printed_on, signed_on, signed_by, valid_until, recorded_by, withdrawn_on, withdrawn_by,
                              withdrawal_note, created_at, number, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)";
    /// Adds a clearance.
    INSERT_CLEARANCE = "
        INSERT INTO clearances (id, school_id, person_id, kind, issued_on, valid_until, seen_on, seen_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Hides somebody whose consent was withdrawn.
    HIDE = "UPDATE persons SET hidden_on = $3 WHERE id = $1 AND school_id = $2";
    /// Opens a link under which people apply without an account.
    INSERT_LINK = "
        INSERT INTO application_links (id, school_id, school_year, side, source, token_hash, opened_at, opened_by, closes_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Adds what somebody sent under a link.
    INSERT_APPLICATION = "
        INSERT INTO applications (id, school_id, school_year, link_id, side, answers, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// A participation with its past.
#[derive(Debug, Clone)]
pub struct NewParticipation {
    pub person: PersonId,
    pub side: Side,
    pub source: Source,
    pub source_note: &'static str,
    pub offered_on: NaiveDate,
    pub applied_on: Option<NaiveDate>,
    pub interview: Option<(NaiveDate, UserId, &'static str)>,
    pub decision: Option<(NaiveDate, Decision, &'static str)>,
    pub trained_on: Option<NaiveDate>,
    pub entered_on: Option<NaiveDate>,
    pub left: Option<(NaiveDate, LeaveReason)>,
    pub suspended_on: Option<NaiveDate>,
    pub form: &'static str,
    pub request_text: &'static str,
    pub achievements: &'static str,
    pub ages: Option<(i64, i64)>,
    pub capacity: i64,
    pub hours_per_week: Option<i64>,
    pub slots: Vec<&'static str>,
    pub group_curator: Option<UserId>,
    pub topics: Vec<(TopicKind, &'static str)>,
}

/// Adds a participation with its topics.
pub async fn insert_participation(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    new: &NewParticipation,
    now: DateTime<Utc>,
) -> Result<()> {
    let id = ParticipationId::fresh();
    let facts = args![
        id,
        school,
        year.start_year(),
        new.person,
        new.side,
        new.source,
        new.source_note,
        new.offered_on,
        new.applied_on,
        new.interview.map(|(on, ..)| on),
        new.interview.map(|(_, by, _)| by),
        new.interview.map_or("", |(.., result)| result),
        new.decision.map(|(on, ..)| on),
        new.decision.map(|(_, decision, _)| decision),
        new.decision.map_or("", |(.., reason)| reason),
        new.trained_on,
        new.entered_on,
        new.left.map(|(on, _)| on),
        new.left.map(|(_, reason)| reason),
        new.suspended_on,
        new.form,
        new.request_text,
        new.achievements,
        new.ages.map(|(from, _)| from),
        new.ages.map(|(_, to)| to),
        new.capacity,
        new.hours_per_week,
        serde_json::json!(new.slots),
        new.group_curator,
        now,
    ];
    tx.run(INSERT_PARTICIPATION, facts).await?;
    for (kind, topic) in &new.topics {
        tx.run(INSERT_TOPIC, args![school, id, *kind, *topic]).await?;
    }
    Ok(())
}

/// A consent with its past.
#[derive(Debug, Clone)]
pub struct NewConsent {
    pub person: PersonId,
    pub purpose: Purpose,
    pub signers: Signers,
    pub template: &'static str,
    pub template_sha256: &'static str,
    pub asked_on: NaiveDate,
    pub printed_on: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    pub signed_by: Vec<Signature>,
    pub valid_until: Option<NaiveDate>,
    pub recorded_by: UserId,
    pub withdrawn: Option<(NaiveDate, &'static str, &'static str)>,
}

/// Adds a consent with the next number.
pub async fn insert_consent(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    new: &NewConsent,
    now: DateTime<Utc>,
) -> Result<()> {
    let journal = (consents::queries::JOURNAL, i64::from(year.start_year()));
    let number = numbering::hold_counter(tx, school, journal).await? + 1;
    let facts = args![
        ConsentId::fresh(),
        school,
        new.person,
        year.start_year(),
        new.purpose,
        new.signers,
        new.template,
        new.template_sha256,
        new.asked_on,
        new.printed_on,
        new.signed_on,
        serde_json::to_value(&new.signed_by).unwrap_or_default(),
        new.valid_until,
        new.recorded_by,
        new.withdrawn.map(|(on, ..)| on),
        new.withdrawn.map_or("", |(_, by, _)| by),
        new.withdrawn.map_or("", |(.., note)| note),
        now,
        number,
    ];
    tx.run(INSERT_CONSENT, facts).await?;
    numbering::set_counter(tx, school, journal, number).await
}

/// Hides somebody from a day on.
pub async fn hide(tx: &mut Tx, (school, person): (SchoolId, PersonId), on: NaiveDate) -> Result<()> {
    tx.run(HIDE, args![person, school, on]).await.map(|_| ())
}

/// Notes that somebody showed a certificate, with its days.
pub async fn insert_clearance(
    tx: &mut Tx,
    (school, person): (SchoolId, PersonId),
    (issued_on, valid_until): (NaiveDate, NaiveDate),
    by: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    let (id, kind) = (ClearanceId::fresh(), ClearanceKind::NoCriminalRecord);
    let facts = args![id, school, person, kind, issued_on, valid_until, issued_on, by, now];
    tx.run(INSERT_CLEARANCE, facts).await.map(|_| ())
}

/// A link under which people apply.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub id: LinkId,
    pub side: Side,
    pub token_hash: String,
    pub opened_at: DateTime<Utc>,
    pub opened_by: UserId,
    pub closes_on: NaiveDate,
}

/// Opens a link.
pub async fn insert_link(tx: &mut Tx, (school, year): (SchoolId, SchoolYear), new: &NewLink) -> Result<()> {
    let facts = args![
        new.id,
        school,
        year.start_year(),
        new.side,
        Source::Own,
        &new.token_hash,
        new.opened_at,
        new.opened_by,
        new.closes_on,
    ];
    tx.run(INSERT_LINK, facts).await.map(|_| ())
}

/// Adds what somebody sent under a link.
pub async fn insert_application(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    link: &NewLink,
    answers: serde_json::Value,
    received_at: DateTime<Utc>,
) -> Result<()> {
    let id = ApplicationId::fresh();
    let facts = args![id, school, year.start_year(), link.id, link.side, answers, received_at];
    tx.run(INSERT_APPLICATION, facts).await.map(|_| ())
}
