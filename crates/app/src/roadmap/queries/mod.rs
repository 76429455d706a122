//! The tables of programmes and road maps: every statement of the slice and the functions that ask it.
//!
//! Every statement names the school: a row of another school is a row that does not exist (security rule 1).

mod imports;
mod programmes;
mod readings;
mod records;
mod rows;

pub use imports::{
    ImportRecord, NewImport, WaitingImport, apply_import, forget_imports_before, import, insert_import, set_mapping,
    waiting_imports,
};
pub use programmes::{
    drop_draft, insert_programme, posts, programme, programme_of_year, programmes, running, seal_programme, set_post,
    start_programme, touch_programme,
};
pub use readings::{
    NewReading, insert_reading, newest_readings, readings_of_measure, snapshots_before, snapshots_of_row,
    upsert_snapshot,
};
pub use records::{
    NewTask, add_version, document_file, documents, finish_task, insert_document, insert_note, insert_task,
    newest_documents, notes, remove_document, reopen_task, tasks,
};
pub use rows::{
    FoundRow, NewResponsible, NewRow, counts, delete_row, insert_row, insert_row_as, insert_section, make_room,
    responsibles, row, rows, search, sections, set_responsibles, update_row,
};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] = &[imports::ALL, programmes::ALL, readings::ALL, records::ALL, rows::ALL];

/// Returns a value as it is stored in a JSON column.
fn json<T: serde::Serialize + ?Sized>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}
