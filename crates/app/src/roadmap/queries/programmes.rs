//! Programmes and the holders of their posts.

use crate::{
    access::{SchoolId, UserId},
    roadmap::model::{Origin, PostHolder, Programme, ProgrammeId},
    school_year::SchoolYear,
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The programmes of a school, the newest year first.
    PROGRAMMES = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE school_id = $1
        ORDER BY school_year DESC";
    /// One programme.
    PROGRAMME = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE id = $1 AND school_id = $2";
    /// The programme of a school year.
    PROGRAMME_OF_YEAR = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE school_id = $1 AND school_year = $2";
    /// Running programmes of all schools, for the daily snapshots.
    RUNNING = "SELECT school_id, id FROM programmes WHERE state = 'running' ORDER BY id";
    /// Who holds the posts of a programme.
    POSTS = "
        SELECT post, user_id
        FROM programme_posts
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY post";
    /// Adds a programme as a draft.
    INSERT_PROGRAMME = "
        INSERT INTO programmes (id, school_id, school_year, title, state, origin, created_at, version)
        VALUES ($1, $2, $3, $4, 'draft', $5, $6, 1)";
    /// Starts a draft.
    START_PROGRAMME = "
        UPDATE programmes
        SET state = 'running', started_at = $3, version = version + 1
        WHERE id = $1 AND school_id = $2 AND state = 'draft'";
    /// Notes that rows came or went; whoever else changes the list of rows at once waits here.
    TOUCH_PROGRAMME = "UPDATE programmes SET version = version + 1 WHERE id = $1 AND school_id = $2";
    /// Seals a running programme.
    SEAL_PROGRAMME = "
        UPDATE programmes
        SET state = 'sealed', version = version + 1
        WHERE id = $1 AND school_id = $2 AND state = 'running'";
    /// Gives a post of a programme to a person.
    SET_POST = "
        INSERT INTO programme_posts (programme_id, school_id, post, user_id)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (programme_id, post) DO UPDATE SET user_id = excluded.user_id";
    /// Leaves a post of a programme vacant.
    CLEAR_POST = "DELETE FROM programme_posts WHERE programme_id = $1 AND school_id = $2 AND post = $3";
    /// The parts of a draft, in the order in which they can be deleted.
    DROP_RESPONSIBLES = "
        DELETE FROM row_responsibles
        WHERE school_id = $2 AND row_id IN (SELECT id FROM roadmap_rows WHERE programme_id = $1)";
    DROP_ROWS = "DELETE FROM roadmap_rows WHERE programme_id = $1 AND school_id = $2";
    DROP_SECTIONS = "DELETE FROM roadmap_sections WHERE programme_id = $1 AND school_id = $2";
    DROP_POSTS = "DELETE FROM programme_posts WHERE programme_id = $1 AND school_id = $2";
    FORGET_IMPORTS = "
        UPDATE roadmap_imports SET programme_id = NULL, applied_at = NULL WHERE programme_id = $1 AND school_id = $2";
    DROP_PROGRAMME = "DELETE FROM programmes WHERE id = $1 AND school_id = $2 AND state = 'draft'";
}

/// Returns the programmes of a school, the newest year first.
pub async fn programmes(tx: &mut Tx, school: SchoolId) -> Result<Vec<Programme>> {
    tx.all(PROGRAMMES, args![school]).await
}

/// Returns a programme of the school.
pub async fn programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<Programme> {
    tx.one(PROGRAMME, args![id, school]).await
}

/// Returns the programme of a school year, if there is one.
pub async fn programme_of_year(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Option<Programme>> {
    tx.maybe(PROGRAMME_OF_YEAR, args![school, year.start_year()]).await
}

/// Returns the running programmes of all schools.
pub async fn running(tx: &mut Tx) -> Result<Vec<(SchoolId, ProgrammeId)>> {
    tx.all(RUNNING, args![]).await
}

/// Returns who holds the posts of a programme.
pub async fn posts(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<PostHolder>> {
    tx.all(POSTS, args![programme, school]).await
}

/// Adds a programme as a draft; [`database::Error::Taken`] when the school year has one.
pub async fn insert_programme(
    tx: &mut Tx,
    school: SchoolId,
    (year, title, origin): (SchoolYear, &str, Origin),
    now: DateTime<Utc>,
) -> Result<ProgrammeId> {
    let id = ProgrammeId::fresh();
    tx.run(INSERT_PROGRAMME, args![id, school, year.start_year(), title, origin, now]).await?;
    Ok(id)
}

/// Starts a draft; `false` when it is none.
pub async fn start_programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(START_PROGRAMME, args![id, school, now]).await? == 1)
}

/// Notes that the list of rows changes: of two changes at once the second waits and then sees the first.
pub async fn touch_programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<()> {
    tx.run(TOUCH_PROGRAMME, args![id, school]).await.map(|_| ())
}

/// Seals a running programme; `false` when it is none.
pub async fn seal_programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<bool> {
    Ok(tx.run(SEAL_PROGRAMME, args![id, school]).await? == 1)
}

/// Deletes a draft with everything in it; `false` when it is none.
pub async fn drop_draft(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<bool> {
    for sql in [FORGET_IMPORTS, DROP_RESPONSIBLES, DROP_ROWS, DROP_SECTIONS, DROP_POSTS] {
        tx.run(sql, args![id, school]).await?;
    }
    Ok(tx.run(DROP_PROGRAMME, args![id, school]).await? == 1)
}

/// Gives a post of a programme to a person, or leaves it vacant.
pub async fn set_post(
    tx: &mut Tx,
    (school, programme): (SchoolId, ProgrammeId),
    post: &str,
    holder: Option<UserId>,
) -> Result<()> {
    match holder {
        Some(user) => tx.run(SET_POST, args![programme, school, post, user]).await?,
        None => tx.run(CLEAR_POST, args![programme, school, post]).await?,
    };
    Ok(())
}
