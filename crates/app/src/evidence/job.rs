//! Making a folder beside the pages.

use super::{
    archive, contents,
    model::{Folder, Order},
};
use crate::{
    access::Right,
    audit::{self, Author, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    jobs::{Done, Kind, NewJob, Unfinished, Work},
    state::App,
};
use database::Tx;

/// Making a folder of evidence.
pub const JOB: Kind = Kind {
    word: "evidence",
    label: "Папка доказательств",
    right: Right::TakeEvidence,
    run: |work| Box::pin(run(work)),
    forget: None,
};

/// Returns the job that makes a folder.
pub fn job(order: Order, title: String) -> Answer<NewJob> {
    let payload = serde_json::to_value(order).map_err(|error| Failure::unforeseen(&error))?;
    Ok(NewJob { kind: JOB.word, title, payload })
}

async fn run(work: Work) -> Result<Done, Unfinished> {
    let order: Order = work.order()?;
    let mut tx = work.app.db.read().await?;
    let folder = contents::collect(&mut tx, &work.visitor, order).await?;
    drop(tx);
    let (files, pulse, now) = (work.app.files.clone(), work.pulse.clone(), work.app.clock.now());
    let written = tokio::task::spawn_blocking(move || {
        let (mut folder, mut draft) = (folder, files.draft()?);
        archive::write(&files, &mut folder, &mut draft, &mut |counts, said| pulse.say(counts, said))?;
        let file = draft.seal(&folder.file_name(), now)?;
        Ok::<_, Unfinished>((folder, file))
    });
    let (folder, file) = written.await.map_err(|error| Failure::unforeseen(&error))??;
    note(&work.app, Author::visitor(&work.visitor), order, &folder).await?;
    Ok(Done::file(folder.summary(), file))
}

/// Records that a folder was made: what of, and how much is in it.
pub async fn note(app: &App, author: Author<'_>, order: Order, folder: &Folder) -> Answer<()> {
    let (documents, lists) = folder.counts();
    let (kind, id) = match order.row {
        Some(row) => (SubjectKind::Row, row.uuid()),
        None => (SubjectKind::Programme, order.programme.uuid()),
    };
    let subject = Subject { kind, id: Some(id), name: folder.subject.clone() };
    let act = author
        .act(Event::EvidenceMade, subject)
        .with([Change::fact("Документов", documents.to_string()), Change::fact("Списков", lists.to_string())]);
    let mut tx: Tx = app.db.begin().await?;
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

    #[test]
    fn whoever_only_keeps_accounts_makes_no_folder() {
        assert!(!JOB.right.is_of(&[Role::Administrator]));
        assert_eq!(JOB.right.roles().count() + 1, Role::ALL.len());
    }
}
