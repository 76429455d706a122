//! A ZIP of scans, unpacked file by file and within bounds.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Format, Limits, Page, Sink, Stopped, Unreadable, read_one};

/// What systems put beside the files of people.
const LITTER: [&str; 3] = ["thumbs.db", "desktop.ini", ".ds_store"];

/// Hands over the pages of every file in the order of names, as a folder shows them.
pub fn read(bytes: &[u8], limits: &Limits, left: &mut usize, sink: Sink<'_>) -> Result<(), Stopped> {
    if announced_entries(bytes) > limits.entries {
        return Err(Unreadable::TooManyEntries { limit: limits.entries }.into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let mut names: Vec<(String, usize)> = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| refusal(&error))?;
        if entry.is_file() {
            let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
            names.push((name, index));
        }
    }
    names.retain(|(name, _)| !is_litter(name));
    names.sort_by_cached_key(|(name, _)| in_order(name));
    if names.is_empty() {
        return Err(Unreadable::NoPages.into());
    }
    let mut unpacked = 0;
    for (name, index) in names {
        let file = archive.by_index(index).map_err(|error| refusal(&error))?;
        let room = limits.entry.min(limits.unpacked - unpacked);
        let mut content = Vec::new();
        file.take(room as u64 + 1).read_to_end(&mut content).map_err(|_| Unreadable::Broken)?;
        if content.len() > room {
            return Err(Unreadable::TooLargeUnpacked.into());
        }
        unpacked += content.len();
        let name = name.rsplit('/').next().unwrap_or_default();
        match Format::of(&content) {
            Some(Format::Zip) => return Err(Unreadable::Nested.into()),
            Some(format) => match read_one(format, name, &content, limits, left, sink) {
                // One bad file leaves the others alone; a stack that is too long does not end.
                Err(Stopped::Unreadable(why)) if !matches!(why, Unreadable::TooManyPages { .. }) => {
                    sink(unread(name, why))?;
                }
                done => done?,
            },
            None => sink(unread(name, Unreadable::UnknownFormat))?,
        }
    }
    Ok(())
}

fn unread(name: &str, why: Unreadable) -> Page {
    Page { file: name.to_owned(), number: 1, content: Err(why) }
}

fn is_litter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    LITTER.contains(&last.as_str()) || last.starts_with("._") || name.starts_with("__MACOSX/")
}

/// Puts «скан 2» before «скан 10»: numbers are compared as numbers.
fn in_order(name: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0_u64)];
    for character in name.to_lowercase().chars() {
        let Some((text, number)) = parts.last_mut() else { break };
        match character.to_digit(10) {
            Some(digit) => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
            None if *number == 0 && !text.ends_with(|last: char| last.is_ascii_digit()) => text.push(character),
            None => parts.push((character.to_string(), 0)),
        }
    }
    parts
}

/// Returns the number of entries the end record announces: a listing of millions costs memory before it is refused.
fn announced_entries(bytes: &[u8]) -> usize {
    const END_RECORD: usize = 22;
    const COMMENT_MAX: usize = 65_535;
    let tail = &bytes[bytes.len().saturating_sub(END_RECORD + COMMENT_MAX)..];
    tail.windows(END_RECORD)
        .rev()
        .find(|window| window.starts_with(b"PK\x05\x06"))
        .map_or(0, |window| usize::from(u16::from_le_bytes([window[10], window[11]])))
}

fn refusal(error: &ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Unreadable::Encrypted,
        _ => Unreadable::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_in_the_order_of_a_folder() {
        let mut names = ["скан 10.jpg", "скан 9.jpg", "скан 2.jpg", "Скан 1.jpg", "а/2.png"];
        names.sort_by_cached_key(|name| in_order(name));
        assert_eq!(names, ["а/2.png", "Скан 1.jpg", "скан 2.jpg", "скан 9.jpg", "скан 10.jpg"]);
    }

    #[test]
    fn what_a_system_puts_beside_files_is_no_page() {
        for name in ["Thumbs.db", "класс/.DS_Store", "__MACOSX/._1.jpg", "desktop.ini"] {
            assert!(is_litter(name), "{name}");
        }
        assert!(!is_litter("класс/1.jpg"));
    }
}
