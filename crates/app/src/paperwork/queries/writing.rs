//! Papers, written: each change holds only for the version that was seen.

use crate::{
    access::{SchoolId, UserId},
    consents::ConsentId,
    files::FileId,
    paperwork::model::{Paper, PaperId},
    partners::{AgreementId, PartnerId},
    people::PersonId,
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, Value, args, fold};
use documents::kinds::NameForms;

database::queries! {
    /// Adds a paper; the same form sent twice adds it once.
    INSERT = "
        INSERT INTO papers (id, school_id, school_year, kind, title, search_text, code, input, name_forms,
                            wording_version, wording_sha256, wording_file_id, person_id, consent_id, partner_id,
                            agreement_id, amends_id, number_text, cancel_reason, created_at, created_by, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', '', $18, $19, 1)
        ON CONFLICT (id) DO NOTHING";
    /// Fills an open paper anew.
    REFILL = "
        UPDATE papers
        SET input = $4, name_forms = $5, wording_version = $6, wording_sha256 = $7, wording_file_id = $8,
            version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3
          AND signed_on IS NULL AND registered_on IS NULL AND cancelled_on IS NULL";
    /// Notes that a paper was printed; the first day stays.
    MARK_PRINTED = "
        UPDATE papers
        SET printed_on = $3, version = version + 1
        WHERE id = $1 AND school_id = $2 AND printed_on IS NULL AND cancelled_on IS NULL";
    /// Notes the signed copy.
    MARK_SIGNED = "
        UPDATE papers
        SET signed_on = $4, scan_id = $5, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3 AND cancelled_on IS NULL";
    /// Gives a paper its number, its day and its final bytes.
    REGISTER = "
        UPDATE papers
        SET input = $4, registered_on = $5, journal = $6, journal_year = $7, number = $8, number_text = $9, docx_id = $10,
            final_id = $11, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3 AND registered_on IS NULL AND cancelled_on IS NULL";
    /// Cancels a paper.
    CANCEL = "
        UPDATE papers
        SET cancelled_on = $4, cancel_reason = $5, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3 AND cancelled_on IS NULL";
}

/// A paper to be added.
#[derive(Debug, Clone)]
pub struct NewPaper<'a> {
    pub id: PaperId,
    pub year: SchoolYear,
    pub kind: &'static str,
    pub title: &'a str,
    pub code: &'a str,
    pub content: Content<'a>,
    pub person: Option<PersonId>,
    pub consent: Option<ConsentId>,
    pub partner: Option<PartnerId>,
    pub agreement: Option<AgreementId>,
    pub amends: Option<PaperId>,
}

/// What a paper is filled with, and in which wording.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    pub input: &'a serde_json::Value,
    pub name_forms: &'a NameForms,
    pub wording_version: i64,
    pub wording_sha256: &'a str,
    pub wording_file: Option<FileId>,
}

impl Content<'_> {
    fn facts(&self) -> Vec<Value> {
        args![
            self.input.clone(),
            serde_json::to_value(self.name_forms).unwrap_or_default(),
            self.wording_version,
            self.wording_sha256,
            self.wording_file,
        ]
    }
}

/// Adds a paper; `false` when the same form has added it before.
pub async fn insert(
    tx: &mut Tx,
    school: SchoolId,
    new: &NewPaper<'_>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut facts = args![new.id, school, new.year.start_year(), new.kind, new.title, fold(new.title), new.code];
    facts.extend(new.content.facts());
    facts.extend(args![new.person, new.consent, new.partner, new.agreement, new.amends, now, by]);
    Ok(tx.run(INSERT, facts).await? == 1)
}

/// Fills an open paper anew; `false` when somebody changed it in the meantime.
pub async fn refill(
    tx: &mut Tx,
    school: SchoolId,
    (paper, version): (PaperId, i64),
    content: Content<'_>,
) -> Result<bool> {
    let mut facts = args![paper, school, version];
    facts.extend(content.facts());
    Ok(tx.run(REFILL, facts).await? == 1)
}

/// Notes that a paper was printed; `false` when it was printed before.
pub async fn mark_printed(tx: &mut Tx, school: SchoolId, paper: PaperId, on: NaiveDate) -> Result<bool> {
    Ok(tx.run(MARK_PRINTED, args![paper, school, on]).await? == 1)
}

/// Notes the signed copy; `false` when somebody changed the paper in the meantime.
pub async fn mark_signed(
    tx: &mut Tx,
    school: SchoolId,
    paper: &Paper,
    (on, scan): (NaiveDate, Option<FileId>),
) -> Result<bool> {
    Ok(tx.run(MARK_SIGNED, args![paper.id, school, paper.version, on, scan]).await? == 1)
}

/// Number, day and final bytes of a paper.
#[derive(Debug, Clone)]
pub struct Registration<'a> {
    pub input: serde_json::Value,
    pub on: NaiveDate,
    pub journal: &'a str,
    pub journal_year: i64,
    pub number: i64,
    pub number_text: &'a str,
    pub docx: FileId,
    /// What the paper is from now on.
    pub bytes: FileId,
}

/// Registers a paper; `false` when somebody changed it, [`database::Error::Taken`] when the number is given.
pub async fn register(tx: &mut Tx, school: SchoolId, paper: &Paper, given: Registration<'_>) -> Result<bool> {
    let facts = args![
        paper.id,
        school,
        paper.version,
        given.input,
        given.on,
        given.journal,
        given.journal_year,
        given.number,
        given.number_text,
        given.docx,
        given.bytes,
    ];
    Ok(tx.run(REGISTER, facts).await? == 1)
}

/// Cancels a paper; `false` when somebody changed it in the meantime.
pub async fn cancel(
    tx: &mut Tx,
    school: SchoolId,
    (paper, version): (PaperId, i64),
    (on, reason): (NaiveDate, &str),
) -> Result<bool> {
    Ok(tx.run(CANCEL, args![paper, school, version, on, reason]).await? == 1)
}
