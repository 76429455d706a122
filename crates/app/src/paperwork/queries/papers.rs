//! Papers, looked up.

use crate::{
    access::SchoolId,
    consents::ConsentId,
    paperwork::{
        model::{Filling, Paper, PaperId},
        state::State,
    },
    partners::AgreementId,
    people::Sight,
    school_year::SchoolYear,
};
use database::{Result, Tx, args, fold};
use std::collections::HashMap;

database::queries! {
    /// Papers a visitor sees, by their ids: the one place that says what is known of a paper.
    PAPERS = "
        SELECT p.id, p.school_year, p.kind, p.title, p.code, p.wording_version, p.wording_sha256, p.wording_file_id,
               p.person_id, x.surname, x.given_name, x.patronymic, p.consent_id, p.partner_id, p.agreement_id,
               p.amends_id, p.printed_on, COALESCE(p.signed_on, n.signed_on) AS signed_on,
               COALESCE(p.scan_id, n.file_id) AS scan_id, p.registered_on, p.journal, p.number_text, p.docx_id, p.final_id,
               p.cancelled_on, p.cancel_reason, p.created_at, p.version,
               (SELECT MIN(a.registered_on) FROM papers a
                WHERE a.school_id = p.school_id AND a.amends_id = p.id AND a.cancelled_on IS NULL) AS amended_on,
               EXISTS (SELECT 1 FROM paper_people m
                       JOIN persons h ON h.school_id = m.school_id AND h.id = m.person_id
                       WHERE m.school_id = p.school_id AND m.paper_id = p.id AND h.hidden_on IS NOT NULL) AS is_closed
        FROM papers p
        LEFT JOIN people x ON x.school_id = p.school_id AND x.id = p.person_id
        LEFT JOIN consents n ON n.school_id = p.school_id AND n.id = p.consent_id
        WHERE p.school_id = $1
          AND (x.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2)
               OR ($2 IS NULL AND (p.person_id IS NULL OR x.id IS NOT NULL)))
          AND p.id IN ($3)";
    /// Which papers of a year a visitor sees, the newest first: of a kind, whose words hold `$5`, in a state.
    FOUND = "
        WITH seen AS (
            SELECT p.id, p.created_at, p.cancelled_on, p.registered_on, p.printed_on,
                   COALESCE(p.signed_on, n.signed_on) AS signed_on,
                   EXISTS (SELECT 1 FROM papers a
                           WHERE a.school_id = p.school_id AND a.amends_id = p.id AND a.cancelled_on IS NULL
                             AND a.registered_on IS NOT NULL) AS is_amended
            FROM papers p
            LEFT JOIN people x ON x.school_id = p.school_id AND x.id = p.person_id
            LEFT JOIN consents n ON n.school_id = p.school_id AND n.id = p.consent_id
            WHERE p.school_id = $1
              AND (x.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2)
                   OR ($2 IS NULL AND (p.person_id IS NULL OR x.id IS NOT NULL)))
              AND p.school_year = $3
              AND ($4 = '' OR p.kind = $4)
              AND (p.search_text LIKE '%' || $5 || '%' ESCAPE '\\' OR x.name_key LIKE '%' || $5 || '%' ESCAPE '\\'))
        SELECT id
        FROM seen
        WHERE ($6 = '' OR $6 = CASE
                   WHEN cancelled_on IS NOT NULL THEN 'cancelled'
                   WHEN registered_on IS NOT NULL AND is_amended THEN 'amended'
                   WHEN registered_on IS NOT NULL THEN 'registered'
                   WHEN signed_on IS NOT NULL THEN 'signed'
                   WHEN printed_on IS NOT NULL THEN 'printed'
                   ELSE 'draft' END)
        ORDER BY created_at DESC, id DESC
        LIMIT $7 OFFSET $8";
    /// How many papers of a year a visitor sees in each state: of a kind, whose words hold `$5`.
    COUNTS = "
        WITH seen AS (
            SELECT p.cancelled_on, p.registered_on, p.printed_on, COALESCE(p.signed_on, n.signed_on) AS signed_on,
                   EXISTS (SELECT 1 FROM papers a
                           WHERE a.school_id = p.school_id AND a.amends_id = p.id AND a.cancelled_on IS NULL
                             AND a.registered_on IS NOT NULL) AS is_amended
            FROM papers p
            LEFT JOIN people x ON x.school_id = p.school_id AND x.id = p.person_id
            LEFT JOIN consents n ON n.school_id = p.school_id AND n.id = p.consent_id
            WHERE p.school_id = $1
              AND (x.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2)
                   OR ($2 IS NULL AND (p.person_id IS NULL OR x.id IS NOT NULL)))
              AND p.school_year = $3
              AND ($4 = '' OR p.kind = $4)
              AND (p.search_text LIKE '%' || $5 || '%' ESCAPE '\\' OR x.name_key LIKE '%' || $5 || '%' ESCAPE '\\')),
        stated AS (
            SELECT CASE
                       WHEN cancelled_on IS NOT NULL THEN 'cancelled'
                       WHEN registered_on IS NOT NULL AND is_amended THEN 'amended'
                       WHEN registered_on IS NOT NULL THEN 'registered'
                       WHEN signed_on IS NOT NULL THEN 'signed'
                       WHEN printed_on IS NOT NULL THEN 'printed'
                       ELSE 'draft' END AS state
            FROM seen)
        SELECT state, COUNT(*)
        FROM stated
        GROUP BY state";
    /// Which paper of a school a QR code names, whoever sees it.
    BY_CODE = "SELECT id FROM papers WHERE school_id = $1 AND code = $2";
    /// Which papers are of an agreement, of a consent, or made to change a paper, whoever sees them; the newest first.
    PAPERS_OF = "
        SELECT id
        FROM papers
        WHERE school_id = $1 AND (agreement_id = $2 OR amends_id = $3 OR consent_id = $4)
        ORDER BY created_at DESC, id DESC";
    /// What a paper was filled with, and its text.
    FILLING = "
        SELECT p.input, p.name_forms, t.text
        FROM papers p
        LEFT JOIN paper_texts t ON t.school_id = p.school_id AND t.sha256 = p.wording_sha256
        WHERE p.id = $1 AND p.school_id = $2";
}

/// Which papers are asked for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    pub year: SchoolYear,
    /// Empty for every kind.
    pub kind: &'a str,
    pub state: Option<State>,
    /// A part of the title, of the number or of the name of whom it is about.
    pub words: &'a str,
}

impl Wanted<'_> {
    fn needle(&self) -> String {
        // `%` and `_` are ordinary characters for people.
        fold(self.words).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
    }
}

/// Returns the papers of a year, the newest first.
pub async fn listed(tx: &mut Tx, sight: Sight, wanted: &Wanted<'_>, (most, skip): (i64, i64)) -> Result<Vec<Paper>> {
    let state = wanted.state.map_or("", State::key);
    let year = wanted.year.start_year();
    let facts = args![sight.school(), sight.viewer(), year, wanted.kind, wanted.needle(), state, most, skip];
    let found: Vec<(PaperId,)> = tx.all(FOUND, facts).await?;
    papers(tx, sight, found.into_iter().map(|(id,)| id)).await
}

/// Counts the papers of a year by state, whatever state is wanted.
pub async fn counts_by_state(tx: &mut Tx, sight: Sight, wanted: &Wanted<'_>) -> Result<Vec<(State, i64)>> {
    let facts = args![sight.school(), sight.viewer(), wanted.year.start_year(), wanted.kind, wanted.needle()];
    let counted: Vec<(String, i64)> = tx.all(COUNTS, facts).await?;
    Ok(counted.into_iter().filter_map(|(word, count)| Some((State::named(&word)?, count))).collect())
}

/// Returns the papers of some ids that a visitor sees, in the order of the ids.
pub async fn papers(tx: &mut Tx, sight: Sight, ids: impl IntoIterator<Item = PaperId>) -> Result<Vec<Paper>> {
    let ids: Vec<PaperId> = ids.into_iter().collect();
    let among = ids.iter().map(|id| (*id).into()).collect();
    let seen: Vec<Paper> = tx.all_among(PAPERS, args![sight.school(), sight.viewer()], among).await?;
    let mut seen: HashMap<PaperId, Paper> = seen.into_iter().map(|paper| (paper.id, paper)).collect();
    Ok(ids.iter().filter_map(|id| seen.remove(id)).collect())
}

/// Returns a paper; one that is not seen is [`database::Error::Missing`].
pub async fn paper(tx: &mut Tx, sight: Sight, id: PaperId) -> Result<Paper> {
    papers(tx, sight, [id]).await?.pop().ok_or(database::Error::Missing)
}

/// Returns the paper whose QR code says this; see [`crate::paperwork::code::read`].
pub async fn document_by_code(tx: &mut Tx, sight: Sight, code: &str) -> Result<Option<Paper>> {
    let named: Option<(PaperId,)> = tx.maybe(BY_CODE, args![sight.school(), code]).await?;
    Ok(papers(tx, sight, named.map(|(id,)| id)).await?.pop())
}

async fn papers_of(
    tx: &mut Tx,
    sight: Sight,
    (agreement, amends, consent): (Option<AgreementId>, Option<PaperId>, Option<ConsentId>),
) -> Result<Vec<Paper>> {
    let found: Vec<(PaperId,)> = tx.all(PAPERS_OF, args![sight.school(), agreement, amends, consent]).await?;
    papers(tx, sight, found.into_iter().map(|(id,)| id)).await
}

/// Returns the papers of an agreement, the newest first.
pub async fn of_agreement(tx: &mut Tx, sight: Sight, agreement: AgreementId) -> Result<Vec<Paper>> {
    papers_of(tx, sight, (Some(agreement), None, None)).await
}

/// Returns the papers of a consent, the newest first.
pub async fn of_consent(tx: &mut Tx, sight: Sight, consent: ConsentId) -> Result<Vec<Paper>> {
    papers_of(tx, sight, (None, None, Some(consent))).await
}

/// Returns the papers made to change a paper.
pub async fn successors(tx: &mut Tx, sight: Sight, paper: PaperId) -> Result<Vec<Paper>> {
    papers_of(tx, sight, (None, Some(paper), None)).await
}

/// Returns what a paper was filled with; the caller has seen that it is not closed.
pub async fn filling(tx: &mut Tx, school: SchoolId, paper: PaperId) -> Result<Filling> {
    tx.one(FILLING, args![paper, school]).await
}
