//! Signed copies come home.

use super::{allow, rows_are_open, subject};
use crate::{
    access::Visitor,
    audit::{self, Author, Event},
    consents::{self, actions::Signing},
    error::{Answer, Failure},
    files::{self, NotStored, StoredFile, Upload},
    paperwork::{
        model::PaperId,
        queries,
        state::{Cause, State},
    },
    partners,
    people::Sight,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// A signed copy: the file whose bytes are kept, and what stands under it.
#[derive(Debug, Clone)]
pub struct Scan<'a> {
    pub file: &'a StoredFile,
    pub signed_on: NaiveDate,
    /// Of a consent: who has signed. A person confirms it; the program does not read handwriting.
    pub signing: Option<Signing>,
}

/// Files a signed copy on behalf of a visitor.
pub async fn attach_scan(
    app: &App,
    visitor: &Visitor,
    id: PaperId,
    (upload, signed_on): (&Upload, NaiveDate),
) -> Answer<()> {
    // The bytes are written before the transaction begins: 20 MB must not hold the only writer of SQLite.
    let file = app.files.keep(upload, app.clock.now()).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })?;
    let mut tx = app.db.begin().await?;
    let scan = Scan { file: &file, signed_on, signing: None };
    let filed = attach_scan_in(&mut tx, Author::visitor(visitor), id, &scan, app.clock.now()).await;
    if filed.is_err() {
        app.files.forget(&file).await;
    }
    filed?;
    Ok(tx.commit().await?)
}

/// Files a signed copy: the paper is signed, and so are its consent and its agreement.
///
/// The bytes of the file are kept; its row in `files` is written here. A registered paper takes the copy it still lacks
/// and stays as it is otherwise.
pub async fn attach_scan_in(
    tx: &mut Tx,
    author: Author<'_>,
    id: PaperId,
    scan: &Scan<'_>,
    now: DateTime<Utc>,
) -> Answer<()> {
    let (school, sight) = (author.school_id(), Sight::of_author(author)?);
    let paper = queries::paper(tx, sight, id).await?;
    if let Some(consent) = paper.consent_id {
        let Some(signing) = &scan.signing else {
            return Err(Failure::Refused("Отметьте, кто подписал согласие: без этого оно не действует.".into()));
        };
        files::insert(tx, school, scan.file, author.user()).await?;
        consents::actions::sign_in(tx, author, consent, (signing, Some(scan.file.id)), now).await?;
        audit::record(tx, author.act(Event::PaperSigned, subject(&paper)), now).await?;
        return Ok(());
    }
    match paper.state() {
        State::Registered | State::Amended if paper.scan_id.is_none() => {}
        State::Registered | State::Amended => {
            return Err(Failure::Refused("Подписанный экземпляр уже приложен, документ зарегистрирован.".into()));
        }
        State::Signed => {}
        State::Draft | State::Printed | State::Cancelled => allow(&paper, Cause::Signed)?,
    }
    rows_are_open(tx, school, &paper).await?;
    files::insert(tx, school, scan.file, author.user()).await?;
    if !queries::mark_signed(tx, school, &paper, (scan.signed_on, Some(scan.file.id))).await? {
        return Err(Failure::stale());
    }
    if let (Some(partner), Some(agreement)) = (paper.partner_id, paper.agreement_id) {
        partners::queries::keep_file(tx, (school, partner), (agreement, scan.file.id)).await?;
    }
    Ok(audit::record(tx, author.act(Event::PaperSigned, subject(&paper)), now).await?)
}
