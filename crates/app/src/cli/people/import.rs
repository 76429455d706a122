//! `nastavnik people import`: the same reading, comparing and loading as in the browser.

use crate::{
    access::{self, School},
    audit::Author,
    cli::{DataArgs, Trouble, admin::chosen, files, say},
    clock::Clock,
    files::Upload,
    people::import::{
        Counts, Outcome, actions,
        queries::{self, Lists},
    },
    school_year::SchoolYear,
    state::App,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What `people import` needs.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Файлы со списками; класс берётся из столбца, строки «Класс: 8А» или имени файла
    #[arg(value_name = "ФАЙЛ", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    data: DataArgs,
    /// Учебный год: 2026 или 2026/27; без ключа — текущий
    #[arg(long, value_name = "ГОД", value_parser = parse_year)]
    year: Option<SchoolYear>,
    /// Краткое название школы; нужно, если школ в базе несколько
    #[arg(long, value_name = "НАЗВАНИЕ")]
    school: Option<String>,
    /// Только сравнить с записями и показать, что изменится: людей не менять
    #[arg(long)]
    dry_run: bool,
    /// Напечатать ответ для другой программы (JSON)
    #[arg(long)]
    json: bool,
}

fn parse_year(text: &str) -> Result<SchoolYear, String> {
    SchoolYear::parse(text).ok_or_else(|| "нужен год вида 2026 или 2026/27".to_owned())
}

/// Reads the lists, compares them with the records and loads what is clear.
pub async fn run(args: ImportArgs) -> Result<(), Trouble> {
    let files = args.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let data = args.data.join().await?;
    let app = data.app(Clock::system(), false)?;
    let mut tx = app.db.read().await?;
    let school = chosen(access::schools(&mut tx).await?, args.school.as_deref())?;
    drop(tx);
    let year = args.year.unwrap_or_else(|| SchoolYear::containing(app.clock.today(school.zone())));
    let lists = import(&app, &school, (year, files), args.dry_run).await?;
    if args.json {
        say(&as_json(&lists, args.dry_run));
    } else {
        say(&as_text(&lists, args.dry_run));
    }
    data.db.close().await;
    Ok(())
}

async fn import(
    app: &App,
    school: &School,
    (year, files): (SchoolYear, Vec<Upload>),
    dry_run: bool,
) -> Result<Lists, Trouble> {
    let author = Author::system(school);
    let id = actions::begin(app, author, year, &files).await?;
    actions::run(app, school, id, files).await?;
    let mut tx = app.db.read().await?;
    let mut lists = queries::lists(&mut tx, school.id, id).await?;
    drop(tx);
    if lists.summary.0.read == 0 {
        actions::drop_lists(app, author, id).await?;
        let refused = lists.files.0.iter().map(|file| format!("Файл «{}»: {}", file.name, file.refusal));
        return Err(Trouble::new(refused.collect::<Vec<_>>().join(" ")));
    }
    if dry_run {
        actions::drop_lists(app, author, id).await?;
    } else {
        lists.summary.0 = actions::load(app, author, id, &[]).await?;
    }
    Ok(lists)
}

/// Reads a file as if it were uploaded.
fn read(file: &Path) -> Result<Upload, Trouble> {
    Ok(Upload { name: files::name(file), bytes: files::read(file)? })
}

fn counts(counts: &Counts) -> [(&'static str, Outcome, i64); 8] {
    [
        ("Новых", Outcome::New),
        ("Изменённых", Outcome::Changed),
        ("Без изменений", Outcome::Same),
        ("Повторов", Outcome::Repeat),
        ("Неясных", Outcome::Unclear),
        ("Не прочитано", Outcome::Failed),
        ("Не обновляется: согласие отозвано", Outcome::Withdrawn),
        ("Пропущено", Outcome::Noise),
    ]
    .map(|(label, outcome)| (label, outcome, counts.of(outcome)))
}

fn as_text(lists: &Lists, dry_run: bool) -> String {
    let summary = &lists.summary.0;
    let mut lines: Vec<String> = counts(summary)
        .into_iter()
        .filter(|(.., count)| *count > 0)
        .map(|(label, _, count)| format!("{label}: {count}"))
        .collect();
    if !summary.departed.is_empty() {
        lines.push(format!("Нет в списках своих классов: {} (выбытие отмечается в программе)", summary.departed.len()));
    }
    lines.extend(
        lists
            .files
            .0
            .iter()
            .filter(|file| !file.refusal.is_empty())
            .map(|file| format!("«{}»: {}", file.name, file.refusal)),
    );
    lines.push(match (dry_run, summary.new + summary.changed) {
        (true, _) => "Ничего не записано: это была проверка (--dry-run).".to_owned(),
        (false, 0) => "Записи не изменились: всё из этих списков уже известно.".to_owned(),
        (false, _) => "Списки загружены.".to_owned(),
    });
    lines.join("\n")
}

fn as_json(lists: &Lists, dry_run: bool) -> serde_json::Value {
    let summary = &lists.summary.0;
    let counts: serde_json::Map<String, serde_json::Value> =
        counts(summary).into_iter().map(|(_, outcome, count)| (outcome.word().to_owned(), count.into())).collect();
    json!({
        "rows": summary.read,
        "counts": counts,
        "absent": summary.departed.len(),
        "files": lists.files.0,
        "dry_run": dry_run,
    })
}
