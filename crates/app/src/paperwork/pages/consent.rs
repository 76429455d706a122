//! Blanks of consents are printed, one or a class of them: a sheet per person with its code.

use crate::{
    access::Visitor,
    consents::{ConsentId, paths::class_path},
    error::{Answer, Failure},
    files,
    paperwork::{
        actions::{self, Pile},
        forms::BlanksForm,
    },
    people::{ClassId, queries as people},
    state::App,
    web::{Form, PathOf, see_other_saying, ui::layout::FlashKind},
    words,
};
use axum::extract::State as Run;

/// Prints the blank of one consent.
pub async fn print(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<ConsentId>) -> Answer {
    let pile = actions::print_consents(&app, &visitor, &[id]).await?;
    answer(pile, "Согласие.pdf", &id.show_path())
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
    let pile = actions::print_consents(&app, &visitor, &consents).await?;
    let name = format!("Согласия {class_name} ({}).pdf", pile.printed);
    answer(pile, &name, &class_path(class))
}

/// Hands the pile out; when nothing could be printed, says why on the page it was asked from.
fn answer(pile: Pile, name: &str, back: &str) -> Answer {
    if pile.printed > 0 {
        return Ok(files::download(name, pile.bytes));
    }
    let (name, reason) = pile.left_out.into_iter().next().ok_or(Failure::NotFound)?;
    let said = format!("Не напечатано. {name}: {}", words::capitalised(&reason));
    Ok(see_other_saying(back, FlashKind::Warning, &said))
}
