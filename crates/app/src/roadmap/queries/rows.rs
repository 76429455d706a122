//! Sections and rows of a road map, who answers for them, how many records they have.

use super::json;
use crate::{
    access::{SchoolId, UserId},
    roadmap::{
        indicator::Rule,
        model::{ProgrammeId, RecordCounts, Responsible, Row, RowId, Section, SectionId, StoredDoubt},
        term::Term,
    },
    school_year::SchoolYear,
};
use database::{Result, Tx, args, fold};

database::queries! {
    /// The sections of a programme.
    SECTIONS = "
        SELECT id, position, number, title
        FROM roadmap_sections
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY position";
    /// The rows of a programme.
    ROWS = "
        SELECT id, programme_id, section_id, position, number, title, term_text, term, starts_on, due_on, term_settled,
               expected_result, document_kind, indicator_text, rules, doubts, remark, done_on, confirmed_at, confirmed_by,
               unproven_reason, accepted_at, accepted_by, cancelled_on, cancel_reason, version
        FROM roadmap_rows
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY position";
    /// One row.
    ROW = "
        SELECT id, programme_id, section_id, position, number, title, term_text, term, starts_on, due_on, term_settled,
               expected_result, document_kind, indicator_text, rules, doubts, remark, done_on, confirmed_at, confirmed_by,
               unproven_reason, accepted_at, accepted_by, cancelled_on, cancel_reason, version
        FROM roadmap_rows
        WHERE id = $1 AND school_id = $2";
    /// Who answers for the rows of a programme: the person named for the row, else the holder of the post.
    RESPONSIBLES = "
        SELECT r.row_id, r.position, r.label, r.post, COALESCE(r.user_id, p.user_id) AS user_id,
               u.full_name AS user_name, (r.user_id IS NOT NULL) AS is_personal
        FROM row_responsibles r
        JOIN roadmap_rows w ON w.id = r.row_id
        LEFT JOIN programme_posts p ON p.programme_id = w.programme_id AND p.post = r.post
        LEFT JOIN users u ON u.id = COALESCE(r.user_id, p.user_id)
        WHERE w.programme_id = $1 AND r.school_id = $2
        ORDER BY r.row_id, r.position";
    /// How many records each row of a programme has.
    COUNTS = "
        SELECT w.id AS row_id,
               (SELECT COUNT(*) FROM row_documents d WHERE d.row_id = w.id AND d.removed_at IS NULL)
                   + (SELECT COUNT(*) FROM paper_rows r
                      JOIN papers p ON p.school_id = r.school_id AND p.id = r.paper_id
                      WHERE r.school_id = w.school_id AND r.row_id = w.id AND p.cancelled_on IS NULL
                        AND (p.signed_on IS NOT NULL OR p.registered_on IS NOT NULL)) AS documents,
               (SELECT COUNT(*) FROM row_tasks t WHERE t.row_id = w.id) AS tasks,
               (SELECT COUNT(*) FROM row_tasks t WHERE t.row_id = w.id AND t.done_at IS NULL) AS tasks_open,
               (SELECT COUNT(*) FROM row_notes n WHERE n.row_id = w.id) AS notes
        FROM roadmap_rows w
        WHERE w.programme_id = $1 AND w.school_id = $2";
    /// Rows of years that were started whose text, notes, tasks or documents hold a folded piece of text.
    SEARCH = "
        SELECT w.id, w.number, w.title, p.school_year
        FROM roadmap_rows w
        JOIN programmes p ON p.id = w.programme_id
        WHERE w.school_id = $1 AND p.state <> 'draft'
          AND (w.search_text LIKE '%' || $2 || '%' ESCAPE '\\'
               OR EXISTS (SELECT 1 FROM row_tasks t WHERE t.row_id = w.id AND t.search_text LIKE '%' || $2 || '%' ESCAPE '\\')
               OR EXISTS (SELECT 1 FROM row_notes n WHERE n.row_id = w.id AND n.search_text LIKE '%' || $2 || '%' ESCAPE '\\')
               OR EXISTS (SELECT 1 FROM row_documents d WHERE d.row_id = w.id AND d.removed_at IS NULL
                                                          AND d.search_text LIKE '%' || $2 || '%' ESCAPE '\\'))
        ORDER BY p.school_year DESC, w.position
        LIMIT $3";
    /// Adds a section.
    INSERT_SECTION = "
        INSERT INTO roadmap_sections (id, school_id, programme_id, position, number, title)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds a row.
    INSERT_ROW = "
        INSERT INTO roadmap_rows (id, school_id, programme_id, section_id, position, number, title, search_text, term_text,
                                  term, starts_on, due_on, term_settled, expected_result, document_kind, indicator_text,
                                  rules, doubts, remark, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13, $14, $15, $16, $17, $18, 1)";
    /// Moves the rows from a position on by one place, in two steps: no two rows may share a position, not even between.
    LIFT_ROWS = "
        UPDATE roadmap_rows SET position = -position - 2 WHERE programme_id = $1 AND school_id = $2 AND position >= $3";
    LAND_ROWS = "
        UPDATE roadmap_rows SET position = -position - 1 WHERE programme_id = $1 AND school_id = $2 AND position < 0";
    /// Deletes a row; nothing but its responsibles may belong to it.
    DELETE_ROW = "DELETE FROM roadmap_rows WHERE id = $1 AND school_id = $2";
    /// Saves everything about a row that people edit, if nobody saved it since `version`.
    UPDATE_ROW = "
        UPDATE roadmap_rows
        SET number = $4, title = $5, search_text = $6, term_text = $7, term = $8, starts_on = $9, due_on = $10,
            term_settled = $11, expected_result = $12, document_kind = $13, indicator_text = $14, rules = $15,
            done_on = $16, confirmed_at = $17, confirmed_by = $18, unproven_reason = $19, accepted_at = $20,
            accepted_by = $21, cancelled_on = $22, cancel_reason = $23, doubts = $24, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Takes all responsibles of a row away, before the new ones are named.
    CLEAR_RESPONSIBLES = "DELETE FROM row_responsibles WHERE row_id = $1 AND school_id = $2";
    /// Names a responsible.
    INSERT_RESPONSIBLE = "
        INSERT INTO row_responsibles (school_id, row_id, position, label, post, user_id)
        VALUES ($1, $2, $3, $4, $5, $6)";
}

database::record! {
    /// A row found by the search.
    #[derive(Debug, Clone)]
    pub struct FoundRow {
        pub id: RowId,
        pub number: String,
        pub title: String,
        pub school_year: i64,
    }
}

/// Returns the sections of a programme in order.
pub async fn sections(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Section>> {
    tx.all(SECTIONS, args![programme, school]).await
}

/// Returns the rows of a programme in order.
pub async fn rows(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Row>> {
    tx.all(ROWS, args![programme, school]).await
}

/// Returns a row of the school.
pub async fn row(tx: &mut Tx, school: SchoolId, id: RowId) -> Result<Row> {
    tx.one(ROW, args![id, school]).await
}

/// Returns who answers for the rows of a programme.
pub async fn responsibles(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Responsible>> {
    tx.all(RESPONSIBLES, args![programme, school]).await
}

/// Returns how many records each row of a programme has.
pub async fn counts(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<RecordCounts>> {
    tx.all(COUNTS, args![programme, school]).await
}

/// Returns rows whose text holds `needle`, at most `most`.
pub async fn search(tx: &mut Tx, school: SchoolId, needle: &str, most: i64) -> Result<Vec<FoundRow>> {
    // `%` and `_` are ordinary characters for people.
    let needle = fold(needle).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    tx.all(SEARCH, args![school, needle, most]).await
}

/// Adds a section.
pub async fn insert_section(
    tx: &mut Tx,
    (school, programme): (SchoolId, ProgrammeId),
    position: i64,
    number: &str,
    title: &str,
) -> Result<SectionId> {
    let id = SectionId::fresh();
    tx.run(INSERT_SECTION, args![id, school, programme, position, number, title]).await?;
    Ok(id)
}

/// A row to be added.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    pub section: SectionId,
    pub position: i64,
    pub number: &'a str,
    pub title: &'a str,
    pub term_text: &'a str,
    pub term: &'a Term,
    pub expected_result: &'a str,
    pub document_kind: &'a str,
    pub indicator_text: &'a str,
    pub rules: &'a [Rule],
    pub doubts: &'a [StoredDoubt],
    pub remark: &'a str,
}

/// Returns everything of a row that the search looks through, folded.
fn search_text(parts: &[&str]) -> String {
    fold(&parts.join(" "))
}

/// Adds a row; its days follow from the term and the year.
pub async fn insert_row(
    tx: &mut Tx,
    key: (SchoolId, ProgrammeId),
    year: SchoolYear,
    new: &NewRow<'_>,
) -> Result<RowId> {
    let id = RowId::fresh();
    insert_row_as(tx, id, key, year, new).await?;
    Ok(id)
}

/// Adds a row under an id that a form has made; [`database::Error::Taken`] when it was added already.
pub async fn insert_row_as(
    tx: &mut Tx,
    id: RowId,
    (school, programme): (SchoolId, ProgrammeId),
    year: SchoolYear,
    new: &NewRow<'_>,
) -> Result<()> {
    let window = new.term.window(year);
    let facts = args![
        id,
        school,
        programme,
        new.section,
        new.position,
        new.number,
        new.title,
        search_text(&[new.number, new.title, new.expected_result, new.document_kind, new.indicator_text]),
        new.term_text,
        json(new.term),
        window.map(|window| window.from),
        window.map(|window| window.to),
        new.expected_result,
        new.document_kind,
        new.indicator_text,
        json(new.rules),
        json(new.doubts),
        new.remark,
    ];
    tx.run(INSERT_ROW, facts).await.map(|_| ())
}

/// Makes a position free: the rows that stand there or later move by one place.
pub async fn make_room(tx: &mut Tx, (school, programme): (SchoolId, ProgrammeId), position: i64) -> Result<()> {
    tx.run(LIFT_ROWS, args![programme, school, position]).await?;
    tx.run(LAND_ROWS, args![programme, school]).await.map(|_| ())
}

/// Deletes a row of a draft, which has no records yet.
pub async fn delete_row(tx: &mut Tx, school: SchoolId, id: RowId) -> Result<()> {
    tx.run(CLEAR_RESPONSIBLES, args![id, school]).await?;
    tx.run(DELETE_ROW, args![id, school]).await.map(|_| ())
}

/// Saves a row; `false` when somebody saved it since `row.version`.
pub async fn update_row(tx: &mut Tx, school: SchoolId, row: &Row) -> Result<bool> {
    let facts = args![
        row.id,
        school,
        row.version,
        &row.number,
        &row.title,
        search_text(&[&row.number, &row.title, &row.expected_result, &row.document_kind, &row.indicator_text]),
        &row.term_text,
        json(&row.term.0),
        row.starts_on,
        row.due_on,
        row.term_settled,
        &row.expected_result,
        &row.document_kind,
        &row.indicator_text,
        json(&row.rules.0),
        row.done_on,
        row.confirmed_at,
        row.confirmed_by,
        row.unproven_reason.as_deref(),
        row.accepted_at,
        row.accepted_by,
        row.cancelled_on,
        row.cancel_reason.as_deref(),
        json(&row.doubts.0),
    ];
    Ok(tx.run(UPDATE_ROW, facts).await? == 1)
}

/// A responsible to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResponsible {
    pub label: String,
    pub post: Option<String>,
    pub user: Option<UserId>,
}

/// Names who answers for a row, in place of whoever did.
pub async fn set_responsibles(tx: &mut Tx, school: SchoolId, row: RowId, list: &[NewResponsible]) -> Result<()> {
    tx.run(CLEAR_RESPONSIBLES, args![row, school]).await?;
    for (position, new) in (0_i64..).zip(list) {
        tx.run(INSERT_RESPONSIBLE, args![school, row, position, &new.label, new.post.as_deref(), new.user]).await?;
    }
    Ok(())
}
