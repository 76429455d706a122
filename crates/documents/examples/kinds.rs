//! Writes every kind of document, filled with its example, into a folder: .docx, .pdf and, for tables, .xlsx.
//!
//! usage: cargo run -p documents --example kinds -- FOLDER

use std::{env, error::Error, fs, path::Path};

use documents::{docx, kinds::KINDS, pdf, xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("usage: kinds FOLDER")?;
    let dated = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).ok_or("no such day")?;
    fs::create_dir_all(&folder)?;
    for kind in KINDS {
        let document = kind.make(kind.example).map_err(|error| format!("{}: {error}", kind.name))?;
        let file = |extension: &str| Path::new(&folder).join(format!("{}.{extension}", kind.name));
        fs::write(file("docx"), docx::write(&document)?)?;
        fs::write(file("pdf"), pdf::write(&document, dated)?)?;
        if let Some(workbook) = kind.workbook(kind.example) {
            fs::write(file("xlsx"), xlsx::write(&workbook?)?)?;
        }
    }
    Ok(())
}
