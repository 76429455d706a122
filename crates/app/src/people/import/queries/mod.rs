//! The tables of uploads, and the records they are compared with.
//!
//! `persons` itself is read here: an upload must not make anew who is hidden or merged. Nothing of a hidden record leaves
//! the comparing.

mod lists;
mod records;

pub use lists::{
    ListRow, Lists, all_lists, apply_lists, apply_summary, columns, delete_lists, delete_rows, forget_lists_before,
    insert_lists, lists, put_rows, remember_column, rows, rows_of, save_lists, set_choice,
};
pub use records::{
    Additions, Among, Named, add_all, class_named, enrolled, known, named, represented, set_contacts, stamp,
};

pub(crate) const LISTS: &[(&str, &str)] = lists::ALL;
pub(crate) const RECORDS: &[(&str, &str)] = records::ALL;
