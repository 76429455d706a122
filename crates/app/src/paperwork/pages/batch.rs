//! Papers are printed: one PDF, each with the code by which its scan finds home. A high pile is printed by a job.

use crate::{
    access::Visitor,
    error::{Answer, Failure},
    files,
    paperwork::{
        actions::{self, Order, Pile, Printed, PrintingWish},
        forms::PrintingForm,
    },
    state::App,
    web::{Form, see_other, see_other_saying, ui::layout::FlashKind},
    words,
};
use axum::extract::State as Run;

/// Prints papers and marks them as printed.
pub async fn print(Run(app): Run<App>, visitor: Visitor, Form(sent): Form<PrintingForm>) -> Answer {
    let papers = sent.papers().ok_or(Failure::NotFound)?;
    let title = if papers.len() == 1 { "Документ" } else { "Документы" };
    pile(&app, &visitor, (Order::Papers(papers), title), super::paths::PAPERS).await
}

/// Prints a pile and hands it out, leads to the job that prints it, or says on the page it was asked from why nothing was.
pub async fn pile(app: &App, visitor: &Visitor, (order, title): (Order, &str), back: &str) -> Answer {
    let wish = PrintingWish { order, title: title.to_owned() };
    let (pile, bytes) = match actions::print(app, visitor, wish).await? {
        Printed::Later(job) => return Ok(see_other(&job.show_path())),
        Printed::Now(pile, bytes) => (pile, bytes),
    };
    let Pile { extension, printed, left_out } = pile;
    match printed {
        0 => {
            let (name, reason) = left_out.into_iter().next().ok_or(Failure::NotFound)?;
            let name = name.map(|name| format!("{name}: ")).unwrap_or_default();
            let said = format!("Не напечатано. {name}{}", words::capitalised(&reason));
            Ok(see_other_saying(back, FlashKind::Warning, &said))
        }
        1 => Ok(files::download(&format!("{title}.{extension}"), bytes)),
        many => Ok(files::download(&format!("{title} ({many}).{extension}"), bytes)),
    }
}
