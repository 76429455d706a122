//! How much of a stack is looked at.

/// Bounds of one reading, kept while reading: nothing is allocated on the word of the file itself.
///
/// The defaults let through a stack of 300 sheets scanned in colour at 300 dots per inch, and photos of any phone.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Bytes of the file as it was sent.
    pub packed: usize,
    /// Pages of all files together.
    pub pages: usize,
    /// Files inside an archive.
    pub entries: usize,
    /// Bytes of one file inside an archive.
    pub entry: usize,
    /// Bytes of all files inside an archive together.
    pub unpacked: usize,
    /// Dots of one picture: a sheet of A4 at 600 dots per inch has 35 million.
    pub dots: u64,
    /// Dots a page of a PDF is drawn with, at most: sheets of A3, photos that call themselves metres wide.
    pub drawn: f32,
    /// Bytes a stream of a PDF may unpack to: the dots of the largest picture in colour.
    pub stream: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            packed: 100 << 20,
            pages: 1_000,
            entries: 1_000,
            entry: 100 << 20,
            unpacked: 400 << 20,
            dots: 50_000_000,
            drawn: 12_000_000.0,
            stream: 160 << 20,
        }
    }
}
