//! What the crate promises, from outside. No file is read: every document is made by code.

// Helpers of tests may unwrap; clippy knows them by this attribute, not by the folder.
#[cfg(test)]
mod filling;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod kinds;
#[cfg(test)]
mod own_files;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod read_docx;
#[cfg(test)]
mod read_text;
#[cfg(test)]
mod read_xls;
#[cfg(test)]
mod read_xlsx;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod stream;
#[cfg(test)]
mod template;
#[cfg(test)]
mod write_csv;
#[cfg(test)]
mod write_docx;
#[cfg(test)]
mod write_pdf;
#[cfg(test)]
mod write_xlsx;
