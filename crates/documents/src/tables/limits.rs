//! How much of a file the readers agree to look at.

use serde::{Deserialize, Serialize};

/// Bounds of one reading, kept while streaming: nothing is allocated on the word of the file itself.
///
/// The defaults let through every road map and class list a school has (a road map of 200 rows is 60 KB packed, 1 MB
/// unpacked) and keep a reading under about 200 MB of memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file as it was sent.
    pub packed: usize,
    /// Bytes of all parts read out of it, together.
    pub unpacked: u64,
    /// Files inside the archive.
    pub entries: usize,
    /// Times a part may grow while unpacked, after its first 8 MB. Filled tables stay under 60, deflate ends at 1032.
    pub ratio: u64,
    /// Tables (or sheets) in one file.
    pub tables: usize,
    /// Rows of one table.
    pub rows: usize,
    /// Columns of one table.
    pub columns: usize,
    /// Cells of all tables together, empty ones included.
    pub cells: usize,
    /// Characters in one cell; Excel's own bound is 32 767.
    pub cell_text: usize,
    /// Bytes of text in all cells together: one long shared string may be named by every cell.
    pub text: usize,
    /// Nesting of XML elements.
    pub xml_depth: usize,
}

impl Limits {
    /// Returns the bounds of reading row by row, where only the shared strings of a workbook stay in memory.
    ///
    /// They let through lists of 100 000 people (20 MB packed, 120 MB unpacked) and keep a reading under 100 MB.
    pub fn of_lists() -> Self {
        Self {
            unpacked: 512 * 1024 * 1024,
            rows: 200_000,
            cells: 6_000_000,
            cell_text: 2_000,
            text: 48 * 1024 * 1024,
            ..Self::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            packed: 20 * 1024 * 1024,
            unpacked: 64 * 1024 * 1024,
            entries: 2_000,
            ratio: 100,
            tables: 200,
            rows: 20_000,
            columns: 256,
            cells: 300_000,
            cell_text: 32_767,
            text: 16 * 1024 * 1024,
            xml_depth: 256,
        }
    }
}
