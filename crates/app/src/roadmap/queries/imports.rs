//! Road maps that were read from a file and wait for a decision.

use super::json;
use crate::{
    access::{SchoolId, UserId},
    roadmap::model::{ImportId, ProgrammeId},
    school_year::SchoolYear,
};
use chrono::{DateTime, Utc};
use database::{Json, Result, Tx, args};

database::queries! {
    /// Road maps that wait for a decision, the newest first.
    WAITING_IMPORTS = "
        SELECT id, school_year, source_name, created_at
        FROM roadmap_imports
        WHERE school_id = $1 AND applied_at IS NULL
        ORDER BY created_at DESC, id DESC
        LIMIT 10";
    /// A road map that waits for a decision.
    IMPORT = "
        SELECT id, school_year, source_name, tables, mapping, programme_id
        FROM roadmap_imports
        WHERE id = $1 AND school_id = $2";
    /// Keeps a road map that was read, until somebody decides.
    INSERT_IMPORT = "
        INSERT INTO roadmap_imports (id, school_id, school_year, source_name, tables, mapping, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Keeps the corrected mapping of a road map that waits.
    SET_MAPPING = "
        UPDATE roadmap_imports SET mapping = $3, school_year = $4
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Marks a road map as taken over into a programme, once.
    APPLY_IMPORT = "
        UPDATE roadmap_imports
        SET applied_at = $3, programme_id = $4
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Forgets road maps that were read before a moment and never taken over.
    FORGET_IMPORTS_BEFORE = "DELETE FROM roadmap_imports WHERE school_id = $1 AND applied_at IS NULL AND created_at < $2";
}

database::record! {
    /// A road map read from a file, not yet decided upon.
    #[derive(Debug, Clone)]
    pub struct ImportRecord {
        pub id: ImportId,
        pub school_year: i64,
        pub source_name: String,
        pub tables: Json<Vec<documents::tables::Table>>,
        pub mapping: Json<serde_json::Value>,
        pub programme_id: Option<ProgrammeId>,
    }
}

database::record! {
    /// A road map that waits for a decision, in a list.
    #[derive(Debug, Clone)]
    pub struct WaitingImport {
        pub id: ImportId,
        pub school_year: i64,
        pub source_name: String,
        pub created_at: DateTime<Utc>,
    }
}

/// Returns the road maps that wait for a decision, the newest first, at most ten.
pub async fn waiting_imports(tx: &mut Tx, school: SchoolId) -> Result<Vec<WaitingImport>> {
    tx.all(WAITING_IMPORTS, args![school]).await
}

/// Returns a road map that was read and waits for a decision.
pub async fn import(tx: &mut Tx, school: SchoolId, id: ImportId) -> Result<ImportRecord> {
    tx.one(IMPORT, args![id, school]).await
}

/// A road map that was read and waits for a decision.
pub struct NewImport<'a> {
    pub year: SchoolYear,
    pub source_name: &'a str,
    pub tables: &'a [documents::tables::Table],
    pub mapping: serde_json::Value,
}

/// Keeps a road map that was read.
pub async fn insert_import(
    tx: &mut Tx,
    school: SchoolId,
    new: &NewImport<'_>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<ImportId> {
    let id = ImportId::fresh();
    let facts =
        args![id, school, new.year.start_year(), new.source_name, json(new.tables), new.mapping.clone(), now, by,];
    tx.run(INSERT_IMPORT, facts).await?;
    Ok(id)
}

/// Forgets road maps that were read before a moment and never taken over.
pub async fn forget_imports_before(tx: &mut Tx, school: SchoolId, moment: DateTime<Utc>) -> Result<()> {
    tx.run(FORGET_IMPORTS_BEFORE, args![school, moment]).await.map(|_| ())
}

/// Keeps the corrected mapping and year of a road map that waits; `false` when it was taken over already.
pub async fn set_mapping(
    tx: &mut Tx,
    school: SchoolId,
    id: ImportId,
    mapping: serde_json::Value,
    year: SchoolYear,
) -> Result<bool> {
    Ok(tx.run(SET_MAPPING, args![id, school, mapping, year.start_year()]).await? == 1)
}

/// Marks a road map as taken over; `false` when it was already.
pub async fn apply_import(
    tx: &mut Tx,
    school: SchoolId,
    id: ImportId,
    programme: ProgrammeId,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(tx.run(APPLY_IMPORT, args![id, school, now, programme]).await? == 1)
}
