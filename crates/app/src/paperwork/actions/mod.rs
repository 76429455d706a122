//! What can be done with papers: read, rule, write, trace, in one transaction each.
//!
//! Who may: the coordinator makes, prints, changes and registers; the head registers, files signed copies and cancels;
//! the class teacher prints and files what is about the own class, which `Sight` decides. The trace names a paper by its
//! title, which names nobody.

mod acquainting;
mod batches;
mod blanks;
mod cancelling;
mod drafting;
mod journals;
mod naming;
mod piles;
mod printing;
mod registering;
mod signing;
mod taking;
mod wordings;

pub use acquainting::{Reader, add_readers, choose_rows, note_acquaintance, remove_reader};
pub use batches::{JOB, MOST, MOST_OF_JOB, Order, Printed, Wish as PrintingWish, print, print_now};
pub use cancelling::cancel;
pub use drafting::{draft, draft_all, draft_in, fits, refill_in};
pub use journals::save_journal;
pub use naming::set_name_forms;
pub use piles::Pile;
pub use printing::{mark_printed, mark_printed_in};
pub use registering::{Wish, register};
pub use signing::{Scan, attach_scan, attach_scan_in};
pub use taking::{take, take_scan};
pub use wordings::{Unsaved, restore_wording, save_own_file, save_wording, tried, tried_file};

use super::{
    model::Paper,
    queries,
    state::{Cause, next},
};
use crate::{
    access::SchoolId,
    audit::{Subject, SubjectKind},
    error::{Answer, Failure},
};
use database::Tx;

/// Returns a paper as the subject of an act.
pub fn subject(paper: &Paper) -> Subject {
    Subject { kind: SubjectKind::Paper, id: Some(paper.id.uuid()), name: paper.caption() }
}

/// Refuses what a paper does not allow in its state.
fn allow(paper: &Paper, cause: Cause) -> Answer<()> {
    let state = paper.state();
    if next(state, cause).is_some() {
        return Ok(());
    }
    Err(Failure::Refused(format!("Документ {}: так его изменить нельзя. Откройте его страницу заново.", state.label())))
}

/// Refuses what would change the road map of a year that is over.
async fn rows_are_open(tx: &mut Tx, school: SchoolId, paper: &Paper) -> Answer<()> {
    let rows = queries::proven_rows(tx, school, paper.id).await?;
    match rows.iter().find(|row| row.programme_state == "sealed") {
        None => Ok(()),
        Some(row) => Err(Failure::Refused(format!(
            "Учебный год завершён: мероприятие {} больше не меняется. Уберите связь документа с мероприятиями.",
            row.number
        ))),
    }
}
