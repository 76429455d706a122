//! The documents of the school: made from records, printed, signed, registered, changed and cancelled.
//!
//! Rules kept: the state of a paper follows from its days; a registered paper never changes, its bytes are kept, and a
//! change is another paper that names it; numbers are given one by one, none twice, none passed over without a reason;
//! what a QR code says is random and names nobody. A paper about one person is seen by who sees the person, another by
//! who sees everybody; one that names somebody who has withdrawn the consent is handed out to nobody. The coordinator
//! makes and registers, the head registers and cancels, the class teacher prints what is about the own class.

pub mod actions;
mod building;
pub mod code;
mod editor;
mod fields;
mod forms;
mod journals;
pub mod kinds;
pub mod model;
mod own_file;
mod pages;
pub mod paths;
pub mod queries;
mod render;
pub mod scans;
pub mod sources;
pub mod state;
pub mod wording;

pub use building::{Draft, amendment, school_of};
pub use journals::Journal;
pub use model::{Paper, PaperId, ProvenRowId};
pub use pages::state_badge;
pub use render::{Format, document, docx_of, pdf_of, refused, xlsx_of};

pub use actions::JOB as PRINTING_JOB;
pub use scans::JOB as SCANS_JOB;

pub(crate) use queries::ALL as QUERIES;

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes().and(scans::routes())
}

/// Why a paper is handed out to nobody any more.
pub const CLOSED: &str = "В документе назван человек, чьё согласие отозвано: документ закрыт. Составьте его заново.";
