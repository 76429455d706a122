//! Acts about the destruction of data: the list, one act, and its two files, in which nobody is named.

use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Event, Link, SubjectKind},
    error::{Answer, Failure},
    files::download,
    people::{self, PersonId},
    state::App,
    subject::{
        act::{self, ActPaper},
        model::{Destroyed, ErasureAct, ErasureActId},
        paths::ERASURES,
        queries::acts,
    },
    web::{
        PathOf, View,
        ui::{
            action::Action,
            definition::{Fact, definition},
            empty::Empty,
            layout::{Crumb, Page},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use database::Tx;
use documents::block::Document;
use maud::{Markup, html};

/// Shows the acts of the school.
pub async fn list(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let all = acts::acts(&mut app.db.read().await?, visitor.school_id()).await?;
    let row = |one: &ErasureAct| {
        Row::new(vec![
            html! { "№ " (one.number) },
            html! { (words::short_date(one.erased_on)) },
            html! { (one.basis) },
            html! { (one.actor_name) },
        ])
        .href(one.id.show_path())
    };
    Ok(view.page(Page {
        title: "Акты об уничтожении".into(),
        lead: Some("Кого и почему стёрли из программы. Имён здесь нет: они стоят в подписанных актах.".into()),
        crumbs: vec![Crumb::new("Люди", people::paths::PEOPLE)],
        body: table(&Table {
            caption: "Акты об уничтожении персональных данных".into(),
            columns: vec![
                Column::new("number", "Акт"),
                Column::new("on", "Дата"),
                Column::new("basis", "Причина"),
                Column::new("by", "Кто уничтожил"),
            ],
            rows: all.iter().map(row).collect(),
            empty: Empty::new(
                "Актов нет",
                "Никого не стирали. Начать можно в карточке человека или в карточке отзыва согласия: «Уничтожить сведения».",
            ),
            ..Table::default()
        }),
        ..Page::default()
    }))
}

/// Shows an act.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<ErasureActId>) -> Answer {
    let act = acts::act(&mut app.db.read().await?, visitor.school_id(), id).await?;
    let files = [
        Action::download("Выгрузка из журнала, Word", id.part_path("extract.docx")).primary(),
        Action::download("Акт без имени, Word", id.part_path("act.docx")),
    ];
    Ok(view.page(Page {
        title: format!("Акт № {} об уничтожении", act.number),
        lead: Some(format!("{}, {}.", words::short_date(act.erased_on), act.actor_name)),
        crumbs: vec![Crumb::new("Люди", people::paths::PEOPLE), Crumb::new("Акты об уничтожении", ERASURES)],
        actions: if visitor.may(Right::TakeRecord) { files.into() } else { vec![] },
        body: drawn(&act),
        ..Page::default()
    }))
}

fn drawn(act: &ErasureAct) -> Markup {
    let row = |one: &Destroyed| Row::new(vec![html! { (one.what) }, html! { (one.count) }]);
    html! {
        (notice(&Notice::new(
            Tone::Info,
            "Подпишите напечатанный акт, приложите к нему выгрузку из журнала и храните вместе три года (приказ Роскомнадзора № 179). Имя стоит только в напечатанном акте, связь с программой — номер записи.",
        )))
        (definition(&[
            Fact::new("Причина", act.basis.label()),
            Fact::new("Пояснение", &act.reason),
            Fact::new("Номера записей", numbers(act).join(", ")),
        ]))
        (table(&Table {
            caption: "Что уничтожено".into(),
            columns: vec![Column::new("what", "Категория"), Column::new("count", "Записей")],
            rows: act.destroyed.iter().map(row).collect(),
            ..Table::default()
        }))
    }
}

fn numbers(act: &ErasureAct) -> Vec<String> {
    act.records.iter().map(ToString::to_string).collect()
}

/// Hands out the act without names.
pub async fn docx(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<ErasureActId>) -> Answer<Response> {
    taken(&app, &visitor, id, "Акт об уничтожении", |paper, _| act::act(paper)).await
}

/// Hands out the extract of the journal.
pub async fn extract(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<ErasureActId>) -> Answer<Response> {
    let zone = visitor.school.zone();
    taken(&app, &visitor, id, "Выгрузка из журнала к акту", |paper, links| {
        act::extract(paper, links, zone)
    })
    .await
}

async fn taken(
    app: &App,
    visitor: &Visitor,
    id: ErasureActId,
    name: &str,
    written: impl FnOnce(&ActPaper<'_>, &[Link]) -> Document,
) -> Answer<Response> {
    let mut tx = app.db.begin().await?;
    let act = acts::act(&mut tx, visitor.school_id(), id).await?;
    let links = links_of(&mut tx, visitor, &act).await?;
    if let Some(first) = act.records.first() {
        let subject = people::actions::subject(PersonId::from(*first));
        let trace = Act::of(visitor, Event::ErasureActTaken, subject);
        audit::record(&mut tx, trace, app.clock.now()).await?;
    }
    tx.commit().await?;
    let paper = ActPaper {
        school: &visitor.school,
        number: act.number,
        on: act.erased_on,
        basis: act.basis,
        reason: &act.reason,
        subjects: numbers(&act).into_iter().map(|number| format!("запись № {number}")).collect(),
        destroyed: &act.destroyed,
        by: (&act.actor_post, &act.actor_name),
    };
    let bytes = documents::docx::write(&written(&paper, &links)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download(&format!("{name} № {}.docx", act.number), bytes))
}

/// Returns the entries of the journal about an erasure, in their order.
async fn links_of(tx: &mut Tx, visitor: &Visitor, act: &ErasureAct) -> Answer<Vec<Link>> {
    let mut links = vec![];
    for record in act.records.iter() {
        let about = (SubjectKind::Person, *record);
        links.extend(audit::links_about(tx, visitor.school_id(), about, Event::PersonErased).await?);
    }
    links.sort_unstable_by_key(|link| link.place);
    Ok(links)
}
