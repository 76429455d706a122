//! Papers are registered: a number of the journal, a day, and bytes that never change.
//!
//! The files are made before the number is taken, because setting type must not hold the only writer of SQLite: the next
//! number is looked up, the files are made with it, and in the transaction the number is taken if it is still the next.
//! When somebody was quicker it is tried again; at last the files are made within the transaction.

use super::{allow, rows_are_open, subject};
use crate::{
    access::{SchoolId, Visitor},
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    files::{self, NotStored, StoredFile, Upload},
    numbering,
    paperwork::{
        CLOSED,
        journals::{BadNumber, Given, Journal, give},
        kinds,
        model::{Filling, Paper, PaperId},
        own_file,
        queries::{self, NewGap, Registration},
        render,
        state::Cause,
    },
    partners,
    people::Sight,
    state::App,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Json, Tx};

/// How often the files are made before the number is taken.
const TRIES: usize = 3;

/// How a paper is to be registered.
#[derive(Debug, Clone)]
pub struct Wish {
    pub version: i64,
    pub journal: String,
    pub on: NaiveDate,
    /// The next one when absent.
    pub number: Option<i64>,
    /// Why numbers are passed over.
    pub reason: String,
}

/// The files of a registered paper, with the number they say.
struct Made {
    number_text: String,
    input: serde_json::Value,
    docx: StoredFile,
    /// None of a paper in a file of the school.
    pdf: Option<StoredFile>,
}

impl Made {
    fn files(&self) -> impl Iterator<Item = &StoredFile> {
        std::iter::once(&self.docx).chain(&self.pdf)
    }
}

/// Registers a paper and returns its number as it is written.
pub async fn register(app: &App, visitor: &Visitor, id: PaperId, wish: &Wish) -> Answer<String> {
    if wish.on > visitor.today {
        return Err(Failure::Refused("Дата регистрации ещё не наступила.".into()));
    }
    for _ in 0..TRIES {
        let mut tx = app.db.read().await?;
        let ready = Ready::load(&mut tx, visitor, id, wish).await?;
        let last = ready.last_number(&mut tx, visitor).await?;
        drop(tx);
        let given = give(last, wish.number, &wish.reason).map_err(|bad| refused(&bad))?;
        let made = make(app, visitor.school_id(), &ready, (given.number, wish.on)).await?;
        let taken = take(app, visitor, (id, wish), Some(&made)).await;
        if !matches!(taken, Ok(Some(_))) {
            for file in made.files() {
                app.files.forget(file).await;
            }
        }
        if let Some(number) = taken? {
            return Ok(number);
        }
    }
    take(app, visitor, (id, wish), None).await?.ok_or_else(Failure::stale)
}

/// Takes the number, in one transaction; nothing when the files say another one because somebody was quicker.
async fn take(
    app: &App,
    visitor: &Visitor,
    (id, wish): (PaperId, &Wish),
    made: Option<&Made>,
) -> Answer<Option<String>> {
    let (school, now) = (visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let ready = Ready::load(&mut tx, visitor, id, wish).await?;
    if ready.paper.version != wish.version {
        return Err(Failure::stale());
    }
    let journal = (wish.journal.as_str(), ready.year);
    let last = numbering::hold_counter(&mut tx, school, journal).await?;
    let given = give(last, wish.number, &wish.reason).map_err(|bad| refused(&bad))?;
    let own;
    let made = match made {
        Some(made) if made.number_text == ready.journal.written(given.number) => made,
        Some(_) => return Ok(None),
        None => {
            own = make(app, school, &ready, (given.number, wish.on)).await?;
            &own
        }
    };
    note(&mut tx, visitor, (&ready, wish), (given, made), now).await?;
    numbering::set_counter(&mut tx, school, journal, last.max(given.number)).await?;
    tx.commit().await?;
    Ok(Some(made.number_text.clone()))
}

/// Writes everything a registration changes.
async fn note(
    tx: &mut Tx,
    visitor: &Visitor,
    (ready, wish): (&Ready, &Wish),
    (given, made): (Given, &Made),
    now: DateTime<Utc>,
) -> Answer<()> {
    let (school, by) = (visitor.school_id(), Some(visitor.user));
    for file in made.files() {
        files::insert(tx, school, file, by).await?;
    }
    let registration = Registration {
        input: made.input.clone(),
        on: wish.on,
        journal: &wish.journal,
        journal_year: ready.year,
        number: given.number,
        number_text: &made.number_text,
        docx: made.docx.id,
        bytes: made.pdf.as_ref().unwrap_or(&made.docx).id,
    };
    match queries::register(tx, school, &ready.paper, registration).await {
        Ok(true) => {}
        Ok(false) => return Err(Failure::stale()),
        Err(database::Error::Taken(_)) => {
            return Err(Failure::Refused(format!("Номер {} уже занят другим документом.", made.number_text)));
        }
        Err(error) => return Err(error.into()),
    }
    if let Some(numbers) = given.gap {
        let gap = NewGap { journal: &wish.journal, year: ready.year, numbers, reason: wish.reason.trim() };
        queries::insert_gap(tx, school, gap, by, now).await?;
    }
    if let (Some(partner), Some(agreement)) = (ready.paper.partner_id, ready.paper.agreement_id) {
        partners::queries::number_agreement(tx, (school, partner), agreement, (&made.number_text, wish.on)).await?;
    }
    let number = Change::fact("Номер", format!("{} от {}", made.number_text, words::short_date(wish.on)));
    let gap =
        given.gap.map(|(first, last)| Change::fact("Пропущены номера", format!("{first}–{last}: {}", wish.reason)));
    let act = Act::of(visitor, Event::PaperRegistered, subject(&ready.paper)).with([number]).with(gap);
    Ok(audit::record(tx, act, now).await?)
}

/// Makes the files of a paper with a number and a day.
async fn make(app: &App, school: SchoolId, ready: &Ready, (number, on): (i64, NaiveDate)) -> Answer<Made> {
    let known = kinds::traits_of(&ready.paper.kind).ok_or(Failure::NotFound)?;
    let number_text = ready.journal.written(number);
    let input = known.with_registration(ready.filling.input.0.clone(), &number_text, on);
    let filling = Filling { input: Json(input.clone()), ..ready.filling.clone() };
    let name = |extension: &str| format!("{} {}.{extension}", ready.paper.title, number_text.replace(['/', '\\'], "-"));
    let docx = own_file::docx(app, school, &ready.paper, &filling).await?;
    let pdf = if ready.paper.is_in_own_file() {
        None
    } else {
        let bytes = render::pdf_of(vec![render::document(&ready.paper, &filling)?], on).await?;
        Some(kept(app, &Upload { name: name("pdf"), bytes }).await?)
    };
    let docx = kept(app, &Upload { name: name("docx"), bytes: docx }).await?;
    Ok(Made { number_text, input, docx, pdf })
}

async fn kept(app: &App, upload: &Upload) -> Answer<StoredFile> {
    app.files.keep(upload, app.clock.now()).await.map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })
}

fn refused(bad: &BadNumber) -> Failure {
    Failure::Refused(bad.to_string())
}

/// A paper that may be registered, with its journal.
struct Ready {
    paper: Paper,
    filling: Filling,
    journal: Journal,
    year: i64,
}

impl Ready {
    async fn load(tx: &mut Tx, visitor: &Visitor, id: PaperId, wish: &Wish) -> Answer<Self> {
        let school = visitor.school_id();
        let paper = queries::paper(tx, Sight::of(visitor)?, id).await?;
        if kinds::is_consent(&paper.kind) {
            return Err(Failure::Refused("Согласия не регистрируют в журнале: их подписывают и хранят.".into()));
        }
        if paper.is_closed {
            return Err(Failure::Refused(CLOSED.into()));
        }
        allow(&paper, Cause::Registered)?;
        rows_are_open(tx, school, &paper).await?;
        let filling = queries::filling(tx, school, id).await?;
        let journals = queries::journals(tx, school).await?;
        let journal = journals.into_iter().find(|journal| journal.journal == wish.journal);
        let journal = journal.ok_or_else(|| Failure::Refused("Такого журнала нет: выберите из списка.".into()))?;
        let year = journal.year_of(wish.on);
        Ok(Self { paper, filling, journal, year })
    }

    /// Returns the last number given, without holding it.
    async fn last_number(&self, tx: &mut Tx, visitor: &Visitor) -> Answer<i64> {
        let all = queries::last_numbers(tx, visitor.school_id()).await?;
        let found = all.into_iter().find(|(journal, year, _)| *journal == self.journal.journal && *year == self.year);
        Ok(found.map_or(0, |(.., last)| last))
    }
}
