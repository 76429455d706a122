//! `nastavnik roadmap export`.

use super::{Opened, WhichArgs, extension};
use crate::{
    audit::Author,
    cli::{DataArgs, Trouble, say},
    clock::Clock,
    roadmap::{
        actions,
        export::{self, Format},
    },
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What `roadmap export` needs.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Куда записать; вид файла выбирается по расширению
    #[arg(value_name = "ФАЙЛ")]
    file: PathBuf,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    which: WhichArgs,
    /// Заменить файл, если он уже есть
    #[arg(long)]
    overwrite: bool,
}

/// Writes the road map of a year into a file.
pub async fn run(args: ExportArgs) -> Result<(), Trouble> {
    let Some(format) = Format::named(&extension(&args.file)) else {
        return Err(Trouble::usage(
            "Не понятно, какой файл нужен: имя должно кончаться на .docx, .xlsx, .ics или .json.",
        ));
    };
    if args.file.exists() && !args.overwrite {
        return Err(Trouble::new(format!(
            "Файл {} уже есть. Назовите другой или добавьте --overwrite.",
            args.file.display()
        )));
    }
    let opened = Opened::open(&args.data, &args.which, Clock::system()).await?;
    let board = opened.board(args.which.year).await?;
    let bytes = export::write(format, &board, &opened.school, opened.app.clock.now())
        .map_err(|error| Trouble::new(error.to_string()))?;
    let size = bytes.len();
    std::fs::write(&args.file, bytes).map_err(|error| unwritable(&args.file, &error))?;
    actions::note_export(&opened.app, Author::system(&opened.school), &board.programme, format.label()).await?;
    let year = board.programme.year();
    if args.which.json {
        say(&json!({ "file": args.file, "bytes": size, "school_year": year.long_label() }));
    } else {
        say(&format!("Дорожная карта на {year} учебный год записана: {}.", args.file.display()));
    }
    opened.close().await;
    Ok(())
}

fn unwritable(file: &Path, error: &std::io::Error) -> Trouble {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "такой папки нет",
        std::io::ErrorKind::PermissionDenied => "нет прав на запись",
        std::io::ErrorKind::StorageFull => "на диске нет места",
        _ => "место недоступно",
    };
    Trouble::new(format!("Файл {} записать нельзя: {reason}.", file.display()))
}
