//! «С приказом ознакомлены»: who has read a paper, and the sheet they sign.

use super::common::{crumbs_of, makes};
use crate::{
    access::{self, User, Visitor},
    error::{Answer, Failure},
    paperwork::{
        CLOSED,
        actions::{self, Reader},
        model::{Acquaintance, AcquaintanceId, Paper, PaperId},
        queries,
    },
    people::{self, Kind, Sight, model::ListedPerson},
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, actions as buttons},
            card::{Card, card},
            empty::{Empty, empty},
            field::{Choice, Control, Field, field},
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};
use serde::Deserialize;

/// Colleagues to choose from: a school has some eighty.
const MOST: i64 = 300;

/// Colleagues to be added: «person:…» or «user:…».
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReadersForm {
    reader: Vec<String>,
}

/// What happened to a line.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LineForm {
    on: String,
    /// «signed», «unsigned» or «removed».
    act: String,
}

async fn seen(app: &App, visitor: &Visitor, id: PaperId) -> Answer<(Paper, Vec<Acquaintance>)> {
    let (sight, mut tx) = (Sight::of(visitor)?, app.db.read().await?);
    let paper = queries::paper(&mut tx, sight, id).await?;
    if paper.is_closed {
        return Err(Failure::Refused(CLOSED.into()));
    }
    Ok((paper, queries::acquaintances(&mut tx, sight, id).await?))
}

/// Returns who may be added: accounts, and employees on record without one.
async fn colleagues(app: &App, visitor: &Visitor) -> Answer<Vec<Choice>> {
    let (sight, mut tx) = (Sight::of(visitor)?, app.db.read().await?);
    let users = access::users_of(&mut tx, visitor.school_id()).await?;
    let mut people: Vec<ListedPerson> = vec![];
    for kind in [Kind::Teacher, Kind::Staff] {
        let wanted = people::queries::Wanted { kind: Some(kind), left: Some(false), ..Default::default() };
        people.extend(people::queries::listed(&mut tx, sight, &wanted, (MOST, 0)).await?);
    }
    let of_user =
        |user: &User| Choice::new(format!("user:{}", user.id), user.full_name.clone()).hint(user.post.clone());
    let mut choices: Vec<Choice> = users.iter().filter(|user| user.is_active).map(of_user).collect();
    for person in people {
        let name = person.name().to_string();
        if choices.iter().all(|known| known.label != name) {
            let post = person.post.clone().unwrap_or_default();
            choices.push(Choice::new(format!("person:{}", person.id), name).hint(post));
        }
    }
    Ok(choices)
}

/// Shows the list.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let (paper, lines) = seen(&app, &visitor, id).await?;
    let may = makes(&visitor);
    let choices = if may { colleagues(&app, &visitor).await? } else { vec![] };
    let body = html! {
        (listed(&paper, &lines, &visitor))
        @if may { (card(&Card { title: "Добавить в лист".into(), body: adding(&paper, &lines, choices), ..Card::default() })) }
    };
    let signed = lines.iter().filter(|line| line.acquainted_on.is_some()).count();
    Ok(view.page(Page {
        title: "Лист ознакомления".into(),
        lead: Some(format!("{}. Ознакомлено: {signed} из {}.", paper.caption(), lines.len())),
        crumbs: crumbs_of(&paper),
        actions: vec![Action::link("Для печати", id.part_path("acquaintances/print")).icon(Icon::Print)],
        body,
        width: Width::Normal,
    }))
}

fn listed(paper: &Paper, lines: &[Acquaintance], visitor: &Visitor) -> Markup {
    if lines.is_empty() {
        return empty(&Empty::new("В листе пока никого", "Добавьте тех, кто должен расписаться, и напечатайте лист."));
    }
    let may = makes(visitor);
    let mut columns = vec![
        Column::new("name", "Фамилия, имя, отчество"),
        Column::new("post", "Должность"),
        Column::new("on", "Ознакомление"),
    ];
    if may {
        columns.push(Column::new("act", "Отметка"));
    }
    let row = |line: &Acquaintance| {
        let mut cells = vec![
            html! { (line.name) },
            html! { (line.post) },
            html! { @match line.acquainted_on { Some(on) => (words::short_date(on)), None => "ещё нет" } },
        ];
        if may {
            let path = paper.id.acquaintance_path(line.id);
            let act = |label: &str, act: &str| Action::post(label, path.clone()).field("act", act);
            let today = visitor.today.to_string();
            cells.push(match line.acquainted_on {
                Some(_) => buttons(&[act("Снять отметку", "unsigned").quiet()]),
                None => buttons(&[act("Подпись есть", "signed").field("on", today), act("Убрать", "removed").quiet()]),
            });
        }
        Row::new(cells)
    };
    table(&Table {
        caption: "Лист ознакомления".into(),
        columns,
        rows: lines.iter().map(row).collect(),
        ..Table::default()
    })
}

fn adding(paper: &Paper, lines: &[Acquaintance], choices: Vec<Choice>) -> Markup {
    let new: Vec<Choice> = choices.into_iter().filter(|one| lines.iter().all(|line| line.name != one.label)).collect();
    if new.is_empty() {
        return html! { p class="muted" { "Все сотрудники уже в листе." } };
    }
    let readers = Field::new("reader", "Сотрудники").control(Control::Checkboxes { options: new, chosen: vec![] });
    form(&form::Form {
        action: paper.id.part_path("acquaintances"),
        submit: "Добавить".into(),
        body: field(&readers),
        ..form::Form::default()
    })
}

/// Adds colleagues.
pub async fn add(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf(id): PathOf<PaperId>,
    Form(sent): Form<ReadersForm>,
) -> Answer {
    let reader = |text: &String| match text.split_once(':') {
        Some(("person", id)) => id.parse().ok().map(Reader::Person),
        Some(("user", id)) => id.parse().ok().map(Reader::User),
        _ => None,
    };
    let readers: Option<Vec<Reader>> = sent.reader.iter().map(reader).collect();
    let added = actions::add_readers(&app, &visitor, id, &readers.ok_or(Failure::NotFound)?).await?;
    let counted = words::counted(i64::try_from(added).unwrap_or(i64::MAX), &["человек", "человека", "человек"]);
    Ok(see_other_saying(&id.part_path("acquaintances"), FlashKind::Success, &format!("Добавлено: {counted}.")))
}

/// Notes a signature, takes the note back, or takes somebody off the list.
pub async fn note(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf((id, line)): PathOf<(PaperId, AcquaintanceId)>,
    Form(sent): Form<LineForm>,
) -> Answer {
    let said = match sent.act.as_str() {
        "signed" => {
            let on = sent.on.parse().map_err(|_| Failure::Refused("Укажите дату ознакомления.".into()))?;
            actions::note_acquaintance(&app, &visitor, (id, line), Some(on)).await?;
            "Ознакомление отмечено."
        }
        "unsigned" => {
            actions::note_acquaintance(&app, &visitor, (id, line), None).await?;
            "Отметка снята."
        }
        _ => {
            actions::remove_reader(&app, &visitor, (id, line)).await?;
            "Строка убрана."
        }
    };
    Ok(see_other_saying(&id.part_path("acquaintances"), FlashKind::Success, said))
}

/// Shows the sheet ready to be printed.
pub async fn print(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let (paper, lines) = seen(&app, &visitor, id).await?;
    let body = html! {
        p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
        div class="print-sheet" tabindex="0" role="region" aria-label="Лист ознакомления для печати" {
            table class="table print-table" {
                thead { tr { th scope="col" { "№" } th scope="col" { "Должность" } th scope="col" { "Фамилия, инициалы" } th scope="col" { "Подпись" } th scope="col" { "Дата" } } }
                tbody {
                    @for (number, line) in (1..).zip(&lines) {
                        tr {
                            td { (number) } td { (line.post) } td { (words::initials(&line.name)) } td {}
                            td { @if let Some(on) = line.acquainted_on { (words::short_date(on)) } }
                        }
                    }
                }
            }
        }
    };
    Ok(view.page(Page {
        title: "Лист ознакомления".into(),
        lead: Some(format!("С документом «{}» ознакомлены:", paper.caption())),
        crumbs: crumbs_of(&paper),
        actions: vec![Action::link("К листу", id.part_path("acquaintances"))],
        body,
        width: Width::Normal,
    }))
}
