//! The stage: who acts, on which rows, at what moment.

use super::deed::{Act, Deed};
use crate::{
    access::{School, Standing, User, Visitor},
    clock::{Clock, day_in},
    demo::{papers, records::Records, school::Staff},
    error::{Answer, Failure},
    roadmap::{
        actions::{self, EditedRow},
        board::{Board, BoardRow},
        model::{DocumentId, NoteId, Programme, ProgrammeId, ReadingId, Responsible, RowId, TaskId},
        queries,
        queries::{NewReading, NewResponsible, NewTask},
    },
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use std::collections::HashMap;

/// A school year of the invented school with the people who act in it.
pub struct Stage<'a> {
    pub app: &'a App,
    pub school: &'a School,
    pub records: Records,
    users: &'a [User],
    rows: HashMap<String, RowId>,
}

/// When work begins, and how many minutes pass from deed to deed.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 30, 0).unwrap();
const PACE: i32 = 6;

impl<'a> Stage<'a> {
    pub fn set(app: &'a App, school: &'a School, users: &'a [User], records: Records) -> Self {
        Self { app, school, records, users, rows: HashMap::new() }
    }

    /// Learns which row stands behind a number.
    pub async fn learn_rows(&mut self, programme: ProgrammeId) -> Answer<()> {
        let mut tx = self.app.db.read().await?;
        let rows = queries::rows(&mut tx, self.school.id, programme).await?;
        self.rows = rows.into_iter().map(|row| (row.number, row.id)).collect();
        Ok(())
    }

    /// Returns the programme of a year, if there is one.
    pub async fn programme(&self, year: SchoolYear) -> Answer<Option<Programme>> {
        let mut tx = self.app.db.read().await?;
        Ok(queries::programme_of_year(&mut tx, self.school.id, year).await?)
    }

    /// Tells whether the posts of a programme have been given to people.
    pub async fn has_posts(&self, programme: ProgrammeId) -> Answer<bool> {
        let mut tx = self.app.db.read().await?;
        Ok(!queries::posts(&mut tx, self.school.id, programme).await?.is_empty())
    }

    /// Returns the moment of the deed in a place of a day's order.
    pub fn moment(&self, day: NaiveDate, order: u32) -> DateTime<Utc> {
        let time = day.and_time(MORNING) + TimeDelta::minutes(i64::from(PACE) * i64::from(order));
        let zone = self.school.zone();
        zone.from_local_datetime(&time).earliest().map_or_else(|| time.and_utc(), |local| local.to_utc())
    }

    pub fn user(&self, who: Staff) -> Answer<&User> {
        self.users.iter().find(|user| user.login == who.login()).ok_or(Failure::NotFound)
    }

    /// Returns the program at a moment and somebody who uses it then.
    pub fn at(&self, who: Staff, at: DateTime<Utc>) -> Answer<(App, Visitor)> {
        let user = self.user(who)?;
        let visitor = Visitor {
            user: user.id,
            full_name: user.full_name.clone(),
            post: user.post.clone(),
            roles: user.roles(),
            school: self.school.clone(),
            today: day_in(at, self.school.zone()),
            password_is_temporary: false,
            factor: Standing::Good,
        };
        Ok((App { clock: Clock::fixed(at), ..self.app.clone() }, visitor))
    }

    /// Does what a deed says at a moment.
    pub async fn perform(&self, deed: &Deed, at: DateTime<Utc>) -> Answer<()> {
        let (app, visitor) = self.at(deed.by, at)?;
        let row = *self.rows.get(deed.row).ok_or(Failure::NotFound)?;
        match deed.act {
            Act::Enter { measure, source } => self.enter(&app, &visitor, row, (measure, source)).await,
            Act::Attach(title) => {
                let upload = papers::upload(title, &self.paper_facts(&visitor, row).await?)?;
                actions::add_document(&app, &visitor, row, (DocumentId::fresh(), title), &upload).await
            }
            Act::Replace(title) => self.replace(&app, &visitor, row, title).await,
            Act::Task { text, due_in_days, to } => {
                let due_on = Some(visitor.today + Days::new(u64::from(due_in_days)));
                let new = NewTask { id: TaskId::fresh(), text: text.to_owned(), due_on, user: Some(self.user(to)?.id) };
                actions::add_task(&app, &visitor, row, &new).await
            }
            Act::FinishTask(text) => self.finish_task(&app, &visitor, row, text).await,
            Act::Note(text) => actions::add_note(&app, &visitor, row, (NoteId::fresh(), text)).await,
            Act::Confirm => confirm(&app, &visitor, row, "").await,
            Act::ConfirmAnyway(reason) => confirm(&app, &visitor, row, reason).await,
            Act::Accept => actions::accept(&app, &visitor, row).await,
            Act::SendBack(reason) => actions::send_back(&app, &visitor, row, reason).await,
            Act::Cancel(reason) => actions::cancel(&app, &visitor, row, reason).await,
            Act::Until { days } => {
                let until = visitor.today + Days::new(u64::from(days));
                self.set_term(&app, &visitor, row, format!("до {}", words::long_date(until))).await
            }
            Act::UntilNextSeptember => {
                let year = self.records.population.year.end_year();
                self.set_term(&app, &visitor, row, format!("Сентябрь {year}")).await
            }
        }
    }

    async fn enter(&self, app: &App, visitor: &Visitor, row: RowId, (measure, source): (&str, &str)) -> Answer<()> {
        let figure = self.records.figure(measure, visitor.today).ok_or(Failure::NotFound)?;
        let new = NewReading {
            id: ReadingId::fresh(),
            measure: measure.to_owned(),
            as_of: visitor.today,
            numerator: figure.numerator,
            denominator: figure.denominator,
            parts: figure.parts,
            source: source.to_owned(),
        };
        actions::enter_reading(app, visitor, row, &new).await
    }

    async fn replace(&self, app: &App, visitor: &Visitor, row: RowId, title: &str) -> Answer<()> {
        let mut tx = app.db.read().await?;
        let documents = queries::documents(&mut tx, self.school.id, row).await?;
        drop(tx);
        let document = documents.iter().find(|version| version.title == title).ok_or(Failure::NotFound)?;
        let upload = papers::upload(title, &self.paper_facts(visitor, row).await?)?;
        actions::replace_document(app, visitor, row, document.document_id, &upload).await
    }

    async fn finish_task(&self, app: &App, visitor: &Visitor, row: RowId, text: &str) -> Answer<()> {
        let mut tx = app.db.read().await?;
        let tasks = queries::tasks(&mut tx, self.school.id, row).await?;
        drop(tx);
        let task = tasks.iter().find(|task| task.text == text).ok_or(Failure::NotFound)?;
        actions::finish_task(app, visitor, row, task.id).await
    }

    async fn set_term(&self, app: &App, visitor: &Visitor, row: RowId, text: String) -> Answer<()> {
        let BoardRow { row: before, responsibles, .. } = self.board_row(visitor, row).await?;
        let responsible = |one: Responsible| NewResponsible {
            label: one.label,
            post: one.post,
            user: one.user_id.filter(|_| one.is_personal),
        };
        let edited = EditedRow {
            version: before.version,
            number: before.number,
            title: before.title,
            term_text: text,
            expected_result: before.expected_result,
            document_kind: before.document_kind,
            indicator_text: before.indicator_text,
            rules: before.rules.0,
            responsibles: responsibles.into_iter().map(responsible).collect(),
        };
        actions::edit(app, visitor, row, &edited).await
    }

    async fn board_row(&self, visitor: &Visitor, id: RowId) -> Answer<BoardRow> {
        let mut tx = self.app.db.read().await?;
        let row = queries::row(&mut tx, self.school.id, id).await?;
        let programme = queries::programme(&mut tx, self.school.id, row.programme_id).await?;
        let board = Board::load(&mut tx, self.school, programme, visitor.today).await?;
        board.rows.into_iter().find(|row| row.row.id == id).ok_or(Failure::NotFound)
    }

    async fn paper_facts(&self, visitor: &Visitor, row: RowId) -> Answer<papers::Facts<'_>> {
        let row = self.board_row(visitor, row).await?;
        Ok(papers::Facts { school: self.school, records: &self.records, row, author: visitor.clone() })
    }
}

/// Confirms a row on the day; a rule that says no stops the play.
async fn confirm(app: &App, visitor: &Visitor, row: RowId, reason: &str) -> Answer<()> {
    Ok(actions::confirm(app, visitor, row, visitor.today, reason).await??)
}
