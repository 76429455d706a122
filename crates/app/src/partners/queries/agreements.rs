//! The table `agreements`.

use crate::{
    access::SchoolId,
    files::FileId,
    partners::model::{Agreement, AgreementId, PartnerId},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, Value, args};

database::queries! {
    /// The agreements of a school, the newest first.
    AGREEMENTS = "
        SELECT a.id, a.partner_id, p.short_name AS partner_name, a.number, a.subject, a.forms, a.prepared_on, a.signed_on,
               a.valid_from, a.valid_until, a.terminated_on, a.termination, a.note, f.name AS file_name, a.version
        FROM agreements a
        JOIN partners p ON p.school_id = a.school_id AND p.id = a.partner_id
        LEFT JOIN files f ON f.school_id = a.school_id AND f.id = a.file_id
        WHERE a.school_id = $1
        ORDER BY COALESCE(a.signed_on, a.prepared_on) DESC, a.id DESC";
    /// One agreement with a partner.
    AGREEMENT = "
        SELECT a.id, a.partner_id, p.short_name AS partner_name, a.number, a.subject, a.forms, a.prepared_on, a.signed_on,
               a.valid_from, a.valid_until, a.terminated_on, a.termination, a.note, f.name AS file_name, a.version
        FROM agreements a
        JOIN partners p ON p.school_id = a.school_id AND p.id = a.partner_id
        LEFT JOIN files f ON f.school_id = a.school_id AND f.id = a.file_id
        WHERE a.id = $1 AND a.school_id = $2 AND a.partner_id = $3";
    /// The signed file of an agreement.
    AGREEMENT_FILE = "
        SELECT file_id
        FROM agreements
        WHERE id = $1 AND school_id = $2 AND partner_id = $3 AND file_id IS NOT NULL";
    /// The signed files of all agreements.
    AGREEMENT_FILES = "
        SELECT id, file_id
        FROM agreements
        WHERE school_id = $1 AND file_id IS NOT NULL";
    /// Adds an agreement.
    INSERT_AGREEMENT = "
        INSERT INTO agreements (id, school_id, partner_id, number, subject, forms, prepared_on, signed_on, valid_from,
                                valid_until, note, termination, created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, 1)";
    /// Saves an agreement if nobody saved it since `version`.
    UPDATE_AGREEMENT = "
        UPDATE agreements
        SET number = $5, subject = $6, forms = $7, prepared_on = $8, signed_on = $9, valid_from = $10, valid_until = $11,
            note = $12, version = version + 1
        WHERE id = $1 AND school_id = $2 AND partner_id = $3 AND version = $4";
    /// Notes the end before its time, or takes it back, if nobody saved the agreement since `version`.
    TERMINATE = "
        UPDATE agreements
        SET terminated_on = $5, termination = $6, version = version + 1
        WHERE id = $1 AND school_id = $2 AND partner_id = $3 AND version = $4";
    /// Attaches the signed file; the former one stays on record.
    KEEP_FILE = "
        UPDATE agreements
        SET file_id = $4, version = version + 1
        WHERE id = $1 AND school_id = $2 AND partner_id = $3";
    /// Takes number and day over from the paper that was registered; what somebody has entered stays.
    NUMBER_AGREEMENT = "
        UPDATE agreements
        SET number = $4, signed_on = $5, version = version + 1
        WHERE id = $1 AND school_id = $2 AND partner_id = $3 AND signed_on IS NULL";
}

/// What people say about an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAgreement {
    pub id: AgreementId,
    pub number: String,
    pub subject: String,
    pub forms: Vec<String>,
    pub prepared_on: NaiveDate,
    pub signed_on: Option<NaiveDate>,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub note: String,
    pub version: i64,
}

impl NewAgreement {
    fn facts(&self) -> Vec<Value> {
        args![
            &self.number,
            &self.subject,
            serde_json::to_value(&self.forms).unwrap_or_default(),
            self.prepared_on,
            self.signed_on,
            self.valid_from,
            self.valid_until,
            &self.note,
        ]
    }
}

/// Returns the agreements of a school.
pub async fn agreements(tx: &mut Tx, school: SchoolId) -> Result<Vec<Agreement>> {
    tx.all(AGREEMENTS, args![school]).await
}

/// Returns an agreement with a partner.
pub async fn agreement(tx: &mut Tx, (school, partner): (SchoolId, PartnerId), id: AgreementId) -> Result<Agreement> {
    tx.one(AGREEMENT, args![id, school, partner]).await
}

/// Returns the signed file of an agreement.
pub async fn agreement_file(tx: &mut Tx, (school, partner): (SchoolId, PartnerId), id: AgreementId) -> Result<FileId> {
    tx.one::<(FileId,)>(AGREEMENT_FILE, args![id, school, partner]).await.map(|(file,)| file)
}

/// Returns the signed files of all agreements.
pub async fn agreement_files(tx: &mut Tx, school: SchoolId) -> Result<Vec<(AgreementId, FileId)>> {
    tx.all(AGREEMENT_FILES, args![school]).await
}

/// Adds an agreement; [`database::Error::Taken`] when it was added before.
pub async fn insert_agreement(
    tx: &mut Tx,
    (school, partner): (SchoolId, PartnerId),
    new: &NewAgreement,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut facts = args![new.id, school, partner];
    facts.extend(new.facts());
    facts.extend(args![now]);
    tx.run(INSERT_AGREEMENT, facts).await.map(|_| ())
}

/// Saves an agreement; `false` when somebody saved it since `version`.
pub async fn update_agreement(
    tx: &mut Tx,
    (school, partner): (SchoolId, PartnerId),
    changed: &NewAgreement,
) -> Result<bool> {
    let mut facts = args![changed.id, school, partner, changed.version];
    facts.extend(changed.facts());
    Ok(tx.run(UPDATE_AGREEMENT, facts).await? == 1)
}

/// Notes the end of an agreement before its time, or takes it back; `false` when somebody saved it since.
pub async fn terminate(
    tx: &mut Tx,
    school: SchoolId,
    agreement: &Agreement,
    (on, reason): (Option<NaiveDate>, &str),
) -> Result<bool> {
    let facts = args![agreement.id, school, agreement.partner_id, agreement.version, on, reason];
    Ok(tx.run(TERMINATE, facts).await? == 1)
}

/// Attaches the signed file.
pub async fn keep_file(
    tx: &mut Tx,
    (school, partner): (SchoolId, PartnerId),
    (id, file): (AgreementId, FileId),
) -> Result<()> {
    tx.run(KEEP_FILE, args![id, school, partner, file]).await.map(|_| ())
}

/// Takes number and day over from the paper that was registered.
pub async fn number_agreement(
    tx: &mut Tx,
    (school, partner): (SchoolId, PartnerId),
    id: AgreementId,
    (number, on): (&str, NaiveDate),
) -> Result<()> {
    tx.run(NUMBER_AGREEMENT, args![id, school, partner, number, on]).await.map(|_| ())
}
