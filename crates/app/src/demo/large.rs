//! A school larger than any, to measure pages on: a long road map and years of records.
//!
//! Its people are twice those of the invented school; its rows are those of the built-in road map, over and over. Nothing in it
//! is meant to be read, so the records are written straight and in bulk, one year in one transaction.

use super::{calendar::Calendar, inhabit, people_of, school, school::Staff};
use crate::{
    access::{self, School, Standing, UserId, Visitor},
    audit::{self, Act, Author, Event, Subject, SubjectKind},
    clock::day_in,
    error::{Answer, Failure},
    files::{self, FileId, Upload},
    roadmap::{
        actions::{self, DraftSection},
        model::{DocumentId, NoteId, Origin, Programme, ReadingId, Row, RowId, Snapshot, TaskId},
        queries::{self, NewReading, NewTask},
        template::Template,
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use database::Tx;

/// How large the school is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Rows of the road map of a year.
    pub rows: usize,
    /// School years, the current one among them.
    pub years: i32,
}

/// Weeks of a school year with a snapshot each.
const WEEKS: u64 = 40;

/// Acts in the journal for every row and year.
const ACTS: u64 = 20;

/// How many times over the pupils are there: 1 240 of them, some 800 take part.
const COPIES: usize = 2;

/// Makes the school in an empty database and returns a row of its current year.
pub async fn create(app: &App, size: Size) -> Answer<RowId> {
    let now = app.clock.now();
    let population = people_of(now);
    let mut tx = app.db.begin_alone().await?;
    access::found_installation(&mut tx, now).await?;
    school::found(&mut tx, &population, &app.hasher, now).await?;
    inhabit(&mut tx, population.year, (now, now), COPIES).await?;
    let school = access::school(&mut tx, school::id()).await?;
    let users = access::users_of(&mut tx, school.id).await?;
    let coordinator = users.iter().find(|user| user.login == Staff::Coordinator.login()).ok_or(Failure::NotFound)?;
    let upload = Upload { name: "Приказ.txt".into(), bytes: "Приказ об утверждении".into() };
    let file = app.files.keep(&upload, now).await.map_err(|error| Failure::unforeseen(&error))?;
    files::insert(&mut tx, school.id, &file, Some(coordinator.id)).await?;
    tx.commit().await?;

    let today = day_in(now, school.zone());
    let visitor = Visitor {
        user: coordinator.id,
        full_name: coordinator.full_name.clone(),
        post: coordinator.post.clone(),
        roles: coordinator.roles(),
        school: school.clone(),
        today,
        password_is_temporary: false,
        factor: Standing::Good,
    };
    let mut row = None;
    for year in years_until(population.year, size.years) {
        let scale = Scale { school: &school, by: coordinator.id, name: &coordinator.full_name, file: file.id, today };
        let programme = scale.year(app, year, size.rows).await?;
        if year != population.year {
            actions::seal(app, &visitor, programme.id, false).await?;
        }
        let mut tx = app.db.read().await?;
        row = queries::rows(&mut tx, school.id, programme.id).await?.get(size.rows / 2).map(|row| row.id);
    }
    row.ok_or(Failure::NotFound)
}

/// Returns so many school years up to the current one, the oldest first.
fn years_until(current: SchoolYear, count: i32) -> impl Iterator<Item = SchoolYear> {
    (0..count).rev().filter_map(move |back| SchoolYear::starting_in(current.start_year() - back))
}

/// What every record of the school needs.
struct Scale<'a> {
    school: &'a School,
    by: UserId,
    name: &'a str,
    file: FileId,
    today: NaiveDate,
}

impl Scale<'_> {
    /// Writes a whole year up to today.
    async fn year(&self, app: &App, year: SchoolYear, rows: usize) -> Answer<Programme> {
        let template = Template::built_in().map_err(|error| Failure::unforeseen(error))?;
        let (author, begun) = (Author::system(self.school), at(Calendar(year).in_august_before(31)));
        let mut tx = app.db.begin_alone().await?;
        let facts = (year, template.title.clone(), Origin::Template);
        let id = actions::adopt_draft(&mut tx, author, facts, &repeated(template, year, rows), begun).await?;
        let draft = queries::programme(&mut tx, self.school.id, id).await?;
        actions::start_draft(&mut tx, author, &draft, begun).await?;
        for row in queries::rows(&mut tx, self.school.id, id).await? {
            self.records(&mut tx, year, &row).await?;
            self.closing(&mut tx, row).await?;
        }
        let programme = queries::programme(&mut tx, self.school.id, id).await?;
        tx.commit().await?;
        Ok(programme)
    }

    /// Writes what people and the program leave behind one row in a year.
    async fn records(&self, tx: &mut Tx, year: SchoolYear, row: &Row) -> Answer<()> {
        let key = (self.school.id, row.id);
        let days = |count: u64, every: u64| {
            let days = (0..count).map(move |step| year.first_day() + Days::new(step * every + 1));
            days.filter(|day| *day < self.today)
        };
        for (number, day) in (1..).zip(days(10, 28)) {
            for rule in &row.rules.0 {
                let (denominator, parts) = (Some(20), vec![]);
                let (id, measure, source) = (ReadingId::fresh(), rule.measure.clone(), "Журнал учёта".to_owned());
                let new = NewReading { id, measure, as_of: day, numerator: number, denominator, parts, source };
                queries::insert_reading(tx, key, &new, self.by, at(day)).await?;
            }
            queries::insert_note(tx, key, (NoteId::fresh(), "Сверено со списками классов."), self.by, at(day)).await?;
        }
        for (number, day) in (0..).zip(days(WEEKS, 7)) {
            for rule in &row.rules.0 {
                let (measure, denominator) = (rule.measure.clone(), Some(WEEKS.cast_signed()));
                let shot =
                    Snapshot { row_id: row.id, measure, taken_on: day, numerator: number, denominator, is_met: false };
                queries::upsert_snapshot(tx, self.school.id, &shot).await?;
            }
        }
        for day in days(3, 70) {
            let (due_on, user) = (Some(day + Days::new(14)), Some(self.by));
            let new = NewTask { id: TaskId::fresh(), text: "Собрать подписи".into(), due_on, user };
            queries::insert_task(tx, key, &new, self.by, at(day)).await?;
            let document = DocumentId::fresh();
            queries::insert_document(tx, key, (document, "Приказ об утверждении"), at(day)).await?;
            for _ in 0..2 {
                queries::add_version(tx, key, (document, self.file), self.by, at(day)).await?;
            }
        }
        for day in days(ACTS, 14) {
            let subject = Subject { kind: SubjectKind::Row, id: Some(row.id.uuid()), name: row.caption() };
            let act = Act::of_system(self.school.id, Event::ReadingEntered, subject);
            let act = Act { actor: Some(self.by), actor_name: self.name.to_owned(), ..act };
            audit::record(tx, act, at(day)).await?;
        }
        Ok(())
    }

    /// Confirms two rows of three whose term is over.
    async fn closing(&self, tx: &mut Tx, mut row: Row) -> Answer<()> {
        let Some(due) = row.due_on.filter(|due| *due < self.today && row.position % 3 != 0) else { return Ok(()) };
        row.done_on = Some(due);
        row.confirmed_at = Some(at(due));
        row.confirmed_by = Some(self.by);
        queries::update_row(tx, self.school.id, &row).await?;
        Ok(())
    }
}

/// Returns the built-in road map with its rows repeated until there are enough.
fn repeated(template: &Template, year: SchoolYear, rows: usize) -> Vec<DraftSection> {
    let mut sections = actions::draft_of_template(template, year);
    let originals: Vec<_> = sections.iter().map(|section| section.rows.clone()).collect();
    let mut left = rows;
    for section in &mut sections {
        section.rows.clear();
    }
    for (round, place) in (0..).flat_map(|round| (0..originals.len()).map(move |place| (round, place))) {
        for row in &originals[place] {
            if left == 0 {
                return sections;
            }
            let number = format!("{}.{}", sections[place].number, sections[place].rows.len() + 1);
            let title =
                if round == 0 { row.title.clone() } else { format!("{} (часть {})", row.title, round + 1) };
            sections[place].rows.push(actions::DraftRow { number, title, ..row.clone() });
            left -= 1;
        }
    }
    sections
}

fn at(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_long_road_map_has_as_many_rows_as_asked_for_and_no_number_twice() {
        let year = SchoolYear::starting_in(2026).unwrap();
        for rows in [1, 31, 200] {
            let sections = repeated(Template::built_in().unwrap(), year, rows);
            let numbers: BTreeSet<_> =
                sections.iter().flat_map(|section| &section.rows).map(|row| &row.number).collect();
            assert_eq!(numbers.len(), rows);
        }
    }

    #[test]
    fn years_end_with_the_current_one() {
        let current = SchoolYear::starting_in(2026).unwrap();
        let years: Vec<i32> = years_until(current, 3).map(SchoolYear::start_year).collect();
        assert_eq!(years, [2024, 2025, 2026]);
    }
}
