//! One row of the road map: what is asked, what there is, what to do next, what happened.

mod about;
pub mod documents;
pub mod edit;
mod indicators;
pub mod notes;
pub mod reading;
mod records;
pub mod removal;
pub mod state;
pub mod tasks;

pub use records::{Records, Typed};

use super::common::ui_state;
use crate::{
    access::{self, Right, User, Visitor},
    audit::{self, Entry, SubjectKind},
    error::{Answer, Failure},
    roadmap::{
        actions::may_work,
        board::{Board, BoardRow},
        model::{ProgrammeState, RowId},
        paths, queries,
    },
    state::App,
    web::{
        PathOf, View, see_other_saying,
        ui::{
            action::Action,
            badge,
            card::{Card, card, columns},
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use database::Tx;
use maud::{Markup, html};

/// How many acts of the history are shown.
const HISTORY: i64 = 60;

/// Everything the page of a row shows.
pub struct RowPage {
    pub board: Board,
    pub id: RowId,
    pub records: Records,
    pub history: Vec<Entry>,
    pub users: Vec<User>,
}

impl RowPage {
    /// Loads a row of the visitor's school with its records.
    pub async fn load(tx: &mut Tx, visitor: &Visitor, id: RowId) -> Answer<Self> {
        let school = visitor.school_id();
        let row = queries::row(tx, school, id).await?;
        let programme = queries::programme(tx, school, row.programme_id).await?;
        if programme.state == ProgrammeState::Draft && !visitor.may(Right::KeepRoadmap) {
            return Err(Failure::NotFound);
        }
        Ok(Self {
            board: Board::load(tx, &visitor.school, programme, visitor.today).await?,
            id,
            records: Records::load(tx, school, id).await?,
            history: audit::history_of(tx, school, SubjectKind::Row, id.uuid(), HISTORY).await?,
            users: access::users_of(tx, school).await?,
        })
    }

    /// Returns the row itself.
    pub fn row(&self) -> Answer<&BoardRow> {
        self.board.row(self.id).ok_or(Failure::NotFound)
    }
}

/// Shows a row.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<RowId>, view: View, visitor: Visitor) -> Answer<Response> {
    answer(&app, &view, &visitor, id, StatusCode::OK, &Typed::default()).await
}

/// Draws the row's page, after a refused form with what was typed and what is wrong with it.
pub async fn answer(
    app: &App,
    view: &View,
    visitor: &Visitor,
    id: RowId,
    status: StatusCode,
    typed: &Typed,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    let row = loaded.row()?;
    Ok(view.page_with(
        status,
        Page {
            title: row.row.caption(),
            lead: None,
            crumbs: vec![map_crumb(&loaded.board)],
            actions: actions(&loaded, row, visitor),
            body: body(&loaded, row, visitor, typed),
            width: Width::Wide,
        },
    ))
}

fn actions(page: &RowPage, row: &BoardRow, visitor: &Visitor) -> Vec<Action> {
    let is_coordinator = visitor.may(Right::KeepRoadmap);
    let is_head = visitor.may(Right::AcceptRows);
    let running = page.board.programme.state == ProgrammeState::Running;
    let confirmed = row.row.done_on.is_some();
    let accepted = row.row.accepted_at.is_some();
    let cancelled = row.row.cancelled_on.is_some();
    let path = |part: &str| row.row.part_path(part);
    let mut actions = Vec::new();
    if running && may_work(visitor, row) && !cancelled {
        if !confirmed {
            actions.push(Action::link("Подтвердить выполнение", path("confirmation")).primary().icon(Icon::Check));
        } else if !accepted {
            actions.push(Action::post("Снять подтверждение", path("withdrawal")));
        }
    }
    if running && is_head && confirmed && !accepted {
        actions.push(Action::post("Принять выполнение", path("acceptance")).primary().icon(Icon::CircleCheck));
    }
    if running && is_head && confirmed {
        actions.push(Action::link("Вернуть на доработку", path("return")));
    }
    if is_coordinator && page.board.programme.state != ProgrammeState::Sealed && !accepted {
        actions.push(Action::link("Изменить", path("edit")).icon(Icon::Edit));
        if running && cancelled {
            actions.push(Action::post("Вернуть в работу", path("restoration")));
        } else if running && !confirmed {
            actions.push(Action::link("Отменить мероприятие", path("cancellation")).quiet());
        }
    }
    if page.board.programme.state != ProgrammeState::Draft && visitor.may(Right::TakeEvidence) {
        let folder = paths::row_evidence_path(row.row.id);
        actions.push(Action::link("Папка доказательств", folder).icon(Icon::Archive).quiet());
    }
    actions
}

fn body(page: &RowPage, row: &BoardRow, visitor: &Visitor, typed: &Typed) -> Markup {
    let works = page.board.programme.state == ProgrammeState::Running && may_work(visitor, row);
    let is_draft = page.board.programme.state == ProgrammeState::Draft;
    let main = html! {
        (about::notices(row, &page.history, visitor))
        (indicators::card_of(&page.records, row, visitor, works))
        (documents::card_of(&page.records, row, works, typed, visitor))
        (tasks::card_of(page, row, works, typed))
        (notes::card_of(&page.records, row, works, typed, visitor))
    };
    let aside = html! {
        (card(&Card { title: "О мероприятии".into(), body: about::facts(page, row), ..Card::default() }))
        (card(&Card { title: "История".into(), body: audit::drawn_history(&page.history, visitor.school.zone()), ..Card::default() }))
    };
    html! {
        p class="row-head" {
            @if !is_draft { (badge::state(ui_state(row.state))) }
            " Срок: " strong { (row.row.term_text) }
            @if let Some(due) = row.row.due_on.filter(|_| row.state.is_open() && !is_draft) { " (" (words::due(due, page.board.today)) ")" }
        }
        (columns(&main, &aside))
    }
}

/// Leads to the road map, or to the draft while the year is prepared.
fn map_crumb(board: &Board) -> Crumb {
    let label = if board.programme.state == ProgrammeState::Draft {
        "Сроки и цели"
    } else {
        "Дорожная карта"
    };
    Crumb::new(label, board.programme.show_path())
}

/// Returns the path back to a row, for pages that belong to it.
pub fn crumbs(row: &BoardRow, board: &Board) -> Vec<Crumb> {
    vec![map_crumb(board), Crumb::new(words::shortened(&row.row.caption(), 48), paths::row_path(row.row.id))]
}

/// Leads back to the row with a notice that an act is done.
pub fn done(id: RowId, sentence: &str) -> Response {
    see_other_saying(&paths::row_path(id), FlashKind::Success, sentence)
}

/// Draws the row's page with what is wrong in one of its forms; the relation to the row is checked first.
pub async fn refused(app: &App, view: &View, visitor: &Visitor, id: RowId, typed: Typed) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let loaded = RowPage::load(&mut tx, visitor, id).await?;
    drop(tx);
    if !may_work(visitor, loaded.row()?) {
        return Err(Failure::NotResponsible);
    }
    answer(app, view, visitor, id, StatusCode::UNPROCESSABLE_ENTITY, &typed).await
}
