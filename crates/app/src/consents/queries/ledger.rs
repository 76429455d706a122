//! Consents, the people they are about, and who represents them.

use crate::{
    access::{SchoolId, UserId},
    consents::{
        model::{Consent, ConsentId, Purpose, Signers},
        signing::{Policy, Required, signers_of},
        wording::Wording,
    },
    numbering, participation,
    people::{ClassId, ClassName, FullName, Grounds, Kind, PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

/// The journal whose numbers consents have; they begin anew every school year.
pub const JOURNAL: &str = "consents";

database::queries! {
    /// People with their classes: one, or everybody who takes part in the year or has a consent.
    SUBJECTS = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on,
               COALESCE((SELECT STRING_AGG(k.kind, ',') FROM person_kinds k
                         WHERE k.school_id = p.school_id AND k.person_id = p.id), '') AS kind_words,
               c.id AS class_id, c.grade, c.letter,
               EXISTS (SELECT 1 FROM participations t
                       WHERE t.school_id = p.school_id AND t.person_id = p.id AND t.school_year = $3
                         AND t.left_on IS NULL AND COALESCE(t.decision, '') <> 'declined') AS takes_part
        FROM people p
        LEFT JOIN enrolments e ON e.school_id = p.school_id AND e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.school_id = p.school_id AND c.id = e.class_id
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (p.id = $4
               OR ($4 IS NULL
                   AND (EXISTS (SELECT 1 FROM consents n WHERE n.school_id = p.school_id AND n.person_id = p.id)
                        OR EXISTS (SELECT 1 FROM participations t
                                   WHERE t.school_id = p.school_id AND t.person_id = p.id AND t.school_year = $3
                                     AND t.left_on IS NULL AND COALESCE(t.decision, '') <> 'declined'))))
        ORDER BY p.name_key COLLATE russian, p.id";
    /// The consents of everybody, or of one person, the oldest first.
    CONSENTS = "
        SELECT n.id, n.number, n.person_id, n.purpose, n.signers, n.template, n.template_sha256, n.asked_on, n.printed_on,
               n.signed_on, n.signed_by, n.valid_until, n.file_id, n.withdrawn_on, n.withdrawn_by, n.withdrawal_note,
               n.version
        FROM consents n
        JOIN people p ON p.school_id = n.school_id AND p.id = n.person_id
        WHERE n.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (n.person_id = $3 OR $3 IS NULL)
        ORDER BY n.asked_on, n.created_at, n.id";
    /// One consent of somebody the visitor sees.
    CONSENT = "
        SELECT n.id, n.number, n.person_id, n.purpose, n.signers, n.template, n.template_sha256, n.asked_on, n.printed_on,
               n.signed_on, n.signed_by, n.valid_until, n.file_id, n.withdrawn_on, n.withdrawn_by, n.withdrawal_note,
               n.version
        FROM consents n
        JOIN people p ON p.school_id = n.school_id AND p.id = n.person_id
        WHERE n.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND n.id = $3";
    /// Who represents the minors a visitor sees, or one of them.
    GUARDIANS = "
        SELECT g.minor_id, g.guardian_id AS id, g.grounds, p.surname, p.given_name, p.patronymic
        FROM guardianships g
        JOIN people p ON p.school_id = g.school_id AND p.id = g.guardian_id
        WHERE g.school_id = $1
          AND (g.minor_id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (g.minor_id = $3 OR $3 IS NULL)
        ORDER BY p.name_key COLLATE russian, p.id";
    /// Asks for a consent; the same form sent twice asks once.
    INSERT = "
        INSERT INTO consents (id, school_id, person_id, school_year, purpose, signers, template, template_sha256,
                              asked_on, signed_by, recorded_by, withdrawn_by, withdrawal_note, created_at, number, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', $12, $13, 1)
        ON CONFLICT (id) DO NOTHING";
    /// Saves what happened to a consent, unless somebody saved it in the meantime.
    UPDATE = "
        UPDATE consents
        SET signers = $4, printed_on = $5, signed_on = $6, signed_by = $7, valid_until = $8, file_id = $9,
            recorded_by = $10, template = $11, template_sha256 = $12, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3 AND withdrawn_on IS NULL";
}

database::record! {
    /// Somebody a consent is about.
    #[derive(Debug, Clone)]
    pub struct Subject {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        /// Words of the kinds, separated by commas.
        pub kind_words: String,
        pub class_id: Option<ClassId>,
        pub grade: Option<i64>,
        pub letter: Option<String>,
        /// Whether the person takes part in the year or is a candidate.
        pub takes_part: bool,
    }

    /// Somebody who represents a minor.
    #[derive(Debug, Clone)]
    pub struct Guardian {
        pub minor_id: PersonId,
        pub id: PersonId,
        pub grounds: Grounds,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
    }
}

impl Subject {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }

    /// Returns what somebody is to the school.
    pub fn kinds(&self) -> Vec<Kind> {
        self.kind_words.split(',').filter_map(|word| word.parse().ok()).collect()
    }

    /// Returns the class of a pupil.
    pub fn class(&self) -> Option<ClassName> {
        let grade = u8::try_from(self.grade?).ok()?;
        Some(ClassName { grade, letter: self.letter.clone().unwrap_or_default() })
    }

    /// Returns «7Б», or nothing.
    pub fn class_text(&self) -> String {
        self.class().map(|class| class.to_string()).unwrap_or_default()
    }

    /// Tells who must sign for the person on a day.
    pub fn required(&self, day: NaiveDate, policy: Policy) -> Required {
        signers_of(&self.kinds(), self.born_on, day, policy)
    }
}

impl Guardian {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

/// Returns what the school has decided about a year, or the defaults.
pub async fn policy(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Policy> {
    let settings = participation::queries::settings(tx, school, year).await?;
    Ok(Policy {
        both_sign_from_14: settings.both_sign_from_14,
        clearance_blocks: settings.clearance_blocks,
        special_categories: settings.special_categories,
    })
}

/// Returns everybody who takes part in a year or has a consent, by name.
pub async fn subjects(tx: &mut Tx, sight: Sight, year: SchoolYear) -> Result<Vec<Subject>> {
    tx.all(SUBJECTS, args![sight.school(), sight.viewer(), year.start_year(), None::<PersonId>]).await
}

/// Returns one person.
pub async fn subject(tx: &mut Tx, sight: Sight, year: SchoolYear, person: PersonId) -> Result<Subject> {
    tx.one(SUBJECTS, args![sight.school(), sight.viewer(), year.start_year(), person]).await
}

/// Returns the consents of everybody, or of one person, the oldest first.
pub async fn consents(tx: &mut Tx, sight: Sight, person: Option<PersonId>) -> Result<Vec<Consent>> {
    tx.all(CONSENTS, args![sight.school(), sight.viewer(), person]).await
}

/// Returns one consent.
pub async fn consent(tx: &mut Tx, sight: Sight, id: ConsentId) -> Result<Consent> {
    tx.one(CONSENT, args![sight.school(), sight.viewer(), id]).await
}

/// Returns who represents everybody, or one person.
pub async fn guardians(tx: &mut Tx, sight: Sight, minor: Option<PersonId>) -> Result<Vec<Guardian>> {
    tx.all(GUARDIANS, args![sight.school(), sight.viewer(), minor]).await
}

/// A consent to be asked for.
#[derive(Debug, Clone, Copy)]
pub struct NewConsent {
    /// Follows from the form: the same form sent twice is one consent.
    pub id: ConsentId,
    pub person: PersonId,
    pub year: SchoolYear,
    pub purpose: Purpose,
    pub signers: Signers,
    pub wording: &'static Wording,
    pub asked_on: NaiveDate,
}

/// Asks for a consent, with the next number of the journal of consents; `false` when the same form asked before.
pub async fn insert(
    tx: &mut Tx,
    school: SchoolId,
    new: &NewConsent,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let journal = (JOURNAL, i64::from(new.year.start_year()));
    let last = numbering::hold_counter(tx, school, journal).await?;
    let facts = args![
        new.id,
        school,
        new.person,
        new.year.start_year(),
        new.purpose,
        new.signers,
        &new.wording.id,
        &new.wording.sha256,
        new.asked_on,
        serde_json::Value::Array(vec![]),
        by,
        now,
        last + 1,
    ];
    let is_new = tx.run(INSERT, facts).await? == 1;
    if is_new {
        numbering::set_counter(tx, school, journal, last + 1).await?;
    }
    Ok(is_new)
}

/// Saves what happened to a consent; `false` when somebody saved it, or withdrew it, in the meantime.
pub async fn update(tx: &mut Tx, school: SchoolId, consent: &Consent, by: Option<UserId>) -> Result<bool> {
    let signed_by = serde_json::to_value(&consent.signed_by.0).unwrap_or_default();
    let facts = args![
        consent.id,
        school,
        consent.version,
        consent.signers,
        consent.printed_on,
        consent.signed_on,
        signed_by,
        consent.valid_until,
        consent.file_id,
        by,
        &consent.template,
        &consent.template_sha256,
    ];
    Ok(tx.run(UPDATE, facts).await? == 1)
}
