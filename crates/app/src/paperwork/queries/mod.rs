//! The tables of papers: every statement of the slice and the functions that ask it.
//!
//! A paper about one person is seen by who sees the person; another by who sees everybody. A paper about somebody who has
//! withdrawn the consent is seen by nobody; one that names such a person among others is listed and stays closed.

mod acquaintances;
mod journals;
mod names;
mod papers;
mod people;
mod rows;
mod wordings;
mod writing;

pub use acquaintances::{acquaintances, insert_acquaintance, remove_acquaintance, set_acquainted};
pub use journals::{NewGap, gaps, insert_gap, insert_journal, journals, last_numbers, update_journal};
pub use names::{clear_name_forms, insert_name_form, name_forms, name_forms_of};
pub use papers::{
    Wanted, counts_by_state, document_by_code, filling, listed, of_agreement, of_consent, paper, papers, successors,
};
pub use people::set_people;
pub use rows::{ProvingPaper, RowPaper, of_row, proven_rows, proving, rows_of_year, set_rows};
pub use wordings::{NewWording, insert_text, insert_wording, newest_wordings, wording_text, wordings};
pub use writing::{Content, NewPaper, Registration, cancel, insert, mark_printed, mark_signed, refill, register};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] = &[
    acquaintances::ALL,
    journals::ALL,
    names::ALL,
    papers::ALL,
    people::ALL,
    rows::ALL,
    wordings::ALL,
    writing::ALL,
    super::scans::queries::ALL,
];
