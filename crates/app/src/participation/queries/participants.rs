//! Participations with their people, restricted to whom the visitor may see.

use crate::{
    access::{SchoolId, UserId},
    participation::{
        model::{Answers, Decision, LeaveReason, Participant, ParticipationId, Side, Source, Topic, TopicKind},
        slots::Slot,
    },
    people::{ClassId, Kind, PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// Participations of a year, of one person or one alone, with what is known about the person.
    PARTICIPANTS = "
        SELECT n.id, n.version, n.side, n.source, n.source_note, n.offered_on, n.applied_on, n.interviewed_on,
               (SELECT u.full_name FROM users u WHERE u.id = n.interviewed_by) AS interviewer,
               n.interview_result, n.decided_on, n.decision, n.decision_reason, n.trained_on, n.entered_on, n.left_on,
               n.leave_reason, n.leave_note, n.form, n.role_model, n.request_text, n.desired_partner, n.achievements,
               n.age_from, n.age_to, n.capacity, n.hours_per_week, n.slots, n.time_note, n.group_curator_id,
               (SELECT u.full_name FROM users u WHERE u.id = n.group_curator_id) AS group_curator,
               p.id AS person_id, p.surname, p.given_name, p.patronymic, p.born_on, p.phone, p.email, p.workplace,
               (SELECT CAST(c.grade AS TEXT) || c.letter
                FROM enrolments e
                JOIN classes c ON c.id = e.class_id
                WHERE e.person_id = p.id AND c.school_year = n.school_year
                ORDER BY e.entered_on DESC, e.id DESC
                LIMIT 1) AS class_name,
               (SELECT s.post FROM staff s WHERE s.person_id = p.id) AS post,
               (SELECT s.teaches_since FROM staff s WHERE s.person_id = p.id) AS teaches_since,
               (SELECT MAX(a.signed_on)
                FROM consents a
                WHERE a.person_id = p.id AND a.school_id = n.school_id AND a.purpose = 'participation'
                  AND a.withdrawn_on IS NULL) AS consented_on,
               (SELECT a.number
                FROM consents a
                WHERE a.person_id = p.id AND a.school_id = n.school_id AND a.purpose = 'participation'
                  AND a.withdrawn_on IS NULL AND a.signed_on IS NOT NULL
                ORDER BY a.signed_on DESC, a.id DESC
                LIMIT 1) AS consent_number,
               COALESCE((SELECT STRING_AGG(k.kind, ',' ORDER BY k.kind) FROM person_kinds k WHERE k.person_id = p.id), '')
                   AS kinds,
               (SELECT STRING_AGG(g.surname || ' ' || g.given_name || ' ' || g.patronymic || ', ' || g.phone, '; '
                                  ORDER BY g.name_key)
                FROM guardianships r
                JOIN people g ON g.id = r.guardian_id
                WHERE r.minor_id = p.id) AS guardians
        FROM participations n
        JOIN people p ON p.school_id = n.school_id AND p.id = n.person_id
        WHERE n.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (n.school_year = $3 OR $3 IS NULL) AND (n.id = $4 OR $4 IS NULL)
        ORDER BY p.surname COLLATE russian, p.given_name COLLATE russian, p.patronymic COLLATE russian, n.side, n.id";
    /// What the people of a year ask for, can do and like; of one participation alone when named.
    TOPICS = "
        SELECT t.participation_id, t.kind, t.topic
        FROM participation_topics t
        JOIN participations n ON n.id = t.participation_id
        WHERE t.school_id = $1 AND (n.school_year = $2 OR $2 IS NULL) AND (n.id = $3 OR $3 IS NULL)
        ORDER BY t.participation_id, t.kind, t.topic COLLATE russian";
    /// People who could be asked: of a class, of a kind, by name; with the sides they take part on already and with how
    /// many were found in all.
    OUTSIDERS = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on,
               (SELECT CAST(c.grade AS TEXT) || c.letter
                FROM enrolments e
                JOIN classes c ON c.id = e.class_id
                WHERE e.person_id = p.id AND c.school_year = $3 AND e.left_on IS NULL
                ORDER BY e.entered_on DESC, e.id DESC
                LIMIT 1) AS class_name,
               (SELECT s.post FROM staff s WHERE s.person_id = p.id) AS post,
               p.workplace,
               COALESCE((SELECT STRING_AGG(n.side, ',' ORDER BY n.side)
                         FROM participations n
                         WHERE n.school_id = $1 AND n.person_id = p.id AND n.school_year = $3), '') AS sides,
               COUNT(*) OVER () AS found
        FROM people p
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND p.left_on IS NULL
          AND (EXISTS (SELECT 1 FROM enrolments e WHERE e.person_id = p.id AND e.class_id = $4 AND e.left_on IS NULL)
               OR $4 IS NULL)
          AND (EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = $5) OR $5 = '')
          AND p.name_key LIKE $6
          AND NOT EXISTS (SELECT 1 FROM participations n
                          WHERE n.school_id = $1 AND n.person_id = p.id AND n.school_year = $3
                            AND (n.side = $7 OR $7 = 'any'))
          AND (p.born_on >= $8 OR $8 IS NULL) AND (p.born_on <= $9 OR $9 IS NULL)
        ORDER BY p.surname COLLATE russian, p.given_name COLLATE russian, p.patronymic COLLATE russian, p.id
        LIMIT $10";
    /// Adds somebody visible as a candidate, unless the person takes part on this side of the year already.
    INSERT = "
        INSERT INTO participations (id, school_id, school_year, person_id, side, source, source_note, offered_on, applied_on,
                                    interview_result, decision_reason, leave_note, form, role_model, request_text,
                                    desired_partner, achievements, capacity, slots, time_note, created_at, version)
        SELECT $2, $1, $3, p.id, $5, $6, $7, $8, $9, '', '', '', '', '', '', '', '', 1, $10, '', $11, 1
        FROM people p
        WHERE p.school_id = $1 AND p.id = $4
          AND NOT EXISTS (SELECT 1 FROM participations n
                          WHERE n.school_id = $1 AND n.person_id = $4 AND n.school_year = $3 AND n.side = $5)";
    /// Records an interview.
    SET_INTERVIEW = "
        UPDATE participations
        SET interviewed_on = $4, interviewed_by = $5, interview_result = $6, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Records a decision; a favourable one opens the base.
    SET_DECISION = "
        UPDATE participations
        SET decided_on = $4, decision = $5, decision_reason = $6, entered_on = $7, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Records that somebody left, or came back.
    SET_DEPARTURE = "
        UPDATE participations
        SET left_on = $4, leave_reason = $5, leave_note = $6, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Saves what somebody said about the participation.
    SET_ANSWERS = "
        UPDATE participations
        SET form = $4, role_model = $5, request_text = $6, desired_partner = $7, achievements = $8, age_from = $9,
            age_to = $10, capacity = $11, hours_per_week = $12, slots = $13, time_note = $14, applied_on = $15,
            trained_on = $16, group_curator_id = $17, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Takes all topics away, before the new ones are given.
    CLEAR_TOPICS = "DELETE FROM participation_topics WHERE participation_id = $1 AND school_id = $2";
    /// Gives a topic.
    GIVE_TOPIC = "
        INSERT INTO participation_topics (school_id, participation_id, kind, topic)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
}

database::record! {
    /// Somebody who could be asked to take part.
    #[derive(Debug, Clone)]
    pub struct Outsider {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub class_name: Option<String>,
        pub post: Option<String>,
        pub workplace: String,
        /// Words of the sides the person takes part on this year, with commas between them.
        pub sides: String,
        /// How many the questions found, however few are asked for.
        pub found: i64,
    }
}

/// Who is asked for among those who could take part.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub class: Option<ClassId>,
    pub kind: Option<Kind>,
    /// Folded, as names are compared.
    pub name: String,
    /// Leaves out who takes part on this side already, «any» for either.
    pub without: &'static str,
    pub born: Option<(NaiveDate, NaiveDate)>,
}

/// How somebody became a candidate.
#[derive(Debug, Clone)]
pub struct Asked {
    pub side: Side,
    pub source: Source,
    pub source_note: String,
    pub offered_on: NaiveDate,
    /// The day of an application of the person's own.
    pub applied_on: Option<NaiveDate>,
}

/// Returns the participations of a year whose people may be seen, by name.
pub async fn participants(tx: &mut Tx, sight: Sight, year: SchoolYear) -> Result<Vec<Participant>> {
    let facts = args![sight.school(), sight.viewer(), year.start_year(), None::<ParticipationId>];
    tx.all(PARTICIPANTS, facts).await
}

/// Returns a participation whose person may be seen.
pub async fn participant(tx: &mut Tx, sight: Sight, id: ParticipationId) -> Result<Participant> {
    tx.one(PARTICIPANTS, args![sight.school(), sight.viewer(), None::<i64>, id]).await
}

/// Returns the topics of a year's participations, or of one.
pub async fn topics(
    tx: &mut Tx,
    school: SchoolId,
    year: Option<SchoolYear>,
    id: Option<ParticipationId>,
) -> Result<Vec<Topic>> {
    tx.all(TOPICS, args![school, year.map(SchoolYear::start_year), id]).await
}

/// Returns people who could be asked, so many at most.
pub async fn outsiders(
    tx: &mut Tx,
    (sight, year): (Sight, SchoolYear),
    choice: &Choice,
    most: i64,
) -> Result<Vec<Outsider>> {
    let facts = args![
        sight.school(),
        sight.viewer(),
        year.start_year(),
        choice.class,
        choice.kind.map_or("", Kind::word),
        format!("%{}%", choice.name.replace(['%', '_'], "")),
        choice.without,
        choice.born.map(|(first, _)| first),
        choice.born.map(|(_, last)| last),
        most,
    ];
    tx.all(OUTSIDERS, facts).await
}

/// Adds a candidate; `false` when the person is not there or takes part on this side already.
pub async fn insert(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    (id, person): (ParticipationId, PersonId),
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![
        school,
        id,
        year.start_year(),
        person,
        asked.side,
        asked.source,
        &asked.source_note,
        asked.offered_on,
        asked.applied_on,
        super::json::<[Slot]>(&[]),
        now,
    ];
    Ok(tx.run(INSERT, facts).await? == 1)
}

/// Records an interview; `false` when the participation changed in the meantime.
pub async fn set_interview(
    tx: &mut Tx,
    school: SchoolId,
    (id, version): (ParticipationId, i64),
    (on, by, result): (NaiveDate, Option<UserId>, &str),
) -> Result<bool> {
    Ok(tx.run(SET_INTERVIEW, args![id, school, version, on, by, result]).await? == 1)
}

/// Records a decision; `false` when the participation changed in the meantime.
pub async fn set_decision(
    tx: &mut Tx,
    school: SchoolId,
    (id, version): (ParticipationId, i64),
    (on, decision, reason): (NaiveDate, Decision, &str),
    entered_on: Option<NaiveDate>,
) -> Result<bool> {
    Ok(tx.run(SET_DECISION, args![id, school, version, on, decision, reason, entered_on]).await? == 1)
}

/// Records that somebody left, or came back; `false` when the participation changed in the meantime.
pub async fn set_departure(
    tx: &mut Tx,
    school: SchoolId,
    (id, version): (ParticipationId, i64),
    left: Option<(NaiveDate, LeaveReason)>,
    note: &str,
) -> Result<bool> {
    let (on, reason) = left.unzip();
    Ok(tx.run(SET_DEPARTURE, args![id, school, version, on, reason, note]).await? == 1)
}

/// Saves what somebody said; `false` when the participation changed in the meantime.
pub async fn set_answers(
    tx: &mut Tx,
    school: SchoolId,
    (id, version): (ParticipationId, i64),
    answers: &Answers,
) -> Result<bool> {
    let a = answers;
    let facts = args![
        id,
        school,
        version,
        &a.form,
        &a.role_model,
        &a.request_text,
        &a.desired_partner,
        &a.achievements,
        a.age_from,
        a.age_to,
        a.capacity,
        a.hours_per_week,
        super::json(&a.slots),
        &a.time_note,
        a.applied_on,
        a.trained_on,
        a.group_curator,
    ];
    if tx.run(SET_ANSWERS, facts).await? != 1 {
        return Ok(false);
    }
    set_topics(tx, school, id, &a.topics).await?;
    Ok(true)
}

/// Replaces the topics of a participation.
pub async fn set_topics(
    tx: &mut Tx,
    school: SchoolId,
    id: ParticipationId,
    topics: &[(TopicKind, String)],
) -> Result<()> {
    tx.run(CLEAR_TOPICS, args![id, school]).await?;
    for (kind, topic) in topics {
        tx.run(GIVE_TOPIC, args![school, id, *kind, topic]).await?;
    }
    Ok(())
}
