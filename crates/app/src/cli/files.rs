//! Files a person names on the command line: read within a size, written where nothing is lost.

use super::Trouble;
use std::{io, path::Path};

/// Returns the extension in small letters; empty where there is none.
pub fn extension(file: &Path) -> String {
    file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// Returns the name without folders.
pub fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads a file no larger than an upload may be.
pub fn read(file: &Path) -> Result<Vec<u8>, Trouble> {
    let size = std::fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
    if size > crate::files::MAX_BYTES as u64 {
        return Err(Trouble::new(format!(
            "Файл {} больше 20 МБ. Оставьте в нём только нужную таблицу или разделите его на части.",
            file.display()
        )));
    }
    std::fs::read(file).map_err(|error| unreadable(file, &error))
}

/// Refuses to replace a file nobody said to replace.
pub fn refuse_to_replace(file: &Path, overwrite: bool) -> Result<(), Trouble> {
    if file.exists() && !overwrite {
        return Err(Trouble::new(format!(
            "Файл {} уже есть. Назовите другой или добавьте --overwrite.",
            file.display()
        )));
    }
    Ok(())
}

/// Says why a file was not written.
pub fn unwritable(file: &Path, error: &io::Error) -> Trouble {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "такой папки нет",
        io::ErrorKind::PermissionDenied => "нет прав на запись",
        io::ErrorKind::StorageFull => "на диске нет места",
        _ => "место недоступно",
    };
    Trouble::new(format!("Файл {} записать нельзя: {reason}.", file.display()))
}

fn unreadable(file: &Path, error: &io::Error) -> Trouble {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "его нет",
        io::ErrorKind::PermissionDenied => "нет прав на чтение",
        _ => "он недоступен",
    };
    Trouble::new(format!("Файл {} прочитать нельзя: {reason}.", file.display()))
}
