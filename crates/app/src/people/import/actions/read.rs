//! Reading the files of an upload, row by row, into the table of rows that wait.

use super::{AT_ONCE, DAYS_KEPT, compare, subject};
use crate::{
    access::{School, SchoolId},
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    files::{Upload, tidy_name},
    people::{
        import::{
            model::{ImportState, ListFile, Outcome, RowPlan},
            queries::{self, ListRow, Lists},
        },
        model::PeopleImportId,
        reading::{ListReader, Seen},
    },
    school_year::SchoolYear,
    state::App,
    worker::{Told, Unread},
};
use chrono::TimeDelta;
use database::Json;

/// Files one upload may have; a school has some sixty classes.
const FILES_MAX: usize = 200;

/// Notes an upload; the reading is [`start`]ed or [`run`] by the caller.
pub async fn begin(app: &App, author: Author<'_>, year: SchoolYear, files: &[Upload]) -> Answer<PeopleImportId> {
    if files.is_empty() || files.len() > FILES_MAX {
        return Err(Failure::Refused("Выберите файлы со списками: от одного до двухсот.".into()));
    }
    let (now, school, id) = (app.clock.now(), author.school_id(), PeopleImportId::fresh());
    let listed: Vec<ListFile> =
        files.iter().map(|file| ListFile { name: tidy_name(&file.name), ..ListFile::default() }).collect();
    let mut tx = app.db.begin().await?;
    queries::forget_lists_before(&mut tx, school, now - TimeDelta::days(DAYS_KEPT)).await?;
    queries::insert_lists(&mut tx, (school, id), (year, &listed), author.user(), now).await?;
    let act = author.act(Event::PeopleListsRead, subject(school));
    audit::record(&mut tx, act.with([Change::fact("Файлов", files.len().to_string())]), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Reads and compares in the background; the handle ends when the upload is ready.
pub fn start(app: &App, school: School, id: PeopleImportId, files: Vec<Upload>) -> tokio::task::JoinHandle<()> {
    // A task of its own does not know who asked for it.
    let app = app.of_school(school.id);
    tokio::spawn(async move {
        if let Err(failure) = run(&app, &school, id, files).await {
            tracing::warn!(%failure, "an upload of lists was not read to its end");
        }
    })
}

/// Reads the files and compares their rows with the records.
pub async fn run(app: &App, school: &School, id: PeopleImportId, files: Vec<Upload>) -> Answer<()> {
    let mut tx = app.db.read().await?;
    let lists = queries::lists(&mut tx, school.id, id).await?;
    let remembered = queries::columns(&mut tx, school.id).await?.into_iter().collect();
    drop(tx);
    let mut reading =
        Reading { app, school: school.id, lists, reader: ListReader::new(remembered), rows: vec![], position: 0 };
    for (place, file) in files.into_iter().enumerate() {
        reading.file(place, file).await?;
    }
    reading.lists.state = ImportState::Comparing;
    reading.keep().await?;
    compare(app, school, id).await
}

/// An upload while it is read.
struct Reading<'a> {
    app: &'a App,
    school: SchoolId,
    lists: Lists,
    reader: ListReader,
    rows: Vec<ListRow>,
    position: i64,
}

impl Reading<'_> {
    async fn file(&mut self, place: usize, file: Upload) -> Answer<()> {
        let before = self.position;
        let name = tidy_name(&file.name);
        self.reader.file(place, &name);
        let refusal = match self.app.worker.read_rows(&name, file.bytes).await {
            Ok(mut rows) => loop {
                match rows.next().await {
                    Ok(Some(told)) => {
                        if let Err(why) = self.told(place, told).await? {
                            break why;
                        }
                    }
                    Ok(None) => break String::new(),
                    Err(unread) => break sentence(&unread),
                }
            },
            Err(unread) => sentence(&unread),
        };
        let read = self.position - before;
        let no_header =
            "В файле не нашлось шапки: нужна строка со словами «ФИО», «Дата рождения», «Класс» или «Должность».";
        if let Some(listed) = self.lists.files.0.get_mut(place) {
            listed.rows = read;
            listed.refusal = if refusal.is_empty() && read == 0 { no_header.to_owned() } else { refusal };
        }
        Ok(())
    }

    /// Takes what the child says; the inner error ends the file.
    async fn told(&mut self, place: usize, told: Told) -> Answer<Result<(), String>> {
        match told {
            Told::File(name) => self.reader.file(place, &name),
            Told::Sheet(title) => self.reader.sheet(&title),
            Told::Row(line, cells) => {
                let Some(seen) = self.reader.line(&cells) else {
                    return Ok(Err("В файле слишком много разных шапок: разделите его.".to_owned()));
                };
                self.seen(place, line, cells, seen);
            }
            Told::Unreadable(_) | Told::End => {}
        }
        if self.rows.len() >= usize::try_from(AT_ONCE).unwrap_or(1) && !self.keep().await? {
            return Ok(Err("Загрузка отменена.".to_owned()));
        }
        Ok(Ok(()))
    }

    fn seen(&mut self, place: usize, line: u64, noise: Vec<String>, seen: Seen) {
        let (outcome, reason, section, cells) = match seen {
            Seen::Heading => return,
            Seen::Noise(why) => (Outcome::Noise, why.to_owned(), self.reader.sections.len().saturating_sub(1), noise),
            Seen::Person { section, cells } => (Outcome::Read, String::new(), section, cells),
        };
        // Noise is counted and shown by its place; what stood in it is not kept.
        let cells = if outcome == Outcome::Noise { vec![] } else { cells };
        self.position += 1;
        self.lists.summary.0.read += 1;
        self.rows.push(ListRow {
            position: self.position,
            file: i64::try_from(place).unwrap_or(0),
            section: i64::try_from(section).unwrap_or(0),
            line: i64::try_from(line).unwrap_or(0),
            cells: Json(cells),
            outcome,
            reason,
            person_id: None,
            plan: Json(RowPlan::default()),
            choice: String::new(),
        });
    }

    /// Writes the rows read so far and how far it is; `false` when the upload was dropped meanwhile.
    async fn keep(&mut self) -> Answer<bool> {
        self.lists.sections.0.clone_from(&self.reader.sections);
        let mut tx = self.app.db.begin().await?;
        if !queries::save_lists(&mut tx, self.school, &self.lists, self.app.clock.now()).await? {
            return Ok(false);
        }
        queries::put_rows(&mut tx, (self.school, self.lists.id), &self.rows).await?;
        tx.commit().await?;
        self.rows.clear();
        Ok(true)
    }
}

/// The sentence of the reading process, without the advice that belongs to road maps.
fn sentence(unread: &Unread) -> String {
    match unread {
        Unread::TooSlow => "Файл читается слишком долго: разделите его на части.".to_owned(),
        Unread::Refused(sentence) => {
            sentence.replace("нужен .docx, .xlsx или текст с таблицей", "нужен .xlsx, .xls или .csv")
        }
        Unread::Broken | Unread::BrokenScan | Unread::SlowFile | Unread::SlowScan => {
            "Файл не удалось прочитать: он повреждён или слишком сложен. Откройте его в Excel и сохраните заново."
                .to_owned()
        }
    }
}
