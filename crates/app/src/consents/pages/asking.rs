//! Asking for consents: of some people, of a class, of everybody who lacks one.

use super::common::crumbs;
use crate::{
    access::Visitor,
    consents::{
        actions::{self, AskKey},
        forms::AskForm,
        ledger::Ledger,
        model::Purpose,
        paths,
        queries::Subject,
        wording::Wording,
    },
    error::Answer,
    people::Sight,
    state::App,
    web::{
        Errors, Form, Query, View, see_other_saying,
        ui::{
            action::Action,
            card::{Card, card},
            empty::{Empty, empty},
            field::{Choice, Control, Field, field},
            filter::{Ask, Filter, filter},
            form::{self, form},
            layout::{FlashKind, Page},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};
use serde::Deserialize;

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    purpose: String,
    class: String,
}

/// Shows who lacks a document.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    answer(&app, &view, &visitor, &asked, &Errors::none()).await
}

/// Asks for the documents.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<AskForm>) -> Answer {
    let (key, purpose, whom) = match sent.check() {
        Ok(checked) => checked,
        Err(errors) => return answer(&app, &view, &visitor, &Asked::default(), &errors).await,
    };
    match actions::ask(&app, &visitor, key, purpose, &whom).await? {
        0 => Ok(see_other_saying(paths::CONSENTS, FlashKind::Info, "Новых запросов нет: эти согласия уже запрошены.")),
        asked => {
            let counted =
                words::counted(i64::try_from(asked).unwrap_or(i64::MAX), &["согласие", "согласия", "согласий"]);
            let to = format!("{}?state=needed&purpose={}", paths::CONSENTS, purpose.word());
            Ok(see_other_saying(
                &to,
                FlashKind::Success,
                &format!("Запрошено: {counted}. Напечатайте бланки и соберите подписи."),
            ))
        }
    }
}

async fn answer(app: &App, view: &View, visitor: &Visitor, asked: &Asked, errors: &Errors) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(visitor)?, visitor.today).await?;
    let offered: Vec<Purpose> = Purpose::offered(ledger.policy.special_categories).collect();
    let purpose = asked.purpose.parse().ok().filter(|purpose| offered.contains(purpose));
    let purpose = purpose.unwrap_or(Purpose::Participation);
    let lacking: Vec<&Subject> = ledger
        .lacking(purpose)
        .into_iter()
        .filter(|subject| asked.class.is_empty() || subject.class_text() == asked.class)
        .collect();
    let body = filter(&Filter {
        asks: asks(&ledger, (&offered, purpose), asked),
        hidden: vec![],
        found: words::counted(i64::try_from(lacking.len()).unwrap_or(i64::MAX), &["человек", "человека", "человек"]),
        body: html! { (wording(purpose)) (people(purpose, &lacking, asked, &ledger, errors)) },
        address: view.address(),
    });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(view.page_with(
        status,
        Page {
            title: "Запросить согласия".into(),
            lead: Some("Участники и кандидаты, у которых такого документа нет.".into()),
            crumbs: crumbs(),
            body,
            ..Page::default()
        },
    ))
}

fn asks(ledger: &Ledger, (offered, purpose): (&[Purpose], Purpose), asked: &Asked) -> Vec<Ask> {
    let classes = ledger.classes().into_keys().map(|class| Choice::new(class.to_string(), class.to_string()));
    vec![
        Ask::Select {
            name: "purpose",
            label: "Цель".into(),
            options: offered.iter().map(|one| Choice::new(one.word(), words::capitalised(one.label()))).collect(),
            value: purpose.word().to_owned(),
        },
        Ask::Select {
            name: "class", label: "Класс".into(), options: classes.collect(), value: asked.class.clone()
        },
    ]
}

fn wording(purpose: Purpose) -> Markup {
    let Some(wording) = Wording::newest(purpose) else { return html! {} };
    card(&Card {
        title: wording.title.clone(),
        lead: Some(format!("Бланк {}", wording.id)),
        body: html! { p { (wording.text) } },
        ..Card::default()
    })
}

fn people(purpose: Purpose, lacking: &[&Subject], asked: &Asked, ledger: &Ledger, errors: &Errors) -> Markup {
    if lacking.is_empty() {
        return empty(&Empty::new(
            "Запрашивать не у кого",
            "У каждого участника такой документ есть или уже запрошен.",
        ));
    }
    let choice = |subject: &&Subject| {
        let required = subject.required(ledger.today, ledger.policy);
        let doubt = if required.is_doubtful {
            "; дата рождения неизвестна — проверьте"
        } else {
            ""
        };
        let class = subject.class_text();
        let name = if class.is_empty() { subject.name().to_string() } else { format!("{}, {class}", subject.name()) };
        Choice::new(subject.id.to_string(), name).hint(format!("подписывает: {}{doubt}", required.signers))
    };
    let fields = [
        Field::new("key", "").control(Control::Hidden).value(AskKey::fresh().to_string()),
        Field::new("purpose", "").control(Control::Hidden).value(purpose.word()),
        Field::new("class", "").control(Control::Hidden).value(asked.class.clone()),
        Field::new("person", "У кого запросить")
            .control(Control::Checkboxes { options: lacking.iter().map(choice).collect(), chosen: vec![] })
            .error(errors.of("person")),
    ];
    let everybody = match asked.class.as_str() {
        "" => format!("Запросить у всех ({})", lacking.len()),
        class => format!("Запросить у всего класса {class} ({})", lacking.len()),
    };
    form(&form::Form {
        action: paths::ASKING.into(),
        submit: "Запросить у отмеченных".into(),
        cancel_href: Some(paths::CONSENTS.into()),
        errors: errors.summary(&fields),
        more: vec![Action::submit_as(everybody, "all", "on")],
        body: html! { @for one in &fields { (field(one)) } },
        ..form::Form::default()
    })
}
