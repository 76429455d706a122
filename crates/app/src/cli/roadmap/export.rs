//! `nastavnik roadmap export`.

use super::{Opened, WhichArgs};
use crate::{
    audit::Author,
    cli::{DataArgs, Trouble, files, say},
    clock::Clock,
    roadmap::{
        actions,
        export::{self, Format},
    },
};
use serde_json::json;
use std::path::PathBuf;

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
    let Some(format) = Format::named(&files::extension(&args.file)) else {
        return Err(Trouble::usage(
            "Не понятно, какой файл нужен: имя должно кончаться на .docx, .xlsx, .ics или .json.",
        ));
    };
    files::refuse_to_replace(&args.file, args.overwrite)?;
    let opened = Opened::open(&args.data, &args.which, Clock::system()).await?;
    let board = opened.board(args.which.year).await?;
    let bytes = export::write(format, &board, &opened.school, opened.app.clock.now())
        .map_err(|error| Trouble::new(error.to_string()))?;
    let size = bytes.len();
    std::fs::write(&args.file, bytes).map_err(|error| files::unwritable(&args.file, &error))?;
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
