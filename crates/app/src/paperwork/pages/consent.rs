//! Blanks of consents are printed, one, those of a class or all: a sheet per person with its code.

use super::batch::pile;
use crate::{
    access::Visitor,
    consents::{
        ConsentId, Ledger,
        paths::{self, class_path},
        state::State,
    },
    error::{Answer, Failure},
    paperwork::{actions::Order, forms::BlanksForm},
    people::{ClassId, Sight, queries as people},
    state::App,
    web::{Form, PathOf},
};
use axum::extract::State as Run;

/// Prints the blank of one consent.
pub async fn print(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<ConsentId>) -> Answer {
    pile(&app, &visitor, (Order::Consents(vec![id]), "Согласие"), &id.show_path()).await
}

/// Prints the blanks of a class.
pub async fn print_class(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf(class): PathOf<ClassId>,
    Form(sent): Form<BlanksForm>,
) -> Answer {
    let consents = sent.consents().ok_or(Failure::NotFound)?;
    let mut tx = app.db.read().await?;
    let class_name = people::class(&mut tx, visitor.school_id(), class).await?.name();
    drop(tx);
    pile(&app, &visitor, (Order::Consents(consents), &format!("Согласия {class_name}")), &class_path(class)).await
}

/// Prints every blank a visitor sees that was asked for and not printed yet, class by class.
pub async fn print_all(Run(app): Run<App>, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    drop(tx);
    let mut waiting: Vec<_> = ledger.lines().filter(|line| line.state == State::Needed).collect();
    // By name they are already; a class is handed out by its teacher.
    waiting.sort_by_key(|line| (line.subject.grade, line.subject.class_text()));
    let consents = waiting.iter().map(|line| line.consent.id).collect();
    pile(&app, &visitor, (Order::Consents(consents), "Согласия"), paths::CONSENTS).await
}
