//! Papers of the invented school in every state: orders registered and amended, an act that waits for its signature,
//! blanks of a class on their way home, a list nobody needed.
//!
//! Every step looks first whether it was taken: a making that was cut off goes on where it stopped.

use super::{calendar::Calendar, school::Staff, year::Stage};
use crate::{
    access::Visitor,
    consents::queries as consents,
    error::{Answer, Failure},
    files::Upload,
    paperwork::{
        Draft, Format, PaperId,
        actions::{self, Wish},
        kinds,
        model::Paper,
        queries, sources,
        state::State,
    },
    people::Sight,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Blanks that were printed: enough for a page of the list.
const BLANKS: usize = 12;

/// Makes the papers of the year up to the day of the stage.
pub async fn make(stage: &Stage<'_>, calendar: Calendar, today: NaiveDate) -> Answer<()> {
    let office = Office { stage, calendar, today };
    let order = office.made("introduction-order", "introduction", (9, 2)).await?;
    let Some(order) = order else { return Ok(()) };
    if !office.prints(order).await? {
        tracing::warn!("the program has no fonts: the invented school has no papers");
        return Ok(());
    }
    office.printed(order, (9, 2)).await?;
    office.signed(order, (9, 3)).await?;
    office.registered(order, (9, 3), Some((112, "приказы начала учебного года вне программы"))).await?;
    if let Some(act) = office.made("accessibility-act", "accessibility", (10, 6)).await? {
        office.printed(act, (10, 6)).await?;
        office.signed(act, (10, 7)).await?;
        office.registered(act, (10, 7), None).await?;
    }
    office.amended(order, (10, 12)).await?;
    if let Some(list) = office.made("potential-mentors", "potential", (10, 14)).await? {
        office.cancelled(list, (10, 15), "составлен дважды").await?;
    }
    if let Some(base) = office.made("mentee-base", "mentees", (10, 29)).await? {
        office.printed(base, (10, 29)).await?;
        office.signed(base, (10, 30)).await?;
    }
    if let Some(minutes) = office.made("council-minutes", "minutes", (11, 5)).await? {
        office.registered(minutes, (11, 5), None).await?;
    }
    if let Some(registry) = office.made("registry", "registry", (11, 10)).await? {
        office.printed(registry, (11, 10)).await?;
    }
    office.made("mentor-base", "mentors", (11, 18)).await?;
    office.blanks((11, 12)).await
}

/// Who makes the papers, of which year, up to which day.
struct Office<'a> {
    stage: &'a Stage<'a>,
    calendar: Calendar,
    today: NaiveDate,
}

/// A day of the school year: month and day of the month.
type On = (u32, u32);

impl Office<'_> {
    /// Returns somebody at work on a day; nothing when the day is not over.
    fn at(&self, who: Staff, (month, day): On, order: u32) -> Answer<Option<(App, Visitor)>> {
        let day = self.calendar.on(month, day);
        if day >= self.today {
            return Ok(None);
        }
        let moment: DateTime<Utc> = self.stage.moment(day, 60 + order);
        self.stage.at(who, moment).map(Some)
    }

    async fn seen(&self, visitor: &Visitor, id: PaperId) -> Answer<Paper> {
        let mut tx = self.stage.app.db.read().await?;
        Ok(queries::paper(&mut tx, Sight::of(visitor)?, id).await?)
    }

    /// Makes a paper out of records; nothing when the day is not over or the records do not make one yet.
    async fn made(&self, kind: &str, name: &str, on: On) -> Answer<Option<PaperId>> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, on, 0)? else { return Ok(None) };
        let id = id_of(name, self.calendar);
        let mut tx = app.db.read().await?;
        let built = sources::of_records(&mut tx, &visitor, kind).await?;
        drop(tx);
        let Ok(draft) = built else { return Ok(None) };
        actions::draft(&app, &visitor, &Draft { id, ..draft }).await?;
        Ok(Some(id))
    }

    /// Tells whether the program can set type.
    async fn prints(&self, id: PaperId) -> Answer<bool> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, (9, 2), 1)? else { return Ok(false) };
        let mut tx = app.db.read().await?;
        let paper = queries::paper(&mut tx, Sight::of(&visitor)?, id).await?;
        let filling = queries::filling(&mut tx, visitor.school_id(), id).await?;
        let document = crate::paperwork::document(&paper, &filling)?;
        match crate::paperwork::pdf_of(vec![document], visitor.today).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    async fn printed(&self, id: PaperId, on: On) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, on, 2)? else { return Ok(()) };
        actions::mark_printed(&app, &visitor, id).await
    }

    /// Files a copy: the paper itself stands for its scan.
    async fn signed(&self, id: PaperId, on: On) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Head, on, 3)? else { return Ok(()) };
        if self.seen(&visitor, id).await?.scan_id.is_some() {
            return Ok(());
        }
        let mut tx = app.db.read().await?;
        let paper = queries::paper(&mut tx, Sight::of(&visitor)?, id).await?;
        let filling = queries::filling(&mut tx, visitor.school_id(), id).await?;
        drop(tx);
        let document = crate::paperwork::document(&paper, &filling)?;
        let bytes = crate::paperwork::pdf_of(vec![document], visitor.today).await?;
        let upload = Upload { name: format!("Скан.{}", Format::Pdf.extension()), bytes };
        actions::attach_scan(&app, &visitor, id, (&upload, visitor.today)).await
    }

    async fn registered(&self, id: PaperId, on: On, number: Option<(i64, &str)>) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Head, on, 4)? else { return Ok(()) };
        let paper = self.seen(&visitor, id).await?;
        if paper.registered_on.is_some() {
            return Ok(());
        }
        let wish = Wish {
            version: paper.version,
            journal: kinds::traits_of(&paper.kind).map_or("", |known| known.journal).to_owned(),
            on: visitor.today,
            number: number.map(|(number, _)| number),
            reason: number.map_or("", |(_, reason)| reason).to_owned(),
        };
        actions::register(&app, &visitor, id, &wish).await.map(|_| ())
    }

    async fn cancelled(&self, id: PaperId, on: On, reason: &str) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, on, 5)? else { return Ok(()) };
        let paper = self.seen(&visitor, id).await?;
        if paper.state() == State::Cancelled {
            return Ok(());
        }
        actions::cancel(&app, &visitor, (id, paper.version), reason).await
    }

    /// Adds a working group to the order of September by another order.
    async fn amended(&self, order: PaperId, on: On) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, on, 0)? else { return Ok(()) };
        let id = id_of("amendment", self.calendar);
        let mut tx = app.db.read().await?;
        let paper = queries::paper(&mut tx, Sight::of(&visitor)?, order).await?;
        let filling = queries::filling(&mut tx, visitor.school_id(), order).await?;
        drop(tx);
        let mut draft =
            crate::paperwork::amendment(&paper, filling.input.0, self.calendar.0).map_err(Failure::Refused)?;
        let group = [Staff::Deputy, Staff::Psychologist, Staff::Methodist].map(|who| self.stage.user(who));
        let group = group.into_iter().collect::<Answer<Vec<_>>>()?;
        let group = group.iter().map(|user| serde_json::json!({ "post": user.post, "name": user.full_name }));
        draft.input["group"] = group.collect();
        actions::draft(&app, &visitor, &Draft { id, ..draft }).await?;
        self.registered(id, on, None).await
    }

    /// Prints blanks of consents that wait for their signatures.
    async fn blanks(&self, on: On) -> Answer<()> {
        let Some((app, visitor)) = self.at(Staff::Coordinator, on, 6)? else { return Ok(()) };
        let mut tx = app.db.read().await?;
        let sight = Sight::of(&visitor)?;
        let all = consents::consents(&mut tx, sight, None).await?;
        let mut papers = 0;
        let mut waiting = vec![];
        for consent in all.iter().filter(|consent| consent.state_on(self.today).is_open()) {
            if queries::of_consent(&mut tx, sight, consent.id).await?.is_empty() {
                waiting.push(consent.id);
            } else {
                papers += 1;
            }
            if waiting.len() + papers >= BLANKS {
                break;
            }
        }
        drop(tx);
        if papers > 0 || waiting.is_empty() {
            return Ok(());
        }
        actions::print_now(&app, &visitor, &actions::Order::Consents(waiting)).await.map(|_| ())
    }
}

/// Returns the id of a paper by its name and year: made again, it is the same paper.
fn id_of(name: &str, calendar: Calendar) -> PaperId {
    PaperId::named(&format!("{name} of {}", calendar.0))
}
