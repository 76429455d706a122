//! What can be done with stacks of scans: uploaded, looked at, decided, filed, removed.
//!
//! Who may: whoever files signed copies; a consent is signed by the coordinator. The trace names a stack by what it is,
//! never by the names of its files, which people choose.

mod deciding;
mod filing;
mod uploading;

pub use deciding::{Decision, decide, picture, seen};
pub use filing::{Wish, file, remove};
pub use uploading::{Uploaded, upload};

use super::{
    model::{ScanPage, StackId},
    queries,
};
use crate::{
    access::SchoolId,
    audit::{Subject, SubjectKind},
    error::Answer,
    files::{self, StoredFile},
    state::App,
};
use database::Tx;

/// Returns a stack as the subject of an act.
pub fn subject(stack: StackId) -> Subject {
    Subject { kind: SubjectKind::Paper, id: Some(stack.uuid()), name: "Сканы с подписями".into() }
}

/// Lets go of the files a stack was sent as; the caller forgets their bytes after the commit.
pub async fn release(tx: &mut Tx, school: SchoolId, id: StackId) -> Answer<Vec<StoredFile>> {
    let sent = queries::files_of(tx, (school, id)).await?;
    queries::release_files(tx, (school, id)).await?;
    let mut released = vec![];
    for file in sent.into_iter().filter_map(|file| file.file_id) {
        released.push(files::remove(tx, school, file).await?);
    }
    Ok(released)
}

/// Forgets pages; the caller forgets the bytes of their pictures after the commit.
pub async fn forget_in(
    tx: &mut Tx,
    (school, id): (SchoolId, StackId),
    pages: impl Iterator<Item = &ScanPage>,
) -> Answer<Vec<StoredFile>> {
    let mut forgotten = vec![];
    for page in pages {
        queries::delete_page(tx, (school, id), page.id).await?;
        if let Some(picture) = page.picture_id {
            forgotten.push(files::remove(tx, school, picture).await?);
        }
    }
    Ok(forgotten)
}

/// Forgets every page of a stack: what an attempt to read it has left behind.
pub async fn forget_pages(app: &App, school: SchoolId, id: StackId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let pages = queries::pages_of(&mut tx, (school, id)).await?;
    let forgotten = forget_in(&mut tx, (school, id), pages.iter()).await?;
    tx.commit().await?;
    forget_bytes(app, &forgotten).await;
    Ok(())
}

/// Forgets a stack with everything that is left of it.
pub async fn forget_stack(app: &App, school: SchoolId, id: StackId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    queries::stack(&mut tx, school, id).await?;
    let pages = queries::pages_of(&mut tx, (school, id)).await?;
    let mut forgotten = forget_in(&mut tx, (school, id), pages.iter()).await?;
    forgotten.extend(release(&mut tx, school, id).await?);
    queries::delete_stack(&mut tx, (school, id)).await?;
    tx.commit().await?;
    forget_bytes(app, &forgotten).await;
    Ok(())
}

async fn forget_bytes(app: &App, files: &[StoredFile]) {
    for file in files {
        app.files.forget(file).await;
    }
}
