//! The year of the invented school, played up to yesterday by its people.
//!
//! Everything is done through the same actions as on the pages, with a clock that stands at the moment of the deed; so
//! the journal, the snapshots and the states are what they would be had people worked. Numbers come from [`Records`].
//!
//! Each deed is one transaction that leaves a line in the journal, and no two deeds share a moment. A play that was cut
//! off therefore goes on after the last line of the journal, and a finished one has nothing left to do.

mod autumn;
mod deed;
mod later;
mod nearby;
mod past;
mod stage;

use super::{calendar::Calendar, paperwork, records::Records, school::Staff};
use crate::{
    access, audit,
    error::Answer,
    roadmap::{
        actions,
        model::{Programme, ProgrammeState},
        snapshots,
        template::Post,
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc};
use deed::{Act, Deed};
pub use stage::Stage;

/// Posts of the programme that one person holds; the others are roles of many.
const POSTS: [(Post, Staff); 7] = [
    (Post::Coordinator, Staff::Coordinator),
    (Post::Head, Staff::Head),
    (Post::Deputy, Staff::Deputy),
    (Post::Methodist, Staff::Methodist),
    (Post::Psychologist, Staff::Psychologist),
    (Post::SocialPedagogue, Staff::SocialPedagogue),
    (Post::MethodicalUnionHead, Staff::UnionHead),
];

/// Deeds by day, in the order in which they are done.
type Script = Vec<(NaiveDate, Deed)>;

/// Returns the moment at which the school came into the program: before the preparation of last year.
pub fn founding(current: SchoolYear) -> DateTime<Utc> {
    let day = Calendar(current.previous()).in_august_before(20);
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// Plays last year to its end and the current one up to the day before `as_of`.
pub async fn play(app: &App, as_of: DateTime<Utc>) -> Answer<()> {
    let mut tx = app.db.read().await?;
    let school = access::school(&mut tx, super::school::id()).await?;
    let users = access::users_of(&mut tx, school.id).await?;
    drop(tx);
    let today = crate::clock::day_in(as_of, school.zone());
    let current = SchoolYear::containing(today);
    for year in [current.previous(), current] {
        let mut stage = Stage::set(app, &school, &users, Records::of(year, current));
        let programme = prepared(&stage, year).await?;
        if programme.state == ProgrammeState::Sealed {
            continue;
        }
        stage.learn_rows(programme.id).await?;
        if year == current {
            perform(&stage, current_script(Calendar(year), today), Some(today)).await?;
            Box::pin(paperwork::make(&stage, Calendar(year), today)).await?;
        } else {
            perform(&stage, past::script(&stage.records), None).await?;
            let (app, coordinator) = stage.at(Staff::Coordinator, stage.moment(Calendar(year).on(8, 20), 0))?;
            actions::seal(&app, &coordinator, programme.id, true).await?;
        }
    }
    Ok(())
}

/// Returns the programme of a year, prepared and started in the August before it.
async fn prepared(stage: &Stage<'_>, year: SchoolYear) -> Answer<Programme> {
    let calendar = Calendar(year);
    let by_coordinator = |day, order| stage.at(Staff::Coordinator, stage.moment(calendar.in_august_before(day), order));
    if stage.programme(year).await?.is_none() {
        let (app, coordinator) = by_coordinator(26, 0)?;
        actions::start_from_template(&app, &coordinator, year).await?;
    }
    let Some(programme) = stage.programme(year).await? else { return Err(crate::error::Failure::NotFound) };
    if programme.state == ProgrammeState::Draft {
        if !stage.has_posts(programme.id).await? {
            let (app, coordinator) = by_coordinator(27, 1)?;
            let holders = POSTS.map(|(post, who)| Ok((post.key().to_owned(), Some(stage.user(who)?.id))));
            let holders = holders.into_iter().collect::<Answer<Vec<_>>>()?;
            actions::name_posts(&app, &coordinator, programme.id, &holders).await?;
        }
        let (app, coordinator) = by_coordinator(31, 2)?;
        actions::start(&app, &coordinator, programme.id).await?;
    }
    stage.programme(year).await?.ok_or(crate::error::Failure::NotFound)
}

/// Returns what people do before today.
fn current_script(calendar: Calendar, today: NaiveDate) -> Script {
    let lines = [autumn::SEPTEMBER, autumn::OCTOBER, autumn::NOVEMBER, later::WINTER, later::SPRING].concat();
    let mut script: Script = vec![(calendar.in_august_before(31), MISTAKEN_TERM)];
    script.extend(lines.into_iter().map(|(month, day, deed)| (calendar.on(month, day), deed)));
    script.extend(nearby::script(calendar, today));
    script.retain(|(day, _)| *day < today);
    script.sort_by_key(|(day, _)| *day);
    script
}

/// The slip of the source, to be corrected with one click: the row is dated after the end of its year.
const MISTAKEN_TERM: Deed = Deed { row: "4.4", by: Staff::Coordinator, act: Act::UntilNextSeptember };

/// Performs the deeds that the journal does not know yet; with `today`, also keeps the numbers of every Monday before it.
async fn perform(stage: &Stage<'_>, script: Script, today: Option<NaiveDate>) -> Answer<()> {
    let done_until = journal_end(stage).await?;
    let mut monday = script.first().map(|(day, _)| next_monday(*day));
    let mut order = (NaiveDate::MIN, 0);
    for (day, deed) in script {
        while today.is_some() && monday.is_some_and(|monday| monday <= day) {
            monday = keep_numbers(stage, monday, done_until).await?;
        }
        order = (day, if order.0 == day { order.1 + 1 } else { FIRST_DEED });
        let at = stage.moment(day, order.1);
        if done_until.is_none_or(|done| at > done) {
            stage.perform(&deed, at).await.inspect_err(|error| {
                tracing::error!(%day, row = deed.row, ?deed.act, %error, "a deed of the invented school is refused");
            })?;
        }
    }
    while monday.zip(today).is_some_and(|(monday, today)| monday < today) {
        monday = keep_numbers(stage, monday, done_until).await?;
    }
    Ok(())
}

/// The first places of a day belong to the preparation of the year.
const FIRST_DEED: u32 = 4;

/// Keeps the numbers of a Monday, as the running program does every day, and returns the next one.
async fn keep_numbers(
    stage: &Stage<'_>,
    monday: Option<NaiveDate>,
    done_until: Option<DateTime<Utc>>,
) -> Answer<Option<NaiveDate>> {
    let Some(monday) = monday else { return Ok(None) };
    let at = stage.moment(monday, 0);
    if done_until.is_none_or(|done| at > done) {
        snapshots::keep_today(&stage.at(Staff::Coordinator, at)?.0).await?;
    }
    Ok(Some(next_monday(monday)))
}

fn next_monday(day: NaiveDate) -> NaiveDate {
    day + Days::new(u64::from(7 - day.weekday().num_days_from_monday()))
}

/// Returns the moment of the newest deed the journal knows.
async fn journal_end(stage: &Stage<'_>) -> Answer<Option<DateTime<Utc>>> {
    let mut tx = stage.app.db.read().await?;
    let newest = audit::since(&mut tx, stage.school.id, DateTime::UNIX_EPOCH, "roadmap.", 1).await?;
    Ok(newest.first().map(|entry| entry.at))
}

#[cfg(test)]
mod tests;
