//! Withdrawals: what becomes of consents, participations and people in one transaction, and the card that undoes it.
//!
//! The only statements of the slice that reach past the view `people`: they are about those it hides.

use super::ledger::{Guardian, Subject};
use crate::{
    access::SchoolId,
    consents::model::{Channel, Consent, ConsentId, Purpose},
    people::{FullName, PersonId},
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// Withdraws every document of a purpose, those that wait for signatures too.
    WITHDRAW = "
        UPDATE consents
        SET withdrawn_on = $4, withdrawn_by = $5, withdrawal_note = $6, version = version + 1
        WHERE school_id = $1 AND person_id = $2 AND purpose = $3 AND withdrawn_on IS NULL";
    /// Suspends every participation of a person.
    SUSPEND = "
        UPDATE participations
        SET suspended_on = $3, version = version + 1
        WHERE school_id = $1 AND person_id = $2 AND left_on IS NULL AND suspended_on IS NULL";
    /// Resumes what was suspended.
    RESUME = "
        UPDATE participations
        SET suspended_on = NULL, version = version + 1
        WHERE school_id = $1 AND person_id = $2 AND left_on IS NULL AND suspended_on IS NOT NULL";
    /// Hides a person everywhere.
    HIDE = "
        UPDATE persons
        SET hidden_on = $3, version = version + 1
        WHERE school_id = $1 AND id = $2 AND hidden_on IS NULL";
    /// Hides the representatives of a hidden minor of whom the school knows nothing else: their data were kept for the
    /// minor alone, and a card that names them would name the minor.
    HIDE_GUARDIANS = "
        UPDATE persons
        SET hidden_on = $3, version = version + 1
        WHERE school_id = $1 AND hidden_on IS NULL
          AND id IN (SELECT g.guardian_id FROM guardianships g WHERE g.school_id = $1 AND g.minor_id = $2)
          AND NOT EXISTS (SELECT 1 FROM guardianships o
                          WHERE o.school_id = $1 AND o.guardian_id = persons.id
                            AND o.minor_id IN (SELECT m.id FROM people m WHERE m.school_id = $1))
          AND NOT EXISTS (SELECT 1 FROM person_kinds k
                          WHERE k.school_id = $1 AND k.person_id = persons.id AND k.kind <> 'parent')
          AND NOT EXISTS (SELECT 1 FROM participations t WHERE t.school_id = $1 AND t.person_id = persons.id)";
    /// Shows a person again.
    SHOW = "
        UPDATE persons
        SET hidden_on = NULL, version = version + 1
        WHERE school_id = $1 AND id = $2 AND hidden_on IS NOT NULL";
    /// Shows the representatives of a person again who have withdrawn nothing themselves.
    SHOW_GUARDIANS = "
        UPDATE persons
        SET hidden_on = NULL, version = version + 1
        WHERE school_id = $1 AND hidden_on IS NOT NULL
          AND id IN (SELECT g.guardian_id FROM guardianships g WHERE g.school_id = $1 AND g.minor_id = $2)
          AND NOT EXISTS (SELECT 1 FROM consents n
                          WHERE n.school_id = $1 AND n.person_id = persons.id AND n.purpose = 'participation'
                            AND n.withdrawn_on IS NOT NULL)";
    /// Who has withdrawn the consent to take part: everybody, or one person.
    WITHDRAWN = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on,
               COALESCE((SELECT STRING_AGG(k.kind, ',') FROM person_kinds k
                         WHERE k.school_id = p.school_id AND k.person_id = p.id), '') AS kind_words,
               c.grade, c.letter, p.hidden_on
        FROM persons p
        LEFT JOIN enrolments e ON e.school_id = p.school_id AND e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.school_id = p.school_id AND c.id = e.class_id
        WHERE p.school_id = $1 AND p.hidden_on IS NOT NULL AND p.merged_into IS NULL
          AND EXISTS (SELECT 1 FROM consents n
                      WHERE n.school_id = p.school_id AND n.person_id = p.id AND n.purpose = 'participation'
                        AND n.withdrawn_on IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM erasures r WHERE r.school_id = p.school_id AND r.person_id = p.id)
          AND (p.id = $2 OR $2 IS NULL)
        ORDER BY p.hidden_on DESC, p.name_key COLLATE russian";
    /// Who may sign a new consent for somebody who has withdrawn.
    GUARDIANS_OF_WITHDRAWN = "
        SELECT g.minor_id, g.guardian_id AS id, g.grounds, p.surname, p.given_name, p.patronymic
        FROM guardianships g
        JOIN persons p ON p.school_id = g.school_id AND p.id = g.guardian_id AND p.merged_into IS NULL
        WHERE g.school_id = $1 AND g.minor_id = $2
        ORDER BY p.name_key COLLATE russian";
    /// The documents of somebody who has withdrawn, the newest first.
    CONSENTS_OF_WITHDRAWN = "
        SELECT id, number, person_id, purpose, signers, template, template_sha256, asked_on, printed_on, signed_on, signed_by,
               valid_until, file_id, withdrawn_on, withdrawn_by, withdrawal_note, version
        FROM consents
        WHERE school_id = $1 AND person_id = $2
        ORDER BY asked_on DESC, created_at DESC, id DESC";
    /// Whose document was withdrawn.
    PERSON_OF_WITHDRAWN = "
        SELECT person_id
        FROM consents
        WHERE school_id = $1 AND id = $2 AND withdrawn_on IS NOT NULL";
}

database::record! {
    /// Somebody who has withdrawn the consent to take part.
    #[derive(Debug, Clone)]
    pub struct Withdrawn {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub kind_words: String,
        pub grade: Option<i64>,
        pub letter: Option<String>,
        pub hidden_on: NaiveDate,
    }
}

impl Withdrawn {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }

    /// Returns the person as others of the ledger are.
    pub fn subject(&self) -> Subject {
        Subject {
            id: self.id,
            surname: self.surname.clone(),
            given_name: self.given_name.clone(),
            patronymic: self.patronymic.clone(),
            born_on: self.born_on,
            kind_words: self.kind_words.clone(),
            class_id: None,
            grade: self.grade,
            letter: self.letter.clone(),
            takes_part: false,
        }
    }
}

/// Withdraws every document of a purpose and returns how many there were.
pub async fn withdraw(
    tx: &mut Tx,
    school: SchoolId,
    (person, purpose): (PersonId, Purpose),
    (on, by, note): (NaiveDate, Channel, &str),
) -> Result<u64> {
    tx.run(WITHDRAW, args![school, person, purpose, on, by, note]).await
}

/// Suspends the participations of a person, hides the person and who was known for the person's sake only.
pub async fn hide(tx: &mut Tx, school: SchoolId, person: PersonId, on: NaiveDate) -> Result<u64> {
    let suspended = tx.run(SUSPEND, args![school, person, on]).await?;
    tx.run(HIDE, args![school, person, on]).await?;
    tx.run(HIDE_GUARDIANS, args![school, person, on]).await?;
    Ok(suspended)
}

/// Shows a person and the representatives again and resumes the participations; returns how many.
pub async fn unhide(tx: &mut Tx, school: SchoolId, person: PersonId) -> Result<u64> {
    tx.run(SHOW, args![school, person]).await?;
    tx.run(SHOW_GUARDIANS, args![school, person]).await?;
    tx.run(RESUME, args![school, person]).await
}

/// Returns everybody who has withdrawn, the newest withdrawal first.
pub async fn all_withdrawn(tx: &mut Tx, school: SchoolId) -> Result<Vec<Withdrawn>> {
    tx.all(WITHDRAWN, args![school, None::<PersonId>]).await
}

/// Returns one person who has withdrawn.
pub async fn withdrawn(tx: &mut Tx, school: SchoolId, person: PersonId) -> Result<Withdrawn> {
    tx.one(WITHDRAWN, args![school, person]).await
}

/// Returns who may sign a new consent for somebody who has withdrawn.
pub async fn guardians_of_withdrawn(tx: &mut Tx, school: SchoolId, person: PersonId) -> Result<Vec<Guardian>> {
    tx.all(GUARDIANS_OF_WITHDRAWN, args![school, person]).await
}

/// Returns the documents of somebody who has withdrawn, the newest first.
pub async fn consents_of_withdrawn(tx: &mut Tx, school: SchoolId, person: PersonId) -> Result<Vec<Consent>> {
    tx.all(CONSENTS_OF_WITHDRAWN, args![school, person]).await
}

/// Returns whose document it is if it was withdrawn.
pub async fn person_of_withdrawn(tx: &mut Tx, school: SchoolId, id: ConsentId) -> Result<Option<PersonId>> {
    Ok(tx.maybe::<(PersonId,)>(PERSON_OF_WITHDRAWN, args![school, id]).await?.map(|(person,)| person))
}
