//! The consents of a class: a grid of pupils and purposes for the class teacher, and blanks that were printed.

use super::common::{crumbs, state_or_none};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions,
        forms::PrintingForm,
        ledger::Ledger,
        model::Purpose,
        paths::{self, class_papers_path, class_path, person_path},
        queries::Subject,
        state::State,
    },
    error::{Answer, Failure},
    people::{ClassId, Sight},
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, actions},
            empty::Empty,
            icon::Icon,
            layout::{FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};

/// Shows the class.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(class): PathOf<ClassId>) -> Answer {
    let mut tx = app.db.read().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    let pupils: Vec<&Subject> = ledger.subjects.iter().filter(|subject| subject.class_id == Some(class)).collect();
    let Some(name) = pupils.first().map(|pupil| pupil.class_text()) else { return Err(Failure::NotFound) };
    let valid = pupils
        .iter()
        .filter(|pupil| pupil.takes_part)
        .filter(|pupil| ledger.standing(pupil.id, Purpose::Participation).is_some_and(State::is_valid));
    let lead = format!(
        "С действующим согласием на участие: {} из {}.",
        valid.count(),
        pupils.iter().filter(|p| p.takes_part).count()
    );
    let keeps = visitor.may(Right::KeepConsents);
    Ok(view.page(Page {
        title: format!("Согласия класса {name}"),
        lead: Some(lead),
        crumbs: crumbs(),
        body: html! { (grid(&ledger, &pupils)) @if keeps { (blanks(&ledger, &pupils, class)) } },
        width: Width::Wide,
        ..Page::default()
    }))
}

fn grid(ledger: &Ledger, pupils: &[&Subject]) -> Markup {
    let purposes: Vec<Purpose> = Purpose::offered(ledger.policy.special_categories).collect();
    let mut columns = vec![Column::new("name", "Обучающийся")];
    columns.extend(purposes.iter().map(|purpose| Column::new("purpose", words::capitalised(purpose.short()))));
    let row = |pupil: &&Subject| {
        let mut cells = vec![html! { (pupil.name()) }];
        cells.extend(purposes.iter().map(|purpose| state_or_none(ledger.standing(pupil.id, *purpose))));
        Row::new(cells).href(person_path(pupil.id))
    };
    table(&Table {
        caption: "Участники и их согласия".into(),
        columns,
        rows: pupils.iter().map(row).collect(),
        empty: Empty::default(),
        ..Table::default()
    })
}

/// Draws the buttons that print the blanks of the class, or note that they were printed elsewhere.
fn blanks(ledger: &Ledger, pupils: &[&Subject], class: ClassId) -> Markup {
    let waiting: Vec<_> = pupils
        .iter()
        .flat_map(|pupil| ledger.of(pupil.id))
        .filter(|consent| consent.state_on(ledger.today) == State::Needed)
        .collect();
    let each = |act: Action| waiting.iter().fold(act, |act, one| act.field("consent", one.id.to_string()));
    let print = Action::post(format!("Напечатать бланки ({})", waiting.len()), class_papers_path(class)).gives_file();
    let mark = Action::post("Отметить напечатанными", paths::PRINTING).field("class", class.to_string());
    html! {
        @if !waiting.is_empty() {
            (actions(&[each(print).icon(Icon::Print).primary(), each(mark).quiet()]))
            p class="muted" { "Один PDF, лист на человека, на каждом — код, по которому скан найдёт своё согласие." }
        }
    }
}

/// Notes that blanks were printed.
pub async fn print(Run(app): Run<App>, visitor: Visitor, Form(sent): Form<PrintingForm>) -> Answer {
    let consents = sent.consents().ok_or(Failure::NotFound)?;
    let printed = actions::mark_printed(&app, &visitor, &consents).await?;
    let back = match (sent.class(), consents.as_slice()) {
        (Some(class), _) => class_path(class),
        (None, [only]) => only.show_path(),
        (None, _) => paths::CONSENTS.to_owned(),
    };
    let counted = words::counted(i64::try_from(printed).unwrap_or(i64::MAX), &["бланк", "бланка", "бланков"]);
    Ok(see_other_saying(&back, FlashKind::Success, &format!("Отмечено напечатанным: {counted}.")))
}
