//! `nastavnik evidence`: the folder of evidence as the coordinator sees it.

use super::{
    DataArgs, Trouble, files,
    roadmap::{Opened, WhichArgs},
    say,
};
use crate::{
    access::{Role, School, Standing, UserId, Visitor},
    audit::Author,
    clock::Clock,
    error::Failure,
    evidence::{self, model::Order},
    jobs::Unfinished,
    roadmap::board::Board,
};
use serde_json::json;
use std::{fs::File, io::BufWriter, path::PathBuf};

/// What `evidence` needs.
#[derive(Debug, clap::Args)]
pub struct EvidenceArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Куда записать архив .zip
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    /// Номер мероприятия, например 1.4; без ключа — вся дорожная карта
    #[arg(long, value_name = "НОМЕР")]
    row: Option<String>,
    #[command(flatten)]
    which: WhichArgs,
    /// Заменить файл, если он уже есть
    #[arg(long)]
    overwrite: bool,
}

/// Writes the folder of evidence into an archive.
pub async fn run(args: EvidenceArgs) -> Result<(), Trouble> {
    if files::extension(&args.out) != "zip" {
        return Err(Trouble::usage("Папка доказательств — это архив: имя в --out должно кончаться на .zip."));
    }
    files::refuse_to_replace(&args.out, args.overwrite)?;
    let opened = Opened::open(&args.data, &args.which, Clock::system()).await?;
    let board = opened.board(args.which.year).await?;
    let order = order(&board, args.row.as_deref())?;
    let visitor = coordinator(&opened.school, opened.app.clock.today(opened.school.zone()));
    let mut tx = opened.app.db.read().await?;
    let folder = evidence::collect(&mut tx, &visitor, order).await?;
    drop(tx);
    let (store, out) = (opened.app.files.clone(), args.out.clone());
    let written = tokio::task::spawn_blocking(move || write(&store, folder, &out)).await;
    let folder = written.map_err(|_| Trouble::new("Архив записать не удалось."))??;
    evidence::note(&opened.app, Author::system(&opened.school), order, &folder).await?;
    if args.which.json {
        let (documents, lists) = folder.counts();
        let rows = folder.proofs().count();
        say(&json!({ "file": args.out, "rows": rows, "documents": documents, "lists": lists }));
    } else {
        say(&format!("{} Архив записан: {}.", folder.summary(), args.out.display()));
    }
    opened.close().await;
    Ok(())
}

fn order(board: &Board, number: Option<&str>) -> Result<Order, Trouble> {
    let row = match number {
        None => None,
        Some(number) => {
            let wanted = number.trim_end_matches('.');
            let found = board.rows.iter().find(|row| row.row.number.trim_end_matches('.') == wanted);
            Some(found.ok_or_else(|| {
                Trouble::new(format!(
                    "Мероприятия {number} в дорожной карте нет. Номера показывает nastavnik roadmap status."
                ))
            })?)
        }
    };
    Ok(Order { programme: board.programme.id, row: row.map(|row| row.row.id) })
}

/// Writes beside the wanted place first: what was there stays until the new archive is whole.
fn write(
    store: &crate::files::FileStore,
    mut folder: evidence::model::Folder,
    out: &std::path::Path,
) -> Result<evidence::model::Folder, Trouble> {
    let part = out.with_extension("zip.part");
    let unwritable = |error: std::io::Error| files::unwritable(out, &error);
    let file = File::create(&part).map_err(unwritable)?;
    let outcome = evidence::write(store, &mut folder, BufWriter::new(file), &mut |_, _| Ok(()));
    let outcome = outcome.map_err(|unfinished| match unfinished {
        Unfinished::Failed(failure) => Trouble::from(failure),
        Unfinished::Stopped => Trouble::from(Failure::Forbidden),
    });
    let kept = outcome.and_then(|()| std::fs::rename(&part, out).map_err(unwritable));
    if kept.is_err() {
        // What was begun helps nobody.
        let _ = std::fs::remove_file(&part);
    }
    kept.map(|()| folder)
}

/// Returns the coordinator of a school: whoever has the server sees what the coordinator sees.
fn coordinator(school: &School, today: chrono::NaiveDate) -> Visitor {
    Visitor {
        user: UserId::from(uuid::Uuid::nil()),
        full_name: String::new(),
        post: String::new(),
        roles: vec![Role::Coordinator],
        school: school.clone(),
        today,
        password_is_temporary: false,
        factor: Standing::Good,
    }
}
