//! Addresses of the pages about acts.

pub const JOURNAL: &str = "/journal";
pub const JOURNAL_XLSX: &str = "/journal.xlsx";
pub const JOURNAL_CSV: &str = "/journal.csv";
