//! Several lists packed into one .zip, as a mail program sends them.

use super::super::package::Package;
use super::super::{Limits, Unreadable};
use super::{Item, Sink, Stopped, stream_any};

/// What is read out of an archive; everything else in it is passed over.
const LISTS: [&str; 4] = [".xlsx", ".xls", ".csv", ".txt"];

/// Hands over the rows of every list in the archive; archives inside are not looked into.
pub fn stream(package: &mut Package<'_>, limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let names = package.names();
    let lists: Vec<(usize, &str)> =
        names.iter().map(String::as_str).enumerate().filter(|(_, name)| is_list(&name.to_lowercase())).collect();
    if lists.is_empty() {
        return Err(Unreadable::UnknownFormat.into());
    }
    for (index, name) in lists {
        let bytes = package.bytes(index)?;
        let file = name.rsplit('/').next().unwrap_or(name);
        sink(Item::File(file))?;
        if is_archive_of_lists(&bytes, limits) {
            return Err(Unreadable::UnknownFormat.into());
        }
        stream_any(file, &bytes, limits, sink)?;
    }
    Ok(())
}

fn is_list(name: &str) -> bool {
    // macOS adds a folder of its own with files of the same names.
    !name.starts_with("__macosx/") && LISTS.iter().any(|ending| name.ends_with(ending))
}

/// Tells an archive of archives from a workbook, which is an archive too: it would lead deeper and deeper.
fn is_archive_of_lists(bytes: &[u8], limits: &Limits) -> bool {
    bytes.starts_with(b"PK") && Package::open(bytes, limits).is_ok_and(|mut package| package.kind().is_err())
}
