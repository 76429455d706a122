//! Many papers are asked for at once: a few are printed while somebody waits, a school's by a job.

use super::piles::{Pile, Piling};
use crate::{
    access::{Right, Visitor},
    consents::ConsentId,
    error::{Answer, Failure},
    jobs::{self, Done, JobId, Kind, NewJob, Unfinished, Work},
    paperwork::{
        kinds::is_consent,
        model::{Origin, Paper, PaperId},
        queries,
    },
    people::Sight,
    state::App,
};
use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// The most papers printed while somebody waits: three classes, some three seconds.
pub const MOST: usize = 100;

/// The most papers of one job: all consents of a large school.
pub const MOST_OF_JOB: usize = 2_000;

/// Printing many papers.
pub const JOB: Kind = Kind {
    word: "printing",
    label: "Печать документов",
    right: Right::PrintPapers,
    run: |work| Box::pin(run(work)),
    forget: None,
};

/// What is to be printed: papers that are there, or the blanks of consents.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    Papers(Vec<PaperId>),
    Consents(Vec<ConsentId>),
}

/// A pile somebody wants.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Wish {
    pub order: Order,
    /// What the pile is called; names nobody: «Согласия 7 «Б»».
    pub title: String,
}

/// What came of a wish.
#[derive(Debug)]
pub enum Printed {
    /// The pile with its bytes.
    Now(Pile, Vec<u8>),
    /// It takes a while: a job prints it.
    Later(JobId),
}

impl Order {
    fn len(&self) -> usize {
        match self {
            Self::Papers(ids) => ids.len(),
            Self::Consents(ids) => ids.len(),
        }
    }
}

/// Prints a pile, or has it printed when it is too high to wait for.
pub async fn print(app: &App, visitor: &Visitor, wish: Wish) -> Answer<Printed> {
    match wish.order.len() {
        0 => return Err(Failure::Refused("Печатать нечего: отметьте документы.".into())),
        1..=MOST_OF_JOB => {}
        _ => {
            let sentence = format!("За один раз печатается до {MOST_OF_JOB} документов: печатайте по классам.");
            return Err(Failure::Refused(sentence));
        }
    }
    if takes_long(app, visitor, &wish.order).await? {
        let payload = serde_json::to_value(&wish).map_err(|error| Failure::unforeseen(&error))?;
        let new = NewJob { kind: JOB.word, title: wish.title, payload };
        return Ok(Printed::Later(jobs::ask(app, visitor, &new).await?));
    }
    let (pile, bytes) = print_now(app, visitor, &wish.order).await?;
    Ok(Printed::Now(pile, bytes))
}

/// Prints a pile while somebody waits.
pub async fn print_now(app: &App, visitor: &Visitor, order: &Order) -> Answer<(Pile, Vec<u8>)> {
    let mut bytes = Cursor::new(vec![]);
    let printed = Piling { app, visitor, pulse: None }.print(order, &mut bytes).await;
    match printed {
        Ok(pile) => Ok((pile, bytes.into_inner())),
        Err(Unfinished::Failed(failure)) => Err(failure),
        Err(Unfinished::Stopped) => Err(Failure::Refused("Печать остановлена: напечатайте ещё раз.".into())),
    }
}

/// Tells whether a pile is too high to wait for: many papers, or several in files of the school, a process each.
async fn takes_long(app: &App, visitor: &Visitor, order: &Order) -> Answer<bool> {
    if order.len() > MOST || order.len() == 1 {
        return Ok(order.len() > MOST);
    }
    let mut tx = app.db.read().await?;
    Ok(match order {
        Order::Papers(ids) => {
            let papers = queries::papers(&mut tx, Sight::of(visitor)?, ids.iter().copied()).await?;
            papers.iter().any(Paper::is_in_own_file)
        }
        Order::Consents(_) => {
            let newest = queries::newest_wordings(&mut tx, visitor.school_id()).await?;
            newest.iter().any(|wording| is_consent(&wording.kind) && wording.origin == Origin::File)
        }
    })
}

async fn run(work: Work) -> Result<Done, Unfinished> {
    let Wish { order, title } = work.order()?;
    let (app, visitor) = (&work.app, &work.visitor);
    let mut draft = app.files.draft()?;
    let pile = Piling { app, visitor, pulse: Some(&work.pulse) }.print(&order, &mut draft).await?;
    if pile.printed == 0 {
        return Err(Failure::Refused(pile.summary()).into());
    }
    let (name, now) = (format!("{title} ({}).{}", pile.printed, pile.extension), app.clock.now());
    let sealed = tokio::task::spawn_blocking(move || draft.seal(&name, now)).await;
    Ok(Done::file(pile.summary(), sealed.map_err(|error| Failure::unforeseen(&error))??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pile_is_asked_for_by_ids_and_the_same_ids_are_the_same_job() {
        let wish = Wish { order: Order::Papers(vec![PaperId::fresh()]), title: "Документы".into() };
        let payload = serde_json::to_value(&wish).unwrap();
        assert_eq!(payload["order"]["papers"].as_array().map(Vec::len), Some(1), "{payload}");
        let again: Wish = serde_json::from_value(payload.clone()).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), payload);
    }
}
