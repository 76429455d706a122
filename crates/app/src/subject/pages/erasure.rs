//! A person is erased: what goes and what stays, the act to be printed first, and the act itself.

use crate::{
    access::{Erasure, PERSONAL, Visitor},
    audit::{self, Act, Event},
    error::{Answer, Failure},
    files::download,
    people::{self, PersonId},
    state::App,
    subject::{
        act::{self, ActPaper},
        actions::{self, Foreseen},
        forms::ErasureForm,
        model::NewErasure,
        paths::{ERASURES, erasure_draft_path, erasure_path},
        queries::erasing::Doomed,
    },
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::{Action, action},
            confirm::{Confirm, confirm},
            field::{field, stacked},
            form::error_summary,
            icon::Icon,
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::TimeDelta;
use maud::html;

/// Hours within which opening the page again leaves no second trace.
const SAME_READING: i64 = 1;

/// What stays beside the tables.
const STAYS: [&str; 4] = [
    "Подписанные и зарегистрированные приказы и списки, где человек назван среди других: это документы школы, они хранятся по номенклатуре дел (125-ФЗ). Программа их больше не открывает.",
    "Записи журнала действий: имени в них нет, только номер записи.",
    "Резервные копии — до конца их срока, не дольше года. После восстановления из копии программа уничтожит эти сведения снова.",
    "Файлы, которые прикладывали к мероприятиям и соглашениям вручную: что в них, программа не знает. Проверьте их сами.",
];

/// Asks before a person is erased.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let now = app.clock.now();
    let foreseen = actions::foresee(&app, &visitor, id).await?;
    let mut tx = app.db.begin().await?;
    let act = Act::of(&visitor, Event::PersonRead, people::actions::subject(id));
    audit::record_once(&mut tx, act, now - TimeDelta::hours(SAME_READING), now).await?;
    tx.commit().await?;
    let form = ErasureForm {
        version: foreseen.person().map_or_else(String::new, |person| person.version.to_string()),
        number: foreseen.number.to_string(),
        ..ErasureForm::default()
    };
    Ok(answer(&view, id, &foreseen, &form, &Errors::none()))
}

/// Hands out the act, which names the person, before anything is done.
pub async fn draft(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<ErasureForm>,
) -> Answer {
    let foreseen = actions::foresee(&app, &visitor, id).await?;
    let new = match sent.act(|text| foreseen.are_named_in(text)) {
        Ok(new) => NewErasure { number: foreseen.number, ..new },
        Err(errors) => return Ok(answer(&view, id, &foreseen, &sent, &errors)),
    };
    let named = |one: &Doomed| format!("{}, запись № {}", one.name(), one.id);
    let user = crate::access::user(&mut app.db.read().await?, visitor.school_id(), visitor.user).await?;
    let paper = ActPaper {
        school: &visitor.school,
        number: new.number,
        on: visitor.today,
        basis: new.basis,
        reason: &new.reason,
        subjects: foreseen.records.iter().map(named).collect(),
        destroyed: &foreseen.destroyed,
        by: (&user.post, &user.full_name),
    };
    let bytes = documents::docx::write(&act::act(&paper)).map_err(|error| Failure::unforeseen(&error))?;
    let mut tx = app.db.begin().await?;
    let act = Act::of(&visitor, Event::ErasureActTaken, people::actions::subject(id));
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(download(&format!("Акт об уничтожении № {}.docx", new.number), bytes))
}

/// Erases the person.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<ErasureForm>,
) -> Answer {
    let foreseen = actions::foresee(&app, &visitor, id).await?;
    match sent.check(|text| foreseen.are_named_in(text)) {
        Ok(new) => {
            let key = actions::erase(&app, &visitor, id, &new).await?;
            Ok(see_other_saying(&key.show_path(), FlashKind::Success, "Сведения о человеке уничтожены."))
        }
        Err(errors) => Ok(answer(&view, id, &foreseen, &sent, &errors)),
    }
}

fn answer(view: &View, id: PersonId, foreseen: &Foreseen, typed: &ErasureForm, errors: &Errors) -> Response {
    let (mut fields, printed) = (typed.fields(errors), typed.printed_field(errors));
    let drawn = html! {
        (stacked(&fields))
        p { "Акт № " (foreseen.number) " назовёт человека. Скачайте и напечатайте его до уничтожения: потом имени в программе не останется." }
        div class="actions" {
            (action(&Action::submit_to("Скачать акт, Word", erasure_draft_path(id)).icon(Icon::Download).gives_file()))
        }
        (field(&printed))
    };
    fields.push(printed);
    let body = confirm(&Confirm {
        action: erasure_path(id),
        submit: "Уничтожить навсегда".into(),
        cancel_href: people::paths::PEOPLE.into(),
        will_happen: goes(foreseen),
        remains: stays(),
        hidden: vec![("version".into(), typed.version.clone()), ("number".into(), foreseen.number.to_string())],
        fields: drawn,
        danger: true,
    });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    view.page_with(
        status,
        Page {
            title: "Уничтожить сведения о человеке".into(),
            lead: foreseen.person().map(whom),
            crumbs: vec![Crumb::new("Люди", people::paths::PEOPLE), Crumb::new("Акты об уничтожении", ERASURES)],
            body: html! { (error_summary(&errors.summary(&fields))) (body) },
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

/// Says who is erased; the name of somebody who has withdrawn stands on the card of the withdrawal alone.
fn whom(person: &Doomed) -> String {
    match person.hidden_on {
        Some(on) => format!("Согласие отозвано {}. Имя — в карточке отзыва и в акте.", words::short_date(on)),
        None => person.name(),
    }
}

fn goes(foreseen: &Foreseen) -> Vec<String> {
    let records = ["запись", "записи", "записей"];
    let counted = |count: u64| words::counted(i64::try_from(count).unwrap_or(i64::MAX), &records);
    let mut goes: Vec<String> = foreseen
        .destroyed
        .iter()
        .map(|one| format!("Исчезнет раздел «{}»: {}.", one.what, counted(one.count)))
        .collect();
    goes.extend(foreseen.records.iter().skip(1).map(|one| match one.hidden_on {
        Some(_) => "Скрытая карточка, связанная только с этим человеком: представитель или повторная запись.".into(),
        None => format!("{}: карточка связана только с этим человеком.", one.name()),
    }));
    goes.push("Ключ, которым зашифрованы особые категории: их не прочитает никто, и из резервной копии тоже.".into());
    goes.push("Вернуть сведения нельзя.".into());
    goes
}

fn stays() -> Vec<String> {
    let emptied = PERSONAL.iter().filter_map(|personal| match personal.erasure {
        Erasure::Emptied { why, .. } => Some(why.to_owned()),
        Erasure::Gone | Erasure::Kept(_) => None,
    });
    emptied.chain(STAYS.map(str::to_owned)).collect()
}
