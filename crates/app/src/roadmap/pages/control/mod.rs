//! What the head asks for: the statement of what is done and the check of deadlines, as pages and as workbooks.

mod deadlines;
mod statement;

use super::{
    READERS, TAKERS,
    common::{Shown, YearQuery, board_of},
};
use crate::{
    access::{Access, Right, Visitor},
    audit::Author,
    error::{Answer, Failure},
    files,
    paperwork::{self, Draft},
    roadmap::{
        actions,
        board::Board,
        export::{self, XLSX},
        paths,
    },
    state::App,
    web::{
        Routes, see_other_saying,
        ui::{
            action::Action,
            address::Address,
            icon::Icon,
            layout::FlashKind,
            signature::{Signature, signatures as drawn},
            tabs::{Tab, Tabs, tabs},
        },
    },
    words,
};
use axum::response::Response;
use documents::sheet::Workbook;
use maud::{Markup, html};

/// Who makes a document of the school out of a road map.
const MAKERS: Access = Access::May(Right::MakePapers);

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::STATEMENT, READERS, statement::show)
        .get(paths::STATEMENT_XLSX, TAKERS, statement::download)
        .get(paths::DEADLINES, READERS, deadlines::show)
        .get(paths::DEADLINES_XLSX, TAKERS, deadlines::download)
        .post(paths::STATEMENT_PAPER, MAKERS, statement::paper)
        .post(paths::DEADLINES_PAPER, MAKERS, deadlines::paper)
}

/// Loads the road map of the wanted year, if the school has one.
async fn load(app: &App, visitor: &Visitor, query: &YearQuery) -> Answer<Option<Shown>> {
    let mut tx = app.db.read().await?;
    board_of(&mut tx, visitor, query.year.as_deref()).await
}

/// Answers with a workbook and leaves the trace that it was taken out.
async fn save(app: &App, visitor: &Visitor, board: &Board, what: &str, workbook: &Workbook) -> Answer<Response> {
    let bytes = documents::xlsx::write(workbook).map_err(|error| Failure::unforeseen(&error))?;
    actions::note_export(app, Author::visitor(visitor), &board.programme, &format!("{what}, Excel")).await?;
    Ok(files::attachment(&export::file_name(what, board.programme.year(), "xlsx"), XLSX, bytes))
}

/// Returns an address of the same road map.
fn of_year(path: &str, board: &Board) -> String {
    Address::new(path).with("year", &board.programme.school_year.to_string()).to_string()
}

/// Draws the years to change to; nothing when there is only one.
fn years(path: &str, shown: &Shown) -> Markup {
    if shown.years.len() < 2 {
        return html! {};
    }
    let tab = |programme: &crate::roadmap::model::Programme| Tab {
        label: programme.year().to_string(),
        href: Address::new(path).with("year", &programme.school_year.to_string()).to_string(),
        current: programme.id == shown.board.programme.id,
        ..Tab::default()
    };
    tabs(&Tabs { label: "Учебный год".into(), tabs: shown.years.iter().map(tab).collect() })
}

fn actions_of((xlsx, paper): (&str, &str), board: &Board, visitor: &Visitor) -> Vec<Action> {
    let mut acts = vec![Action::download("Excel", of_year(xlsx, board))];
    if visitor.may(Right::MakePapers) {
        acts.push(Action::post("Составить документ", of_year(paper, board)).icon(Icon::File));
    }
    if visitor.may(Right::TakeEvidence) {
        acts.push(Action::link("Папка доказательств", of_year(paths::EVIDENCE, board)).icon(Icon::Archive));
    }
    acts.push(Action::link("Дорожная карта", board.programme.show_path()).icon(Icon::Roadmap).quiet());
    acts
}

/// Makes a paper of the road map of the wanted year.
async fn make(
    app: &App,
    visitor: &Visitor,
    query: &YearQuery,
    draft: fn(&Board, &Visitor) -> Result<Draft, String>,
) -> Answer<Response> {
    let Shown { board, .. } = load(app, visitor, query).await?.ok_or(Failure::NotFound)?;
    let draft = draft(&board, visitor).map_err(Failure::Refused)?;
    paperwork::actions::draft(app, visitor, &draft).await?;
    Ok(see_other_saying(&draft.id.show_path(), FlashKind::Success, "Документ составлен: прочитайте и напечатайте его."))
}

/// Draws the lines to be signed: who drew it up, and the head.
fn signatures(visitor: &Visitor) -> Markup {
    let head = Signature {
        post: words::capitalised(&visitor.school.head_post),
        name: words::initials(&visitor.school.head_name),
    };
    drawn(&[Signature { post: "Документ подготовлен:".to_owned(), name: String::new() }, head])
}
