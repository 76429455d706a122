//! Papers are printed: one PDF, each with the code by which its scan finds home.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    paperwork::{actions, forms::PrintingForm},
    state::App,
    web::Form,
};
use axum::extract::State as Run;

/// Prints papers and marks them as printed.
pub async fn print(Run(app): Run<App>, visitor: Visitor, Form(sent): Form<PrintingForm>) -> Answer {
    let papers = sent.papers().ok_or(Failure::NotFound)?;
    let pile = actions::print(&app, &visitor, &papers).await?;
    let name = if pile.printed == 1 {
        "Документ.pdf".to_owned()
    } else {
        format!("Документы ({}).pdf", pile.printed)
    };
    Ok(files::download(&name, pile.bytes))
}
