//! `nastavnik people import`: the same reading, comparing and loading as in the browser.

use crate::{
    access::{self, School},
    audit::Author,
    cli::{DataArgs, Trouble, admin::chosen, files, say},
    clock::Clock,
    files::Upload,
    people::{
        self, PeopleImportId,
        import::{
            Counts, Outcome, actions,
            queries::{self, ListRow, Lists},
        },
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
    /// Куда записать незагруженные строки с причинами (.xlsx); исправленный файл загружают снова
    #[arg(long, value_name = "ФАЙЛ")]
    rejected: Option<PathBuf>,
    /// Заменить файл незагруженных строк, если он уже есть
    #[arg(long)]
    overwrite: bool,
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
    if let Some(file) = &args.rejected {
        if files::extension(file) != "xlsx" {
            return Err(Trouble::usage("Незагруженные строки записываются в .xlsx: назовите так файл в --rejected."));
        }
        files::refuse_to_replace(file, args.overwrite)?;
    }
    let files = args.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let data = args.data.join().await?;
    let app = data.app(Clock::system(), false)?;
    let mut tx = app.db.read().await?;
    let school = chosen(access::schools(&mut tx).await?, args.school.as_deref())?;
    drop(tx);
    let year = args.year.unwrap_or_else(|| SchoolYear::containing(app.clock.today(school.zone())));
    let done = import(&app, &school, (year, files), &args).await?;
    if let (Some(file), Some(bytes)) = (&args.rejected, &done.rejected) {
        std::fs::write(file, bytes).map_err(|error| files::unwritable(file, &error))?;
    }
    if args.json {
        say(&as_json(&done, args.dry_run));
    } else {
        say(&as_text(&done, args.dry_run));
    }
    data.db.close().await;
    Ok(())
}

/// What became of the lists.
struct Done {
    lists: Lists,
    /// Rows that were not taken and why, as many as are told.
    troubles: Vec<ListRow>,
    /// All of them as a workbook, if it was asked for.
    rejected: Option<Vec<u8>>,
}

/// Rows whose reasons are told to another program; a person is told fewer.
const TOLD_MAX: i64 = 1_000;

/// Rows whose reasons a person is told.
const SHOWN_MAX: usize = 20;

async fn import(
    app: &App,
    school: &School,
    (year, files): (SchoolYear, Vec<Upload>),
    args: &ImportArgs,
) -> Result<Done, Trouble> {
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
    let troubles = troubles(app, school, id).await?;
    if !args.dry_run {
        lists.summary.0 = actions::load(app, author, id, &[]).await?;
    }
    let wanted = args.rejected.is_some() && !troubles.is_empty();
    let rejected = if wanted { Some(actions::take_leftovers(app, author, id).await?) } else { None };
    if args.dry_run {
        actions::drop_lists(app, author, id).await?;
    }
    Ok(Done { lists, troubles, rejected })
}

/// Returns the rows that are not taken, but for those of whoever must be seen nowhere.
async fn troubles(app: &App, school: &School, id: PeopleImportId) -> Result<Vec<ListRow>, Trouble> {
    let mut tx = app.db.read().await?;
    let mut rows = vec![];
    for outcome in [Outcome::Failed, Outcome::Unclear] {
        rows.extend(queries::rows_of(&mut tx, (school.id, id), outcome, (TOLD_MAX, 0)).await?);
    }
    let withdrawn = people::queries::withdrawn_names(&mut tx, school.id).await?;
    rows.retain(|row| !row.names_any(&withdrawn));
    rows.sort_by_key(|row| row.position);
    Ok(rows)
}

/// Returns the name of the file a row stands in.
fn file_of<'l>(lists: &'l Lists, row: &ListRow) -> &'l str {
    let file = usize::try_from(row.file).ok().and_then(|place| lists.files.0.get(place));
    file.map_or("", |file| file.name.as_str())
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

fn as_text(Done { lists, troubles, .. }: &Done, dry_run: bool) -> String {
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
    lines.extend(
        troubles
            .iter()
            .take(SHOWN_MAX)
            .map(|row| format!("«{}», строка {}: {}", file_of(lists, row), row.line, row.reason)),
    );
    if troubles.len() > SHOWN_MAX {
        lines.push("Остальные причины: --rejected ФАЙЛ.xlsx или --json.".to_owned());
    }
    lines.push(match (dry_run, summary.new + summary.changed) {
        (true, _) => "Ничего не записано: это была проверка (--dry-run).".to_owned(),
        (false, 0) => "Записи не изменились: всё из этих списков уже известно.".to_owned(),
        (false, _) => "Списки загружены.".to_owned(),
    });
    lines.join("\n")
}

fn as_json(Done { lists, troubles, .. }: &Done, dry_run: bool) -> serde_json::Value {
    let summary = &lists.summary.0;
    let counts: serde_json::Map<String, serde_json::Value> =
        counts(summary).into_iter().map(|(_, outcome, count)| (outcome.word().to_owned(), count.into())).collect();
    json!({
        "rows": summary.read,
        "counts": counts,
        "absent": summary.departed.len(),
        "files": lists.files.0,
        "troubles": troubles
            .iter()
            .map(|row| {
                json!({ "file": file_of(lists, row), "line": row.line, "outcome": row.outcome.word(), "reason": row.reason })
            })
            .collect::<Vec<_>>(),
        "dry_run": dry_run,
    })
}
